using Tocsin.Server.Traces.Shapes;

namespace Tocsin.Server.Traces;

/// <summary>What a trace holds, as Sentry counts it.</summary>
static class TraceCounts
{
    public static TraceMetaShape OfNothing { get; } =
        new()
        {
            ErrorsCount = 0,
            LogsCount = 0,
            MetricsCount = 0,
            PerformanceIssuesCount = 0,
            SpansCount = 0,
            SpansCountMap = new Dictionary<string, int>(),
            TransactionChildCountMap = [],
            UptimeCount = 0,
            Projects = 0,
        };

    public static TraceMetaShape Of(Trace trace)
    {
        var nodes = trace.Tree.Nodes;
        var bySegment = nodes.CountBy(node => (node.Span.ProjectId, node.Span.SegmentId ?? 0)).ToDictionary();
        return new()
        {
            ErrorsCount = trace.Errors.Count(),
            LogsCount = 0,
            MetricsCount = 0,
            PerformanceIssuesCount = trace.Findings.Select(one => one.IssueId).Distinct().Count(),
            SpansCount = nodes.Count,
            SpansCountMap = nodes.CountBy(node => node.Span.Op).ToDictionary(),
            TransactionChildCountMap =
            [
                .. nodes
                    .Select(node => node.Span)
                    .Where(span => span is { IsSegment: true, EventId: not null })
                    .Select(span => new TransactionChildCount
                    {
                        TransactionEventId = TraceMapping.Hex(span.EventId!.Value),
                        // The segment itself names its own segment where the client says so.
                        Count =
                            bySegment.GetValueOrDefault((span.ProjectId, span.SpanId)) - (span.SegmentId == span.SpanId ? 1 : 0),
                    }),
            ],
            UptimeCount = 0,
            Projects = nodes
                .Select(node => node.Span.ProjectId)
                .Concat(trace.Events.Select(one => one.ProjectId))
                .Distinct()
                .Count(),
        };
    }
}
