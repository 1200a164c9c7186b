using Tocsin.Server.Traces.Groups;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// Queries that wait for each other without need: one after the other from one place, and some of them need no value of those before, since they
/// have no condition. What could be saved is what would run beside the longest.
/// </summary>
static class ConsecutiveQueries
{
    public static IEnumerable<Problem> Find(SegmentSpans segment, DetectorOptions options)
    {
        var run = new List<SpanRow>();
        foreach (var span in segment.Spans)
        {
            if (span.Category == SpanCategory.Db && Follows(run, span, options))
            {
                run.Add(span);
                continue;
            }
            if (ProblemOf(run, options) is { } problem)
            {
                yield return problem;
            }
            run.Clear();
            if (IsQuery(span, options))
            {
                run.Add(span);
            }
        }
        if (ProblemOf(run, options) is { } last)
        {
            yield return last;
        }
    }

    static bool Follows(List<SpanRow> run, SpanRow span, DetectorOptions options) =>
        run.Count > 0
        && IsQuery(span, options)
        && span.ParentSpanId == run[0].ParentSpanId
        && span.Timestamp >= SegmentSpans.EndOf(run[^1]);

    static bool IsQuery(SpanRow span, DetectorOptions options) =>
        span is { Category: SpanCategory.Db, Action: "SELECT", Group: not 0 } && span.Duration >= options.ConsecutiveQuery;

    static Problem? ProblemOf(List<SpanRow> run, DetectorOptions options)
    {
        // The same query again and again is the other problem.
        if (run.Count < 2 || run.DistinctBy(span => span.Group).Count() < 2)
        {
            return null;
        }
        var free = run.Where(span => span.GroupName?.Contains("WHERE", StringComparison.Ordinal) == false).ToList();
        if (free.Count == 0)
        {
            return null;
        }
        var total = run.Sum(span => span.Duration);
        var bound = total - free.Sum(span => span.Duration);
        var savings = total - Math.Max(free.Max(span => span.Duration), bound);
        return savings < options.ConsecutiveQueriesSavings || savings < total * options.ConsecutiveQueriesShare
            ? null
            : new(
                ProblemKind.ConsecutiveQueries,
                string.Join(' ', run.Select(span => span.Group.ToString("x16"))),
                run[0].GroupName ?? "",
                [.. run]
            )
            {
                Savings = savings,
                Measures = [Thresholds.ConsecutiveQueriesSavings.Measure(savings / 1e3, options)],
            };
    }
}
