using Tocsin.Server.Traces.Groups;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// Files and databases that a phone's app uses on the thread that draws: from 16 ms on, the usual threshold, a frame is missed. Several that run into each other count
/// with the time in which at least one of them ran.
/// </summary>
static class MainThreadWork
{
    public static IEnumerable<Problem> FindFiles(SegmentSpans segment, DetectorOptions options) =>
        Find(segment, options, SpanCategory.File, ProblemKind.FileOnMainThread, Thresholds.FileOnMainThread);

    public static IEnumerable<Problem> FindQueries(SegmentSpans segment, DetectorOptions options) =>
        Find(segment, options, SpanCategory.Db, ProblemKind.QueryOnMainThread, Thresholds.QueryOnMainThread);

    static IEnumerable<Problem> Find(
        SegmentSpans segment,
        DetectorOptions options,
        string category,
        ProblemKind kind,
        Threshold threshold
    )
    {
        var spans = segment.Spans.Where(span =>
            span.Category == category && span.Group != 0 && IsBlocking(span) && !IsBundled(span)
        );
        foreach (var siblings in spans.GroupBy(span => span.ParentSpanId))
        {
            var run = new List<SpanRow>();
            var end = 0L;
            foreach (var span in siblings)
            {
                if (run.Count > 0 && span.Timestamp > end)
                {
                    if (ProblemOf(run, kind, Measured()) is { } problem)
                    {
                        yield return problem;
                    }
                    run.Clear();
                    end = 0;
                }
                run.Add(span);
                end = Math.Max(end, SegmentSpans.EndOf(span));
            }
            if (run.Count > 0 && ProblemOf(run, kind, Measured()) is { } last)
            {
                yield return last;
            }

            Measure Measured() => threshold.Measure((end - run[0].Timestamp) / 1e3, options);
        }
    }

    static Problem? ProblemOf(List<SpanRow> run, ProblemKind kind, Measure measure) =>
        measure.Value < measure.Limit
            ? null
            : new(
                kind,
                string.Join(' ', run.Select(span => span.Group.ToString("x16")).Distinct().Order(StringComparer.Ordinal)),
                run[0].GroupName ?? "",
                [.. run]
            )
            {
                Measures = [measure],
            };

    static bool IsBlocking(SpanRow span) => SegmentSpans.Text(span, "blocked_main_thread") is "True" or "true";

    /// <summary>What the system itself loads with a view is not the app's doing. A description may end with the size.</summary>
    static bool IsBundled(SpanRow span) => IsBundled(span.Description) || IsBundled(SegmentSpans.Text(span, "file.path"));

    static bool IsBundled(string? path) =>
        path is not null
        && (
            path.EndsWith(".nib", StringComparison.Ordinal)
            || path.EndsWith(".plist", StringComparison.Ordinal)
            || path.EndsWith(".storyboardc", StringComparison.Ordinal)
            || path.EndsWith("kblayout_iphone.dat", StringComparison.Ordinal)
        );
}
