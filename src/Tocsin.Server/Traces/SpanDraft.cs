using Tocsin.Protocol.Traces;
using Tocsin.Server.Traces.Normalise;

namespace Tocsin.Server.Traces;

/// <summary>A span of an item on its way to a row. Place: its number among the item's spans.</summary>
sealed class SpanDraft(int place, Span span, SpanFacts facts, SpanSource source)
{
    public int Place { get; } = place;
    public Span Span { get; } = span;
    public SpanFacts Facts { get; } = facts;
    public SpanSource Source { get; } = source;
    public SamplingContext Sampling { get; init; } = SamplingContext.None;
    public Surroundings Around { get; set; } = Surroundings.Unknown;
}
