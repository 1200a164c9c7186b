using Tocsin.Server.Traces.Groups;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// Files and databases that a phone's app uses on the thread that draws: from 16 ms on a frame is missed. Several that run into each other count
/// with the time in which at least one of them ran.
/// </summary>
static class MainThreadWork
{
    public static IEnumerable<Problem> Find(SegmentSpans segment, DetectorOptions options) =>
        Find(segment, options, SpanCategory.File, ProblemKind.FileOnMainThread)
            .Concat(Find(segment, options, SpanCategory.Db, ProblemKind.QueryOnMainThread));

    static IEnumerable<Problem> Find(SegmentSpans segment, DetectorOptions options, string category, ProblemKind kind)
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
                    if (end - run[0].Timestamp >= options.MainThread)
                    {
                        yield return ProblemOf(run, kind);
                    }
                    run.Clear();
                    end = 0;
                }
                run.Add(span);
                end = Math.Max(end, SegmentSpans.EndOf(span));
            }
            if (run.Count > 0 && end - run[0].Timestamp >= options.MainThread)
            {
                yield return ProblemOf(run, kind);
            }
        }
    }

    static Problem ProblemOf(List<SpanRow> run, ProblemKind kind) =>
        new(
            kind,
            string.Join(' ', run.Select(span => span.Group.ToString("x16")).Distinct().Order(StringComparer.Ordinal)),
            run[0].GroupName ?? "",
            [.. run]
        );

    static bool IsBlocking(SpanRow span) => SegmentSpans.Text(span, "blocked_main_thread") is "True" or "true";

    /// <summary>What the system itself loads with a view is not the app's doing.</summary>
    static bool IsBundled(SpanRow span) =>
        span.Description is { } path
        && (
            path.EndsWith(".nib", StringComparison.Ordinal)
            || path.EndsWith(".plist", StringComparison.Ordinal)
            || path.EndsWith(".storyboardc", StringComparison.Ordinal)
        );
}
