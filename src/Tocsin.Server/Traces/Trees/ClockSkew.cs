namespace Tocsin.Server.Traces.Trees;

/// <summary>
/// Hosts do not agree about the time. A child that begins before its parent proves it; then the child's clock is moved by the least that every
/// such pair allows, or by what centres the children in their parents where these wait for them. A child that only ends later proves nothing:
/// it may not have been waited for.
/// </summary>
static class ClockSkew
{
    /// <summary>What browsers and runtimes round away.</summary>
    const long Tolerated = 1_000;

    /// <summary>Sets <see cref="TraceNode.Shift"/> everywhere; returns the clocks that were moved.</summary>
    public static IReadOnlyList<(HostClock Clock, long Shift)> Settle(TraceTree tree)
    {
        var shifts = new Dictionary<HostClock, long>();
        var pairs = PairsByClocks(tree);
        // From the roots downwards, those that begin the trace before those whose parent is missing: the first to reach a clock sets it.
        foreach (var root in tree.Roots.OrderBy(root => root.Span.ParentSpanId is not null))
        {
            if (shifts.TryAdd(root.Span.Clock, 0))
            {
                Descend(root.Span.Clock, pairs, shifts);
            }
        }
        foreach (var node in tree.Nodes)
        {
            node.Shift = shifts.GetValueOrDefault(node.Span.Clock);
        }
        return
        [
            .. shifts
                .Where(entry => entry.Value != 0)
                .Select(entry => (entry.Key, entry.Value))
                .OrderBy(entry => entry.Key.ProjectId)
                .ThenBy(entry => entry.Key.Service, StringComparer.Ordinal)
                .ThenBy(entry => entry.Key.ServerName, StringComparer.Ordinal),
        ];
    }

    static void Descend(
        HostClock from,
        Dictionary<HostClock, Dictionary<HostClock, Bounds>> pairs,
        Dictionary<HostClock, long> shifts
    )
    {
        var settled = new Queue<HostClock>([from]);
        while (settled.TryDequeue(out var clock))
        {
            foreach (var (child, bounds) in pairs.GetValueOrDefault(clock) ?? [])
            {
                if (shifts.TryAdd(child, shifts[clock] + bounds.Shift))
                {
                    settled.Enqueue(child);
                }
            }
        }
    }

    static Dictionary<HostClock, Dictionary<HostClock, Bounds>> PairsByClocks(TraceTree tree)
    {
        var pairs = new Dictionary<HostClock, Dictionary<HostClock, Bounds>>();
        foreach (var node in tree.Nodes)
        {
            if (node.Parent is not { } parent || parent.Span.Clock == node.Span.Clock)
            {
                continue;
            }
            if (!pairs.TryGetValue(parent.Span.Clock, out var children))
            {
                pairs[parent.Span.Clock] = children = [];
            }
            children[node.Span.Clock] = (children.GetValueOrDefault(node.Span.Clock) ?? new(null, null)).With(
                parent.Span,
                node.Span
            );
        }
        return pairs;
    }

    /// <summary>Least and Most: how far the child's clock must and may be moved, by what is seen; null: nothing seen yet.</summary>
    sealed record Bounds(long? Least, long? Most)
    {
        public Bounds With(TraceSpan parent, TraceSpan child) =>
            new(
                Math.Max(Least ?? long.MinValue, parent.Start - child.Start),
                child.Duration <= parent.Duration ? Math.Min(Most ?? long.MaxValue, parent.End - child.End) : Most
            );

        public long Shift =>
            Least is not > Tolerated ? 0
            : Most >= Least ? Least.Value + ((Most.Value - Least.Value) / 2)
            : Least.Value;
    }
}
