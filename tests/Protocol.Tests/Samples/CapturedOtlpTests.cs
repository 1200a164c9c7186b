using System.Globalization;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Otlp;
using Tocsin.Protocol.Traces;

namespace Protocol.Tests.Samples;

/// <summary>Every OTLP export of traces by a real program, held against a second, naive reading of its bytes.</summary>
public class CapturedOtlpTests
{
    public static TheoryData<Capture> Exports =>
        [
            .. Capture
                .OfKind("otlp")
                .Where(capture => capture.Manifest["path"]!.ToString().EndsWith("/traces", StringComparison.Ordinal)),
        ];

    [Fact]
    public void The_corpus_is_complete() => Exports.Count.ShouldBe(9);

    [Theory]
    [MemberData(nameof(Exports), DisableDiscoveryEnumeration = true)]
    public void Each_span_has_the_ids_name_and_times_of_its_body(Capture capture)
    {
        var (read, encoding) = Read(capture);
        read.Refused.ShouldBeEmpty();
        var spans = read.Services.SelectMany(service => service.Spans);
        var described = spans.Select(span =>
            (
                HexId.Format(span.TraceId),
                HexId.Format(span.SpanId),
                span.ParentSpanId is { } parent ? HexId.Format(parent) : null,
                span.Name,
                (ulong)span.Start,
                (ulong)span.End
            )
        );
        described.ShouldBe(encoding == OtlpEncoding.Json ? SentAsJson(capture) : SentAsProtobuf(capture));
    }

    [Theory]
    [MemberData(nameof(Exports), DisableDiscoveryEnumeration = true)]
    public void Each_span_has_an_op_where_it_follows_a_convention_and_a_segment_in_its_request(Capture capture)
    {
        var spans = Read(capture).Read.Services.SelectMany(service => service.Spans).ToList();
        spans.Where(span => span.Kind is not SpanKind.Internal).ShouldAllBe(span => span.Op != null);
        foreach (var span in spans.Where(span => span.ParentSpanId is null))
        {
            span.IsSegment.ShouldBeTrue();
        }
        var ids = spans.Select(span => (long?)span.SpanId).ToHashSet();
        spans.Where(span => ids.Contains(span.ParentSpanId)).ShouldAllBe(span => span.IsSegment || span.SegmentId != null);
    }

    [Fact]
    public void The_browser_exporters_span_is_what_its_program_did()
    {
        foreach (
            var capture in Exports
                .Select(row => row.Data)
                .Where(capture => capture.Case.StartsWith("otlp-js", StringComparison.Ordinal))
        )
        {
            var service = Read(capture).Read.Services.ShouldHaveSingleItem();
            (
                service.Resource.ServiceName,
                service.Resource.Release,
                service.Resource.Environment,
                service.Resource.Platform
            ).ShouldBe(("otel-shop", "1.2.3", "prod", "node"));
            var (query, page) = (service.Spans[0], service.Spans[1]);
            (query.Op, query.Status, query.SegmentId).ShouldBe(("db", "ok", page.SpanId));
            query.Events.ShouldHaveSingleItem().Name.ShouldBe("row");
            (page.Op, page.Status, page.IsSegment).ShouldBe(("http.server", "internal_error", true));
            page.Events.ShouldBeEmpty();
            var thrown = service.Exceptions.ShouldHaveSingleItem();
            thrown.Span.ShouldBe(page);
            thrown.Event.Attributes[0].ShouldBe(new("exception.type", AttributeValue.Of("RangeError")));
        }
    }

    static (OtlpTraces Read, OtlpEncoding Encoding) Read(Capture capture)
    {
        var encoding = OtlpEncodings.Of(capture.Headers["content-type"], capture.Body());
        OtlpTraceReader.TryRead(capture.Body(), encoding, out var read, out var refusal).ShouldBeTrue(refusal?.Message);
        return (read, encoding);
    }

    static IEnumerable<(string, string, string?, string?, ulong, ulong)> SentAsProtobuf(Capture capture) =>
        new NaiveProto(capture.Body())
            .All(1, 2, 2)
            .Select(span =>
                (span.Hex(1)!, span.Hex(2)!, span.Hex(4), span.Text(5), span.Number(7) / 1000, span.Number(8) / 1000)
            );

    static IEnumerable<(string, string, string?, string?, ulong, ulong)> SentAsJson(Capture capture) =>
        from resource in JsonNode.Parse(capture.Body())!["resourceSpans"]!.AsArray()
        from scope in resource!["scopeSpans"]!.AsArray()
        from span in scope!["spans"]!.AsArray()
        select (
            span!["traceId"]!.ToString(),
            span["spanId"]!.ToString(),
            span["parentSpanId"]?.ToString(),
            span["name"]?.ToString(),
            ulong.Parse(span["startTimeUnixNano"]!.ToString(), CultureInfo.InvariantCulture) / 1000,
            ulong.Parse(span["endTimeUnixNano"]!.ToString(), CultureInfo.InvariantCulture) / 1000
        );
}
