using System.Buffers;
using System.Buffers.Binary;
using Tocsin.Protocol;
using Tocsin.Server.Gateway.Bodies;

namespace Tocsin.Server.Gateway.Doors;

/// <summary>
/// The five bytes before the one message of an export. They take the place of the header that says how a body is encoded: what follows them is
/// received as any other body.
/// </summary>
static class GrpcFrame
{
    static readonly Refusal Broken = new(400, "invalid gRPC message", "payload");

    static readonly Refusal UnknownEncoding = new(415, "unknown gRPC message encoding", "payload");

    /// <summary>Announced: the bytes that must follow.</summary>
    public static async ValueTask<(long Announced, Refusal? Refusal)> OpenAsync(Arrival arrival)
    {
        var request = arrival.Http.Request;
        var read = await request.BodyReader.ReadAtLeastAsync(GrpcAnswers.Prefix, arrival.Http.RequestAborted);
        if (read.Buffer.Length < GrpcAnswers.Prefix)
        {
            request.BodyReader.AdvanceTo(read.Buffer.End);
            return (0, Broken with { Cause = "no message" });
        }
        var (flag, length) = Parse(read.Buffer);
        request.BodyReader.AdvanceTo(read.Buffer.GetPosition(GrpcAnswers.Prefix));
        if (flag > 1)
        {
            return (0, Broken with { Cause = "unknown flags" });
        }
        arrival.Codings = [];
        if (flag == 1)
        {
            if (!ContentCodings.TryParse(request.Headers["grpc-encoding"], out var codings) || codings.Count == 0)
            {
                return (0, UnknownEncoding);
            }
            arrival.Codings = codings;
        }
        return length > arrival.MostReceived ? (0, Refusal.TooLarge(arrival.Limits.Type)) : (length, null);
    }

    /// <summary>Null: as much came as was announced.</summary>
    public static Refusal? Check(Arrival arrival, long announced) =>
        arrival.Body!.Length == announced ? null : Broken with { Cause = "not as long as it says" };

    static (byte Flag, long Length) Parse(ReadOnlySequence<byte> buffer)
    {
        Span<byte> prefix = stackalloc byte[GrpcAnswers.Prefix];
        buffer.Slice(0, GrpcAnswers.Prefix).CopyTo(prefix);
        return (prefix[0], BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]));
    }
}
