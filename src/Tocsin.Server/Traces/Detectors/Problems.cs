using Tocsin.Server.Pipeline;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// Looks for performance problems in the spans of an item, segment by segment. Spans of a segment that came in items before that with the segment
/// are looked at once more together with it; what comes after it, or longer after than <see cref="OpenSegments"/> reaches, is missed.
/// </summary>
static class Problems
{
    const int Most = 20;

    /// <summary>Of problems that would be the same issue the first.</summary>
    public static IReadOnlyList<Problem> Find(SegmentSpans segment, DetectorOptions options) =>
        segment.Spans.Count == 0
            ? []
            :
            [
                .. DetectorTable
                    .All.Where(detector => detector.IsOn(options))
                    .SelectMany(detector => detector.Find?.Invoke(segment, options) ?? [])
                    .DistinctBy(problem => (problem.Kind, problem.Mark))
                    .Take(Most),
            ];

    /// <param name="itemId">Of the item that the rows are from.</param>
    /// <param name="join">Null: all that belongs to the item's segment is in it.</param>
    public static IReadOnlyList<PreparedItem> Raise(
        ItemContext context,
        EventId? itemId,
        IReadOnlyList<SpanRow> rows,
        SegmentJoin? join = null
    )
    {
        if (rows.Count == 0 || itemId is not { } id)
        {
            return [];
        }
        var options = DetectorOptions.Of(context.Project.Options);
        var raised = new List<PreparedItem>();
        foreach (var segment in SegmentSpans.Of(rows))
        {
            var shown = Find(segment, options);
            Raise(segment, shown);
            if (segment.Segment is { } head && join?.Find(head.ProjectId, head.TraceId) is { Count: > 0 } before)
            {
                var whole = segment.With([.. before.SelectMany(spans => spans.Rows)]);
                Raise(whole, FindAcross(whole, before, shown, options));
            }
        }
        if (join is not null)
        {
            foreach (var part in SegmentSpans.Open(rows).GroupBy(row => (row.ProjectId, row.TraceId)))
            {
                join.Leave(part.Key.ProjectId, part.Key.TraceId, [.. part]);
            }
        }
        return raised;

        void Raise(SegmentSpans segment, IEnumerable<Problem> problems) =>
            raised.AddRange(problems.Select(problem => Occurrence.Of(context, id, segment, problem)));
    }

    /// <summary>What no item shows alone.</summary>
    /// <param name="before">What other items left, in which they looked themselves.</param>
    /// <param name="shown">By the item that brings the segment.</param>
    static IEnumerable<Problem> FindAcross(
        SegmentSpans whole,
        IReadOnlyList<OpenSpans> before,
        IReadOnlyList<Problem> shown,
        DetectorOptions options
    )
    {
        var told = before
            .SelectMany(spans => SegmentSpans.Of(spans.Rows))
            .SelectMany(part => Find(part, options))
            .Concat(shown)
            .Select(problem => (problem.Kind, problem.Mark))
            .ToHashSet();
        return Find(whole, options).Where(problem => !told.Contains((problem.Kind, problem.Mark)));
    }
}
