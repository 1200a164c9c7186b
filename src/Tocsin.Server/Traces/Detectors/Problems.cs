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
        List<PreparedItem>? raised = null;
        foreach (var segment in SegmentSpans.Of(rows))
        {
            foreach (var problem in Find(segment, options))
            {
                (raised ??= []).Add(Occurrence.Of(context, id, segment, problem));
            }
        }
        if (join is not null)
        {
            foreach (var (segment, problem) in FindAcross(rows, join, options))
            {
                (raised ??= []).Add(Occurrence.Of(context, id, segment, problem));
            }
            foreach (var part in SegmentSpans.Open(rows).GroupBy(row => (row.ProjectId, row.TraceId)))
            {
                join.Leave(part.Key.ProjectId, part.Key.TraceId, [.. part]);
            }
        }
        return raised ?? [];
    }

    /// <summary>What no item shows alone.</summary>
    static IEnumerable<(SegmentSpans Segment, Problem Problem)> FindAcross(
        IReadOnlyList<SpanRow> rows,
        SegmentJoin join,
        DetectorOptions options
    )
    {
        foreach (var head in rows.Where(row => row.IsSegment))
        {
            var before = join.Find(head.ProjectId, head.TraceId);
            if (before.Count == 0)
            {
                continue;
            }
            var below = rows.Where(row => !row.IsSegment && row.TraceId == head.TraceId && row.SegmentId == head.SpanId);
            var own = new SegmentSpans(head, [.. below]);
            var whole = own.With([.. before.SelectMany(spans => spans.Rows)]);
            if (whole == own)
            {
                continue;
            }
            var told = before
                .SelectMany(spans => SegmentSpans.Of(spans.Rows))
                .Append(own)
                .SelectMany(part => Find(part, options))
                .Select(problem => (problem.Kind, problem.Mark))
                .ToHashSet();
            foreach (var problem in Find(whole, options).Where(problem => !told.Contains((problem.Kind, problem.Mark))))
            {
                yield return (whole, problem);
            }
        }
    }
}
