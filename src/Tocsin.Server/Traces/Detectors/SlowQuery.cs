using Tocsin.Server.Traces.Groups;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>A reading query that took long, usually half a second. Of several of one group the slowest.</summary>
static class SlowQuery
{
    public static IEnumerable<Problem> Find(SegmentSpans segment, DetectorOptions options) =>
        segment
            .Spans.Where(span =>
                span is { Category: SpanCategory.Db, Action: "SELECT", Group: not 0 }
                && span.Duration >= options.SlowQuery
                && span.Description?.EndsWith("...", StringComparison.Ordinal) == false
            )
            .GroupBy(span => span.Group)
            .Select(group => group.MaxBy(span => span.Duration)!)
            .Select(span => new Problem(ProblemKind.SlowQuery, $"{span.Group:x16}", span.GroupName ?? "", [span])
            {
                Measures = [Thresholds.SlowQuery.Measure(span.Duration / 1e3, options)],
            });
}
