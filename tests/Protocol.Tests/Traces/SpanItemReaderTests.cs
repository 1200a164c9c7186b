using System.Text;
using Tocsin.Protocol.Traces;
using static Protocol.Tests.Traces.SpanReading;

namespace Protocol.Tests.Traces;

public class SpanItemReaderTests
{
    const string Good =
        """{"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"00000000000000a1","name":"n","status":"ok","start_timestamp":1,"end_timestamp":2}""";

    [Fact]
    public void A_span_of_a_container_has_typed_attributes()
    {
        var batch = Batch(
            """
            {"version":2,"ingest_settings":{"infer_ip":"never","infer_user_agent":"auto"},"items":[
             {"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"b01b9f6349558cd1","parent_span_id":"00000000000000ff","name":"GET /cart",
              "status":"error","is_segment":true,"start_timestamp":1795199534.5851998,"end_timestamp":1795199534.585300,
              "links":[{"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"00000000000000b2","sampled":false,
                "attributes":{"sentry.link.type":{"type":"string","value":"previous_trace"}}}],
              "attributes":{"sentry.op":{"type":"string","value":"http.server"},"sentry.origin":{"type":"string","value":"auto.http"},
               "sentry.kind":{"type":"string","value":"server"},"sentry.status.message":{"value":"not_found","type":"string"},
               "size":{"value":48,"type":"integer","unit":"byte"},"rate":{"value":1,"type":"double"},"hit":{"value":true,"type":"boolean"},
               "keys":{"value":["k"],"type":"array"},"bare":5,"nothing":{"value":null,"type":"string"}}}]}
            """
        );
        batch.Refused.ShouldBeEmpty();
        batch.Notes.ShouldBeEmpty();
        (batch.InferIp, batch.InferUserAgent).ShouldBe(("never", "auto"));
        var span = batch.Spans.ShouldHaveSingleItem();
        (span.IsSegment, span.SegmentId, span.ParentSpanId).ShouldBe((true, span.SpanId, 0xff));
        (span.Start, span.End).ShouldBe((1_795_199_534_585_200, 1_795_199_534_585_300));
        (span.Name, span.Op, span.Origin, span.Kind, span.Status).ShouldBe(
            ("GET /cart", "http.server", "auto.http", "server", "not_found")
        );
        span.Links.ShouldHaveSingleItem().Sampled.ShouldBe(false);
        span.Attributes.Skip(4)
            .ShouldBe([
                new("size", AttributeValue.Of(48, "byte")),
                new("rate", AttributeValue.Of(1.0)),
                new("hit", AttributeValue.Of(true)),
                new("keys", AttributeValue.OfJson("""["k"]""")),
                new("bare", AttributeValue.Of(5)),
            ]);
    }

    [Theory]
    [InlineData(null, "internal_error")]
    [InlineData("card declined", "internal_error")]
    [InlineData("unavailable", "unavailable")]
    public void An_error_is_told_more_exactly_where_the_message_is_a_status(string? message, string status)
    {
        var failed = Good.Replace("\"ok\"", "\"error\"", StringComparison.Ordinal);
        var value = message is null ? "null" : $"\"{message}\"";
        Batch(Container(failed, $"{{\"sentry.status.message\":{{\"value\":{value}}}}}")).Spans.Single().Status.ShouldBe(status);
    }

    [Fact]
    public void A_child_names_its_segment_by_an_attribute()
    {
        var span = Batch(Container(Good, $"{{\"sentry.segment.id\":{{\"value\":\"{Root}\"}}}}")).Spans.Single();
        span.IsSegment.ShouldBeFalse();
        HexId.Format(span.SegmentId!.Value).ShouldBe(Root);
    }

    [Theory]
    [InlineData("http.request.method", "GET", "client", "http.client")]
    [InlineData("http.request.method", "GET", "server", "http.server")]
    [InlineData("db.system.name", "postgresql", "client", "db")]
    [InlineData("messaging.system", "kafka", "producer", "queue.publish")]
    [InlineData("rpc.system", "grpc", "client", "rpc.client")]
    [InlineData("code.function", "f", "internal", null)]
    public void The_op_of_a_span_that_states_none_follows_from_its_attributes(string key, string value, string kind, string? op)
    {
        var attributes = $"\"{key}\":{{\"value\":\"{value}\"}},\"sentry.kind\":{{\"value\":\"{kind}\"}}";
        Batch(Container(Good, $"{{{attributes}}}")).Spans.Single().Op.ShouldBe(op);
        Batch(Container(Good, $"{{{attributes},\"sentry.op\":{{\"value\":\"my.op\"}}}}")).Spans.Single().Op.ShouldBe("my.op");
    }

