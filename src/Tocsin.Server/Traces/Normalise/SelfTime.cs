using Tocsin.Protocol.Traces;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>A span's own time: its duration less the time that its children cover, each moment counted once however many run at it.</summary>
static class SelfTime
{
    /// <summary>Microseconds, in the order of the spans. Children that lie outside of their parent cover nothing of it.</summary>
    public static long[] Of(IReadOnlyList<Span> spans)
    {
        var own = new long[spans.Count];
        var place = new Dictionary<(UInt128, long), int>(spans.Count);
        for (var i = 0; i < own.Length; i++)
        {
            own[i] = spans[i].End - spans[i].Start;
            place.TryAdd((spans[i].TraceId, spans[i].SpanId), i);
        }
        var children = new List<(int Parent, long Start, long End)>(spans.Count);
        for (var i = 0; i < own.Length; i++)
        {
            var span = spans[i];
            // Of two spans with one id only the first has children; a duplicate must not be its own child.
            if (span.ParentSpanId is { } id && place.TryGetValue((span.TraceId, id), out var parent) && parent != i)
            {
                var (start, end) = (Math.Max(span.Start, spans[parent].Start), Math.Min(span.End, spans[parent].End));
                if (end > start)
                {
                    children.Add((parent, start, end));
                }
            }
        }
        children.Sort();
        var (current, reached) = (-1, 0L);
        foreach (var (parent, start, end) in children)
        {
            if (parent != current)
            {
                (current, reached) = (parent, long.MinValue);
            }
            if (end > reached)
            {
                own[parent] -= end - Math.Max(start, reached);
                reached = end;
            }
        }
        return own;
    }
}
