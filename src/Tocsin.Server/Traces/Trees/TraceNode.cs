namespace Tocsin.Server.Traces.Trees;

/// <summary>A span at its place in the tree.</summary>
sealed class TraceNode(TraceSpan span, int order)
{
    readonly List<TraceNode> children = [];

    public TraceSpan Span { get; } = span;

    /// <summary>Its number among the spans of the trace, by start.</summary>
    public int Order { get; } = order;
    public TraceNode? Parent { get; set; }
    public IReadOnlyList<TraceNode> Children => children;

    /// <summary>Microseconds to add to the span's times, so that no clock contradicts another.</summary>
    public long Shift { get; set; }

    public long Start => Span.Start + Shift;
    public long End => Span.End + Shift;

    /// <summary>Microseconds of the span that no child covers.</summary>
    public long SelfTime
    {
        get
        {
            var (covered, until) = (0L, Start);
            foreach (var child in children.OrderBy(child => child.Start))
            {
                var (from, to) = (Math.Max(child.Start, until), Math.Min(child.End, End));
                if (to > from)
                {
                    covered += to - from;
                    until = to;
                }
            }
            return Span.Duration - covered;
        }
    }

    public void Adopt(TraceNode child) => children.Add(child);
}
