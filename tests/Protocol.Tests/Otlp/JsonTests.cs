using System.Text;
using Tocsin.Protocol.Otlp;
using Tocsin.Protocol.Traces;
using static Protocol.Tests.Otlp.SomeOtlp;

namespace Protocol.Tests.Otlp;

public class JsonTests
{
    [Fact]
    public void A_span_is_read_as_from_protobuf()
    {
        var service = Read(
            Json(
                """
                ,"kind":3,"parentSpanId":"00000000000000ff","flags":257,"traceState":"k=v","attributes":[
                {"key":"db.system.name","value":{"stringValue":"postgresql"}},{"key":"rows","value":{"intValue":"9007199254740993"}},
                {"key":"n","value":{"intValue":1}},{"key":"share","value":{"doubleValue":0.5}},{"key":"odd","value":{"doubleValue":"NaN"}},
                {"key":"hit","value":{"boolValue":true}},{"key":"bytes","value":{"bytesValue":"AQID"}},
                {"key":"list","value":{"arrayValue":{"values":[{"stringValue":"é"},{},{"doubleValue":1.5}]}}},
                {"key":"map","value":{"kvlistValue":{"values":[{"value":{"intValue":"1"},"key":"n"},{"key":"s","value":{"stringValue":"x"}}]}}},
                {"key":"none","value":{}},{"value":{"stringValue":"no key"}},7],
                "droppedAttributesCount":3,"events":[{"timeUnixNano":"1795199487357000000","name":"row","attributes":[{"key":"n","value":{"intValue":1}}]},
                {"name":"exception"}],"links":[{"traceId":"4c79f60c11214eb38604f4ae0781bfb2","spanId":"00000000000000b2","flags":1}],
                "status":{"code":2,"message":"permission_denied"}
                """
            )
        )
            .Services.ShouldHaveSingleItem();
        service.Resource.ServiceName.ShouldBe("shop");
        var span = service.Spans.ShouldHaveSingleItem();
        (span.SpanId, span.ParentSpanId, span.IsSegment, span.SegmentId).ShouldBe((0xa1, 0xff, false, null));
        (span.Start, span.End).ShouldBe((1_795_199_487_356_000, 1_795_199_487_357_702));
        (span.Name, span.Op, span.Kind, span.Status).ShouldBe(("GET /cart", "db", "client", "permission_denied"));
        span.Attributes.ShouldBe([
            new("db.system.name", AttributeValue.Of("postgresql")),
            new("rows", AttributeValue.Of(9_007_199_254_740_993)),
            new("n", AttributeValue.Of(1)),
            new("share", AttributeValue.Of(0.5)),
            new("odd", AttributeValue.Of("NaN")),
            new("hit", AttributeValue.Of(true)),
            new("bytes", AttributeValue.Of("AQID")),
            new("list", AttributeValue.OfJson("[\"é\",null,1.5]")),
            new("map", AttributeValue.OfJson("""{"n":1,"s":"x"}""")),
            new("sentry.status.message", AttributeValue.Of("permission_denied")),
            new("otel.scope.name", AttributeValue.Of("demo")),
            new("otel.scope.version", AttributeValue.Of("0.1")),
            new("otel.trace_state", AttributeValue.Of("k=v")),
            new("otel.dropped_attributes_count", AttributeValue.Of(3)),
        ]);
        span.Events.ShouldHaveSingleItem().Time.ShouldBe(1_795_199_487_357_000);
        service.Exceptions.ShouldHaveSingleItem().Event.Time.ShouldBe(span.Start);
        span.Links.ShouldHaveSingleItem().Sampled.ShouldBe(true);
    }

    [Theory]
    [InlineData("1795199487357000000", 1_795_199_487_357_000)]
    [InlineData("\"1795199487357000000\"", 1_795_199_487_357_000)]
    [InlineData("1.795199487357e18", 1_795_199_487_357_000)]
    [InlineData("\"1.795199487357E+18\"", 1_795_199_487_357_000)]
    [InlineData("1795199487357000000.0", 1_795_199_487_357_000)]
    [InlineData("1e400", null)]
    [InlineData("-1", null)]
    [InlineData("\"soon\"", null)]
    [InlineData("0.0", null)]
    public void A_time_may_be_written_as_any_number(string written, long? end)
    {
        var traces = Read(
            $$"""{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"{{Trace}}","spanId":"00000000000000a1","startTimeUnixNano":1,"endTimeUnixNano":{{written}}}]}]}]}"""
        );
        traces.Services.SelectMany(service => service.Spans).Select(span => (long?)span.End).SingleOrDefault().ShouldBe(end);
    }

