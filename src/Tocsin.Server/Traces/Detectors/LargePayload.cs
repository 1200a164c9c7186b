namespace Tocsin.Server.Traces.Detectors;

/// <summary>An answer of at least 300 000 bytes on the wire, to a call for data.</summary>
static class LargePayload
{
    public static IEnumerable<Problem> Find(SegmentSpans segment, DetectorOptions options) =>
        segment
            .Spans.Where(span =>
                Calls.IsForData(span)
                && span.Duration >= options.PayloadTime
                && SegmentSpans.Number(
                    span,
                    "http.response_content_length",
                    "http.response.body.size",
                    "http.response.header.content-length",
                    "http.response_transfer_size",
                    "http.response.size",
                    "Encoded Body Size"
                ) >= options.Payload
            )
            .GroupBy(span => span.Group)
            .Select(group => new Problem(
                ProblemKind.LargePayload,
                $"{group.Key:x16}",
                group.First().GroupName ?? "",
                [.. group]
            ));
}
