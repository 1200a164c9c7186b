using Tocsin.Protocol.Traces;

namespace Tocsin.Protocol.Otlp;

/// <summary>An OTLP export of traces.</summary>
public sealed record OtlpTraces
{
    /// <summary>In the order of the request.</summary>
    public IReadOnlyList<ServiceSpans> Services { get; init; } = [];

    /// <summary>Spans that are none, together by what is wrong with them.</summary>
    public IReadOnlyList<RefusedSpans> Refused { get; init; } = [];
}

/// <summary>The spans of one resource. Exceptions: what its spans say was thrown in them; these events stand here and not in the spans.</summary>
public sealed record ServiceSpans(OtlpResource Resource, IReadOnlyList<Span> Spans, IReadOnlyList<SpanThrow> Exceptions);

/// <summary>One span event named <c>exception</c>.</summary>
/// <param name="Ordinal">Its number among the events of the span, from 0.</param>
public sealed record SpanThrow(Span Span, SpanEvent Event, int Ordinal);