    [Fact]
    public void Snake_case_names_of_enumerations_and_base64_ids_are_read_too()
    {
        var trace = Convert.ToBase64String(Convert.FromHexString(Trace));
        var span = Read(
                $$$"""
                {"resource_spans":[{"scope_spans":[{"spans":[{"trace_id":"{{{trace}}}","span_id":"{{{Convert.ToBase64String(
                    Id(0xa1)
                )}}}",
                "parent_span_id":"","start_time_unix_nano":1795199487356000000,"end_time_unix_nano":"1795199487357000000","kind":"SPAN_KIND_CONSUMER",
                "status":{"code":"STATUS_CODE_ERROR"},"attributes":[{"key":"a","value":{"string_value":"b"}}]}]}]}]}
                """
            )
            .Single();
        HexId.Format(span.TraceId).ShouldBe(Trace);
        (span.SpanId, span.ParentSpanId, span.IsSegment).ShouldBe((0xa1, null, true));
        (span.Kind, span.Status).ShouldBe(("consumer", "internal_error"));
        span.Attributes.ShouldBe([new("a", AttributeValue.Of("b"))]);
    }

    [Theory]
    [InlineData("\"STATUS_CODE_ERROR\"", "internal_error")]
    [InlineData("\"ERROR\"", "internal_error")]
    [InlineData("\"Error\"", "internal_error")]
    [InlineData("2", "internal_error")]
    [InlineData("\"2\"", "internal_error")]
    [InlineData("\"Ok\"", "ok")]
    [InlineData("\"STATUS_CODE_UNSET\"", "ok")]
    public void The_code_of_a_status_is_a_number_or_a_name_in_any_form(string code, string status) =>
        Read(Json($",\"status\":{{\"code\":{code}}}")).Single().Status.ShouldBe(status);

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"resourceSpans":null}""")]
    [InlineData("""{"resourceSpans":[null,7,{}]}""")]
    [InlineData("""{"resourceSpans":[{"scopeSpans":[{"spans":[]}]}],"new":1}""")]
    public void A_request_may_hold_nothing(string json)
    {
        var read = Read(json);
        read.Services.ShouldBeEmpty();
        read.Refused.ShouldBeEmpty();
    }

    [Fact]
    public void Bad_spans_cost_themselves()
    {
        var read = Read("""{"resourceSpans":[{"scopeSpans":[{"spans":[7,{},{"traceId":"zz"}]}]}]}""");
        read.Services.ShouldBeEmpty();
        read.Refused.Single().Count.ShouldBe(3);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{\"resourceSpans\":[")]
    public void What_is_no_JSON_object_is_refused(string json) =>
        Refused(Encoding.UTF8.GetBytes(json), OtlpEncoding.Json).Status.ShouldBe(400);

    [Theory]
    [InlineData("arrayValue", "{\"arrayValue\":{\"values\":[", "]}}")]
    [InlineData("kvlistValue", "{\"kvlistValue\":{\"values\":[{\"key\":\"k\",\"value\":", "}]}}")]
    [InlineData("strange", "{\"strange\":[", "]}")]
    public void A_value_nested_without_end_is_cut_off(string kind, string open, string close)
    {
        const int depth = 20_000;
        var value = string.Concat(Enumerable.Repeat(open, depth)) + "{}" + string.Concat(Enumerable.Repeat(close, depth));
        var span = Read(Json($$$""","attributes":[{"key":"{{{kind}}}","value":{{{value}}}}]""")).Single();
        span.Attributes.Where(held => held.Key == kind).ShouldAllBe(held => held.Value.ToString().Length < 500);
    }

    [Theory]
    [InlineData("application/json", "", OtlpEncoding.Json)]
    [InlineData("Application/JSON; charset=utf-8", "\n", OtlpEncoding.Json)]
    [InlineData("application/x-protobuf", "{", OtlpEncoding.Protobuf)]
    [InlineData(null, " {", OtlpEncoding.Json)]
    [InlineData("text/plain", "\n\u0003", OtlpEncoding.Protobuf)]
    [InlineData(null, "", OtlpEncoding.Protobuf)]
    public void The_encoding_is_what_the_content_type_says_or_the_body_looks_like(
        string? type,
        string body,
        OtlpEncoding encoding
    ) => OtlpEncodings.Of(type, Encoding.UTF8.GetBytes(body)).ShouldBe(encoding);
}
