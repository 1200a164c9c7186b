using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// The same call for each element of a list, all at once: at least ten from one place, each begun within 5 ms of the one before, to
/// addresses that differ in ids or parameters only, together no shorter than 300 ms if nothing else is set.
/// </summary>
static class NPlusOneCalls
{
    public static IEnumerable<Problem> Find(SegmentSpans segment, DetectorOptions options)
    {
        foreach (var alike in segment.Spans.Where(IsCall).GroupBy(span => (span.ParentSpanId, span.Group)))
        {
            var run = new List<SpanRow>();
            foreach (var span in alike)
            {
                if (run.Count > 0 && span.Timestamp - run[^1].Timestamp > options.RepeatedCallsApart)
                {
                    if (ProblemOf(run, options) is { } problem)
                    {
                        yield return problem;
                    }
                    run.Clear();
                }
                run.Add(span);
            }
            if (ProblemOf(run, options) is { } last)
            {
                yield return last;
            }
        }
    }

    /// <summary>One address for many questions is how GraphQL is meant.</summary>
    static bool IsCall(SpanRow span) =>
        Calls.IsForData(span)
        && span.Action is "GET"
        && Calls.AddressOf(span)?.Contains("graphql", StringComparison.OrdinalIgnoreCase) == false;

    static Problem? ProblemOf(List<SpanRow> run, DetectorOptions options)
    {
        if (run.Count < options.RepeatedCalls)
        {
            return null;
        }
        var time = run.Max(SegmentSpans.EndOf) - run[0].Timestamp;
        if (
            time < options.RepeatedCallsTime
            // The very same address again and again is a retry or a poll.
            || !run.DistinctBy(Calls.AskedFor).Skip(1).Any()
        )
        {
            return null;
        }
        return new(ProblemKind.NPlusOneCalls, $"{run[0].Group:x16}", run[0].GroupName ?? "", [.. run])
        {
            Measures = [Thresholds.RepeatedCallsTime.Measure(time / 1e3, options)],
        };
    }
}
