using System.Buffers;
using Tocsin.Protocol;
using Tocsin.Protocol.Otlp;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>
/// An export of OpenTelemetry: it is counted before it is acknowledged, for the client is told which records are bad. That needs the message
/// in one piece, whose memory counts as a body's.
/// </summary>
sealed class OtlpExport(OtlpSignal signal, string? contentType, BodyShare memory) : PlainReader, IDisposable
{
    byte[] buffer = [];
    int length;

    public OtlpTally Tally { get; private set; } = new(0, []);

    public int Length => length;

    /// <summary>Errors that its spans tell of. Finding out means reading all of it.</summary>
    public int CountErrors()
    {
        var body = buffer.AsSpan(0, length);
        return signal == OtlpSignal.Traces ? Export.CountErrors(body, OtlpEncodings.Of(contentType, body)) : 0;
    }

    public override Refusal? Take(ReadOnlySpan<byte> piece)
    {
        if (piece.Length > buffer.Length - length && !TryGrow(length + piece.Length))
        {
            return Refusals.Busy;
        }
        piece.CopyTo(buffer.AsSpan(length));
        length += piece.Length;
        return null;
    }

    public override Refusal? Complete()
    {
        var body = buffer.AsSpan(0, length);
        var encoding = OtlpEncodings.Of(contentType, body);
        if (!OtlpCounter.TryCount(body, signal, encoding, out var tally, out var refusal))
        {
            return refusal;
        }
        Tally = tally;
        return null;
    }

    public void Dispose() => Return(ref buffer);

    bool TryGrow(int needed)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(2 * buffer.Length, needed));
        if (!memory.TryTake(larger.Length))
        {
            ArrayPool<byte>.Shared.Return(larger);
            return false;
        }
        buffer.AsSpan(0, length).CopyTo(larger);
        Return(ref buffer);
        buffer = larger;
        return true;
    }

    void Return(ref byte[] held)
    {
        if (held.Length > 0)
        {
            memory.Give(held.Length);
            ArrayPool<byte>.Shared.Return(held);
            held = [];
        }
    }
}
