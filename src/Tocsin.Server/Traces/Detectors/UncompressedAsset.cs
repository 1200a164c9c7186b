using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>A large script or style sheet, usually from half a megabyte on, that the server sent as it is: no smaller on the wire than unpacked.</summary>
static class UncompressedAsset
{
    public static IEnumerable<Problem> Find(SegmentSpans segment, DetectorOptions options) =>
        segment
            .Spans.Where(span =>
                span.Duration >= options.UncompressedAssetTime
                && IsText(span)
                && Assets.SizeOf(span) is { } size
                && size >= options.UncompressedAsset
                && Assets.UnpackedSizeOf(span) is { } unpacked
                && size >= unpacked
            )
            .GroupBy(span => span.Group)
            .Select(group => group.MaxBy(span => span.Duration)!)
            .Select(span => new Problem(ProblemKind.Uncompressed, $"{span.Group:x16}", span.GroupName ?? "", [span])
            {
                Measures =
                [
                    Thresholds.UncompressedAsset.Measure(Assets.SizeOf(span) ?? 0, options),
                    Thresholds.UncompressedAssetTime.Measure(span.Duration / 1e3, options),
                ],
            });

    /// <summary>Pictures and films are packed by themselves.</summary>
    static bool IsText(SpanRow span) =>
        span.Group != 0
        && span.Op is "resource.script" or "resource.css" or "resource.link"
        && Calls.ExtensionOf(Calls.AddressOf(span) ?? "") is "js" or "css" or "mjs" or "json" or "";
}
