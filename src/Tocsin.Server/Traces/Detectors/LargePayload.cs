using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>A large answer, usually from 300 000 bytes on the wire, to a call for data.</summary>
static class LargePayload
{
    public static IEnumerable<Problem> Find(SegmentSpans segment, DetectorOptions options) =>
        segment
            .Spans.Where(span => Calls.IsForData(span) && span.Duration >= options.PayloadTime)
            .Select(span => (Span: span, Size: SizeOf(span)))
            .Where(one => one.Size >= options.Payload)
            .GroupBy(one => one.Span.Group)
            .Select(group => new Problem(
                ProblemKind.LargePayload,
                $"{group.Key:x16}",
                group.First().Span.GroupName ?? "",
                [.. group.Select(one => one.Span)]
            )
            {
                Measures = [Thresholds.Payload.Measure(group.Max(one => one.Size!.Value), options)],
            });

    static double? SizeOf(SpanRow span) =>
        SegmentSpans.Number(
            span,
            "http.response_content_length",
            "http.response.body.size",
            "http.response.header.content-length",
            "http.response_transfer_size",
            "http.response.size",
            "Encoded Body Size"
        );
}
