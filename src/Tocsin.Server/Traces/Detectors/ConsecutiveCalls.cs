using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// Calls that wait for each other: at least three of half a second each, one after the other with little between, from one place. Run beside each
/// other they would take as long as the longest; that must save much, usually two seconds.
/// </summary>
static class ConsecutiveCalls
{
    public static IEnumerable<Problem> Find(SegmentSpans segment, DetectorOptions options)
    {
        foreach (var siblings in segment.Spans.Where(Calls.IsForData).GroupBy(span => span.ParentSpanId))
        {
            var run = new List<SpanRow>();
            foreach (var span in siblings)
            {
                if (run.Count > 0 && !Follows(run[^1], span, options))
                {
                    if (ProblemOf(run, options) is { } problem)
                    {
                        yield return problem;
                    }
                    run.Clear();
                }
                if (span.Duration >= options.ConsecutiveCall)
                {
                    run.Add(span);
                }
            }
            if (ProblemOf(run, options) is { } last)
            {
                yield return last;
            }
        }
    }

    static bool Follows(SpanRow before, SpanRow span, DetectorOptions options) =>
        span.Duration >= options.ConsecutiveCall
        && span.Timestamp >= SegmentSpans.EndOf(before)
        && span.Timestamp - SegmentSpans.EndOf(before) <= options.ConsecutiveCallsApart;

    static Problem? ProblemOf(List<SpanRow> run, DetectorOptions options)
    {
        if (run.Count < options.ConsecutiveCalls)
        {
            return null;
        }
        var savings = run.Sum(span => span.Duration) - run.Max(span => span.Duration);
        return savings < options.ConsecutiveCallsSavings
            ? null
            : new(
                ProblemKind.ConsecutiveCalls,
                string.Join(' ', run.Select(span => span.Group.ToString("x16")).Distinct()),
                run[0].GroupName ?? "",
                [.. run]
            )
            {
                Savings = savings,
                Measures = [Thresholds.ConsecutiveCallsSavings.Measure(savings / 1e3, options)],
            };
    }
}