    [Fact]
    public void A_number_that_is_written_as_text_is_the_number_that_its_type_says()
    {
        const string attributes = """
            {"size":{"value":"9007199254740993","type":"integer","unit":"byte"},"rate":{"value":"0.5","type":"double"},
            "id":{"value":"42","type":"string"},"odd":{"value":"many","type":"integer"} }
            """;
        Batch(Container(Good, attributes))
            .Spans.Single()
            .Attributes.ShouldBe([
                new("size", AttributeValue.Of(9_007_199_254_740_993, "byte")),
                new("rate", AttributeValue.Of(0.5)),
                new("id", AttributeValue.Of("42")),
                new("odd", AttributeValue.Of("many")),
            ]);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("\"is_segment\":false,", false)]
    [InlineData("\"parent_span_id\":\"00000000000000b2\",", false)]
    [InlineData("\"segment_id\":\"00000000000000b2\",", false)]
    [InlineData("\"segment_id\":\"00000000000000a1\",", true)]
    public void A_span_below_no_other_is_a_segment_though_its_client_does_not_say_so(string more, bool isSegment)
    {
        var single = $$"""
            {{{more}}"trace_id":"{{Trace}}","span_id":"00000000000000a1","start_timestamp":1,"end_timestamp":2,"description":"nightly"}
            """;
        foreach (var json in (string[])[single, $$"""{"items":[{{single}}]}"""])
        {
            var span = Batch(json).Spans.ShouldHaveSingleItem();
            (span.IsSegment, span.SegmentId == span.SpanId).ShouldBe((isSegment, isSegment));
        }
    }

    static string Container(string span, string attributes) => $$"""{"items":[{{span[..^1]}},"attributes":{{attributes}} }]}""";

    [Fact]
    public void Bad_spans_are_refused_alone_and_counted_by_their_fault()
    {
        var batch = Batch(
            $$$"""
            {"items":[{{{Good}}},7,null,{},{"trace_id":"x"},{"trace_id":"{{{Trace}}}","span_id":"00000000000000a2"},
            {{{Good.Replace("a1", "a3", StringComparison.Ordinal)}}}]}
            """
        );
        batch.Spans.Select(span => span.SpanId).ShouldBe([0xa1, 0xa3]);
        batch
            .Refused.Select(refused => (refused.Refusal.Reason, refused.Refusal.Cause, refused.Count))
            .ShouldBe([
                ("invalid_span", "expected an object", 2),
                ("invalid_span", "trace_id is missing or none", 2),
                ("invalid_span", "start is missing or no time", 1),
            ]);
        batch.Notes.ShouldHaveSingleItem().Path.ShouldBe("items.4.trace_id");
    }

    [Fact]
    public void The_single_span_of_old_browsers_is_a_batch_of_one()
    {
        var span = Batch(
            """
            {"data":{"sentry.op":"ui.interaction.click","release":"web@3"},"description":"body > button","op":"ui.interaction.click",
            "parent_span_id":"1234567890123456","span_id":"831b42b20541afb5","start_timestamp":1795199543.0279,"timestamp":1795199543.0439,
            "trace_id":"12345678901234567890123456789012","origin":"auto.http.browser.inp","exclusive_time":16,
            "measurements":{"inp":{"value":16,"unit":"millisecond"}},"is_segment":true,"segment_id":"831b42b20541afb5"}
            """
        )
            .Spans.ShouldHaveSingleItem();
        (span.Name, span.Op, span.IsSegment).ShouldBe(("body > button", "ui.interaction.click", true));
        span.SegmentId.ShouldBe(span.SpanId);
        span.Measurements.ShouldBe([new("inp", 16, "millisecond")]);
        (span.End - span.Start).ShouldBe(16_000);
    }

    [Theory]
    [InlineData("{}", 0, 1)]
    [InlineData("""{"items":[]}""", 0, 0)]
    [InlineData("""{"items":{}}""", 0, 0)]
    [InlineData("""{"span_id":"831b42b20541afb5"}""", 0, 1)]
    public void What_is_no_span_is_counted_as_one_or_none(string json, int good, long bad)
    {
        var batch = Batch(json);
        batch.Spans.Count.ShouldBe(good);
        batch.Refused.Sum(refused => refused.Count).ShouldBe(bad);
    }

    [Theory]
    [InlineData("", "no_data")]
    [InlineData("[]", "invalid_json")]
    [InlineData("{\"items\":[", "invalid_json")]
    public void What_is_no_object_is_refused(string json, string reason)
    {
        SpanItemReader.TryRead(Encoding.UTF8.GetBytes(json), out _, out var refusal).ShouldBeFalse();
        refusal.Reason.ShouldBe(reason);
    }

    [Fact]
    public void A_million_empty_spans_cost_one_line()
    {
        var batch = Batch("{\"items\":[" + string.Join(',', Enumerable.Repeat("{}", 1_000_000)) + "]}");
        batch.Refused.ShouldHaveSingleItem().Count.ShouldBe(1_000_000);
    }
}
