using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>A script or style sheet of half a megabyte that the server sent as it is: no smaller on the wire than unpacked.</summary>
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
            .Select(group => new Problem(
                ProblemKind.Uncompressed,
                $"{group.Key:x16}",
                group.First().GroupName ?? "",
                [group.MaxBy(span => span.Duration)!]
            ));

    /// <summary>Pictures and films are packed by themselves.</summary>
    static bool IsText(SpanRow span) =>
        span.Group != 0
        && span.Op is "resource.script" or "resource.css" or "resource.link"
        && Calls.ExtensionOf(Calls.AddressOf(span) ?? "") is "js" or "css" or "mjs" or "json" or "";
}
