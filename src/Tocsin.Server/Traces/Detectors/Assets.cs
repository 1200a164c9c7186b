using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>Sizes of a page's resources, under the names of several generations of clients. Null: the browser does not tell.</summary>
static class Assets
{
    /// <summary>As it came over the wire.</summary>
    public static double? SizeOf(SpanRow span) =>
        SegmentSpans.Number(
            span,
            "http.response_content_length",
            "http.response.body.size",
            "http.response.size",
            "http.response_transfer_size",
            "Encoded Body Size"
        );

    /// <summary>As it was unpacked.</summary>
    public static double? UnpackedSizeOf(SpanRow span) =>
        SegmentSpans.Number(
            span,
            "http.decoded_response_content_length",
            "http.response.body.decoded_size",
            "http.decoded_response_body_length",
            "Decoded Body Size"
        );
}
