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

    /// <summary>As far as it came.</summary>
    public OtlpEncoding Form => OtlpEncodings.Of(contentType, Body.Span);

    /// <summary>Errors that its spans tell of. Finding out means reading all of it.</summary>
    public int CountErrors() => signal == OtlpSignal.Traces ? Export.CountErrors(Body.Span, Form) : 0;

    public override Refusal? Complete()
    {
        if (!OtlpCounter.TryCount(Body.Span, signal, Form, out var tally, out var refusal))
        {
            return refusal;
        }
        Tally = tally;
        return null;
    }
}
