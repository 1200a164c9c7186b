using Tocsin.Server.Pipeline;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// Looks for performance problems in the spans of an item, segment by segment. Spans of one segment that come in several items are looked at as far
/// as they come together: a problem across two of them is missed rather than guessed.
/// </summary>
static class Problems
{
    const int Most = 20;

    /// <summary>Of problems that would be the same issue the first.</summary>
    public static IReadOnlyList<Problem> Find(SegmentSpans segment, DetectorOptions options) =>
        [
            .. DetectorTable
                .All.Where(detector => detector.IsOn(options))
                .SelectMany(detector => detector.Find?.Invoke(segment, options) ?? [])
                .DistinctBy(problem => (problem.Kind, problem.Mark))
                .Take(Most),
        ];

    /// <param name="itemId">Of the item that the rows are from.</param>
    public static IReadOnlyList<PreparedItem> Raise(ItemContext context, EventId? itemId, IReadOnlyList<SpanRow> rows)
    {
        if (rows.Count == 0 || itemId is not { } id)
        {
            return [];
        }
        var options = DetectorOptions.Of(context.Project.Options);
        List<PreparedItem>? raised = null;
        foreach (var segment in SegmentSpans.Of(rows))
        {
            foreach (var problem in Find(segment, options))
            {
                (raised ??= []).Add(Occurrence.Of(context, id, segment, problem));
            }
        }
        return raised ?? [];
    }
}
