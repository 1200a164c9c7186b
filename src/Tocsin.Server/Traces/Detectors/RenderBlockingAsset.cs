using Tocsin.Server.Traces.Groups;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// A large script or style sheet for which the browser held the page back: it blocked rendering, was there before the first contentful paint and
/// took much of the time until then, usually a third. Only for pages whose first paint is slow, but not so slow that something else is wrong.
/// </summary>
static class RenderBlockingAsset
{
    public static IEnumerable<Problem> Find(SegmentSpans segment, DetectorOptions options)
    {
        if (segment.Segment is not { Fcp: { } fcp } page || fcp < options.EarliestFcp || fcp > options.LatestFcp)
        {
            return [];
        }
        var painted = page.Timestamp + (long)(fcp * 1e3);
        return segment
            .Spans.Where(span =>
                span.Category == SpanCategory.Resource
                && span.Duration >= fcp * 1e3 * options.ShareOfFcp
                && SegmentSpans.EndOf(span) <= painted
                && IsBlocking(span)
                && Assets.SizeOf(span) >= options.BlockingAsset
            )
            .GroupBy(span => span.Group)
            .Select(group => group.MaxBy(span => span.Duration)!)
            .Select(span => new Problem(ProblemKind.RenderBlocking, $"{span.Group:x16}", span.GroupName ?? "", [span])
            {
                Measures = [Thresholds.ShareOfFcp.Measure(span.Duration / 1e3 / fcp, options)],
            });
    }

    static bool IsBlocking(SpanRow span) => SegmentSpans.Text(span, "resource.render_blocking_status") == "blocking";
}
