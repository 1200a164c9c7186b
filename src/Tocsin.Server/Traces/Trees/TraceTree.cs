namespace Tocsin.Server.Traces.Trees;

/// <summary>
/// The tree that a trace's spans make, whichever order they came in: each span once, below its parent, siblings by start. A span whose parent
/// is not here, or that would be its own ancestor, is a root; what it says of its parent stays with it.
/// </summary>
sealed class TraceTree
{
    TraceTree(IReadOnlyList<TraceNode> nodes, IReadOnlyList<TraceNode> roots) => (Nodes, Roots) = (nodes, roots);

    /// <summary>By start.</summary>
    public IReadOnlyList<TraceNode> Nodes { get; }
    public IReadOnlyList<TraceNode> Roots { get; }

    public static TraceTree Of(IEnumerable<TraceSpan> spans)
    {
        var nodes = Distinct(spans).Select((span, order) => new TraceNode(span, order)).ToList();
        var byId = nodes.ToLookup(node => node.Span.SpanId);
        foreach (var node in nodes)
        {
            node.Parent = ParentOf(node, byId);
        }
        CutCircles(nodes);
        // Once all parents stand, so that children are in the order of the nodes.
        foreach (var node in nodes)
        {
            node.Parent?.Adopt(node);
        }
        return new(nodes, [.. nodes.Where(node => node.Parent is null)]);
    }

    /// <summary>
    /// A span that was sent twice is one. A client and a server may share an id (B3 gives the client's to the server), in two projects or in
    /// one: those are two. Of two versions the one that tells more is kept, by rules that do not ask which came first.
    /// </summary>
    static IEnumerable<TraceSpan> Distinct(IEnumerable<TraceSpan> spans) =>
        spans
            .GroupBy(span => (span.ProjectId, span.SpanId))
            .SelectMany(Halves)
            .Select(versions => versions.Count > 1 ? Fullest(versions) : versions[0])
            .OrderBy(span => span.Start)
            .ThenByDescending(span => span.Duration)
            .ThenBy(span => (ulong)span.SpanId)
            .ThenBy(span => span.ProjectId)
            .ThenBy(span => span.IsCalled);

    static IEnumerable<List<TraceSpan>> Halves(IEnumerable<TraceSpan> versions)
    {
        var all = versions.ToList();
        return all.Exists(span => span.IsCaller) && all.Exists(span => span.IsCalled)
            ? [all.FindAll(span => !span.IsCalled), all.FindAll(span => span.IsCalled)]
            : [all];
    }

    static TraceSpan Fullest(IEnumerable<TraceSpan> versions) =>
        versions
            .OrderByDescending(span => span.IsSegment)
            .ThenByDescending(span => span.Duration)
            .ThenByDescending(span => span.Description?.Length ?? 0)
            .ThenBy(span => span.Start)
            .ThenBy(span => span.ToString(), StringComparer.Ordinal)
            .First();

    static TraceNode? ParentOf(TraceNode node, ILookup<long, TraceNode> byId)
    {
        // Where ids are shared, the server's half hangs below the client's, whose id is its own.
        if (byId[node.Span.SpanId].FirstOrDefault(other => other != node && IsCallerOf(other.Span, node.Span)) is { } shared)
        {
            return shared;
        }
        if (node.Span.ParentSpanId is not { } parent)
        {
            return null;
        }
        // Of two halves the one of the span's own service; where they do not tell, the server's, for the client only waits.
        return byId[parent]
            .Where(other => other != node)
            .OrderByDescending(other => other.Span.ProjectId == node.Span.ProjectId)
            .ThenByDescending(other => other.Span.Service == node.Span.Service)
            .ThenByDescending(other => other.Span.IsCalled)
            .FirstOrDefault();
    }

    /// <summary>Whether it is the other half of a span, on the side of the client. Some clients do not say which they are.</summary>
    static bool IsCallerOf(TraceSpan other, TraceSpan span) =>
        (other.IsCaller && span.IsCalled) || (span.IsSegment && !other.IsSegment && !(other.IsCalled && span.IsCaller));

    static void CutCircles(List<TraceNode> nodes)
    {
        var safe = new HashSet<TraceNode>(nodes.Count);
        var path = new HashSet<TraceNode>();
        foreach (var start in nodes)
        {
            path.Clear();
            for (var node = start; node is not null && !safe.Contains(node); node = node.Parent)
            {
                if (!path.Add(node))
                {
                    // The earliest of the circle becomes its root, wherever we came in.
                    Circle(node).MinBy(one => one.Order)!.Parent = null;
                    break;
                }
            }
            safe.UnionWith(path);
        }
    }

    static IEnumerable<TraceNode> Circle(TraceNode start)
    {
        yield return start;
        for (var node = start.Parent; node is not null && node != start; node = node.Parent)
        {
            yield return node;
        }
    }
}
