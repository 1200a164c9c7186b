using Tocsin.Protocol;
using Tocsin.Protocol.Otlp;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>
/// An export of OpenTelemetry: it is counted before it is acknowledged, for the client is told which records are bad. That needs the message
/// in one piece, whose memory counts as a body's.
/// </summary>
sealed class OtlpExport(OtlpSignal signal, string? contentType, BodyShare memory) : WholeReader(expected: 0, memory)
{
    public OtlpTally Tally { get; private set; } = new(0, []);

    /// <summary>Errors that its spans tell of. Finding out means reading all of it.</summary>
    public int CountErrors() =>
        signal == OtlpSignal.Traces ? Export.CountErrors(Body.Span, OtlpEncodings.Of(contentType, Body.Span)) : 0;

    public override Refusal? Complete()
    {
        var encoding = OtlpEncodings.Of(contentType, Body.Span);
        if (!OtlpCounter.TryCount(Body.Span, signal, encoding, out var tally, out var refusal))
        {
            return refusal;
        }
        Tally = tally;
        return null;
    }
}
