using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// From where in a segment's work its spans are asked for. Two are asked for from one place when they stand below one span, or each below a span of
/// its own where those do the same and are asked for from one place in turn: clients wrap each query (Prisma), and elements have a resolver, a
/// component or a template each. What runs below different parts of the work is not.
/// </summary>
sealed class Places(SegmentSpans segment)
{
    const int MostLevels = 6;

    Dictionary<long, SpanRow>? byId;

    public bool AreOne(SpanRow one, SpanRow other)
    {
        for (var level = 0; one.ParentSpanId != other.ParentSpanId; level++)
        {
            if (level == MostLevels || Above(one) is not { Group: not 0 } above || Above(other) is not { } beside)
            {
                return false;
            }
            if (above.Group != beside.Group)
            {
                return false;
            }
            (one, other) = (above, beside);
        }
        return true;
    }

    /// <summary>Null where the segment itself is above, or what did not come along.</summary>
    SpanRow? Above(SpanRow span)
    {
        byId ??= segment.Spans.DistinctBy(held => held.SpanId).ToDictionary(held => held.SpanId);
        return span.ParentSpanId is { } parent ? byId.GetValueOrDefault(parent) : null;
    }
}
