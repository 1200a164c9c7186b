using System.Globalization;
using Tocsin.Protocol.Events;
using Tocsin.Server.Traces.Normalise;

namespace Tocsin.Server.Traces.Sampling;

/// <summary>What a sampling rule may ask of a trace. The head of the trace said it where it could; what it left open, the part at hand says.</summary>
sealed record SamplingSubject(UInt128 TraceId)
{
    string? Transaction { get; init; }
    string? Release { get; init; }
    string? Environment { get; init; }
    string? UserId { get; init; }

    /// <summary>The client's; null where it states none.</summary>
    public double? SampleRate { get; private init; }

    public static SamplingSubject Of(SpanDraft span) =>
        new(span.Span.TraceId)
        {
            Transaction = span.Sampling.Transaction ?? span.Around.Transaction,
            Release = span.Sampling.Release ?? span.Around.Release,
            Environment = span.Sampling.Environment ?? span.Around.Environment,
            UserId = span.Sampling.UserId ?? span.Facts.UserId,
            SampleRate = span.Around.ClientSampleRate,
        };

    public static SamplingSubject Of(UInt128 traceId, ErrorEvent e, SamplingContext context, SpanFacts segment) =>
        new(traceId)
        {
            Transaction = context.Transaction ?? e.Transaction,
            Release = context.Release ?? e.Release,
            Environment = context.Environment ?? e.Environment,
            UserId = context.UserId ?? e.User?.Id,
            SampleRate = context.RateOf(segment),
        };

    public string? ValueOf(string field) =>
        field switch
        {
            "trace.transaction" => Transaction,
            "trace.release" => Release,
            "trace.environment" => Environment,
            "trace.user.id" => UserId,
            "trace.sample_rate" => SampleRate?.ToString(CultureInfo.InvariantCulture),
            _ => null,
        };
}
