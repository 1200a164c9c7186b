using Tocsin.Server.Traces.Trees;

namespace Server.Tests.Traces.Trees;

/// <summary>Spans of traces for tests. Times are milliseconds after an arbitrary moment.</summary>
static class SomeTrace
{
    const long Begin = 1_795_262_400_000_000;

    public static TraceSpan Span(
        long id,
        long? parent,
        double start,
        double duration,
        long project = 1,
        string? host = null,
        bool segment = false
    ) =>
        new()
        {
            ProjectId = project,
            SpanId = id,
            ParentSpanId = parent,
            IsSegment = segment,
            Start = Begin + (long)(start * 1000),
            Duration = (long)(duration * 1000),
            ServerName = host,
        };

    /// <summary>A tree with services, missing parents and spans that were sent twice; the same seed gives the same trace.</summary>
    public static IReadOnlyList<TraceSpan> Random(int seed)
    {
        var random = new Random(seed);
        var spans = new List<TraceSpan> { Span(1, null, 0, 1000, segment: true) };
        var count = random.Next(2, 80);
        for (var id = 2; id <= count; id++)
        {
            var parent = spans[random.Next(spans.Count)];
            var crosses = random.Next(6) == 0;
            var project = crosses ? random.Next(1, 5) : parent.ProjectId;
            var start = ((parent.Start - Begin) / 1000.0) + random.Next(0, 50);
            var named = random.Next(10) == 0 ? 10_000 + id : parent.SpanId;
            spans.Add(Span(id, named, start, random.Next(0, 200), project, $"host-{project}", crosses));
        }
        foreach (var span in spans.ToList().Where(_ => random.Next(8) == 0))
        {
            spans.Add(random.Next(2) == 0 ? span : span with { Duration = span.Duration / 2, Description = null });
        }
        return spans;
    }

    public static IReadOnlyList<(long Id, long Project, long? Parent, long Shift, long SelfTime)> Drawn(
        IEnumerable<TraceSpan> spans
    )
    {
        var tree = TraceTree.Of(spans);
        ClockSkew.Settle(tree);
        return
        [
            .. tree.Nodes.Select(node =>
                (node.Span.SpanId, node.Span.ProjectId, node.Parent?.Span.SpanId, node.Shift, node.SelfTime)
            ),
        ];
    }
}
