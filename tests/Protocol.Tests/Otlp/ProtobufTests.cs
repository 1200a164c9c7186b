using Tocsin.Protocol.Traces;
using static Protocol.Tests.Otlp.SomeOtlp;

namespace Protocol.Tests.Otlp;

public class ProtobufTests
{
    static ProtoMessage Full() =>
        Span(0xa1, parent: 0xff, kind: 2, flags: 0x301)
            .Of(3, "k=v")
            .Of(9, Text("http.request.method", "GET"))
            .Of(9, Whole("http.response.status_code", 503))
            .Of(9, Pair("share", new ProtoMessage().Double(4, 0.5)))
            .Of(9, Pair("odd", new ProtoMessage().Double(4, double.NaN)))
            .Of(9, Pair("hit", new ProtoMessage().Varint(2, 1)))
            .Of(9, Whole("negative", -7))
            .Of(9, Pair("bytes", new ProtoMessage().Of(7, [1, 2, 3])))
            .Of(
                9,
                Pair(
                    "list",
                    new ProtoMessage().Of(5, new ProtoMessage().Of(1, new ProtoMessage().Of(1, "é")).Of(1, new ProtoMessage()))
                )
            )
            .Of(9, Pair("map", new ProtoMessage().Of(6, new ProtoMessage().Of(1, Whole("n", 1)).Of(1, Text("s", "x")))))
            .Of(9, Pair("none", new ProtoMessage()))
            .Varint(10, 3)
            .Of(11, new ProtoMessage().Fixed64(1, Start + 1_000_000).Of(2, "row").Of(3, Whole("n", 1)))
            .Of(11, new ProtoMessage().Fixed64(1, Start).Of(2, "exception").Of(3, Text("exception.type", "RangeError")))
            .Varint(12, 4)
            .Of(
                13,
                new ProtoMessage().Of(1, Convert.FromHexString(Trace)).Of(2, Id(0xb2)).Of(4, Text("why", "fan-in")).Fixed32(6, 1)
            )
            .Varint(14, 5)
            .Of(15, new ProtoMessage().Of(2, "failed").Varint(3, 2));

    [Fact]
    public void Everything_of_a_span_is_read()
    {
        var service = Read(Request(Full())).Services.ShouldHaveSingleItem();
        service.Resource.ServiceName.ShouldBe("shop");
        var span = service.Spans.ShouldHaveSingleItem();
        HexId.Format(span.TraceId).ShouldBe(Trace);
        (span.SpanId, span.ParentSpanId, span.SegmentId, span.IsSegment).ShouldBe((0xa1, 0xff, 0xa1, true));
        (span.Start, span.End).ShouldBe((1_795_199_487_356_000, 1_795_199_487_357_702));
        (span.Name, span.Op, span.Kind, span.Status).ShouldBe(("GET /cart", "http.server", "server", "unavailable"));
        span.Attributes.ShouldBe([
            new("http.request.method", AttributeValue.Of("GET")),
            new("http.response.status_code", AttributeValue.Of(503)),
            new("share", AttributeValue.Of(0.5)),
            new("odd", AttributeValue.Of("NaN")),
            new("hit", AttributeValue.Of(true)),
            new("negative", AttributeValue.Of(-7)),
            new("bytes", AttributeValue.Of("AQID")),
            new("list", AttributeValue.OfJson("[\"é\",null]")),
            new("map", AttributeValue.OfJson("""{"n":1,"s":"x"}""")),
            new("sentry.status.message", AttributeValue.Of("failed")),
            new("otel.trace_state", AttributeValue.Of("k=v")),
            new("otel.dropped_attributes_count", AttributeValue.Of(3)),
            new("otel.dropped_events_count", AttributeValue.Of(4)),
            new("otel.dropped_links_count", AttributeValue.Of(5)),
        ]);
        var happened = span.Events.ShouldHaveSingleItem();
        (happened.Name, happened.Time).ShouldBe(("row", 1_795_199_487_357_000));
        happened.Attributes.ShouldBe([new("n", AttributeValue.Of(1))]);
        var thrown = service.Exceptions.ShouldHaveSingleItem();
        (thrown.Span, thrown.Ordinal).ShouldBe((span, 1));
        thrown.Event.Attributes.ShouldBe([new("exception.type", AttributeValue.Of("RangeError"))]);
        var link = span.Links.ShouldHaveSingleItem();
        (HexId.Format(link.TraceId), link.SpanId, link.Sampled).ShouldBe((Trace, 0xb2, true));
        link.Attributes.ShouldBe([new("why", AttributeValue.Of("fan-in"))]);
    }

    [Fact]
    public void The_scope_stands_in_its_spans_even_when_it_comes_behind_them()
    {
        var scope = new ProtoMessage().Of(2, Span(1)).Of(1, new ProtoMessage().Of(1, "Npgsql").Of(2, "10.0.0"));
        var resource = new ProtoMessage().Of(1, Text("service.name", "late"));
        var read = Read(new ProtoMessage().Of(1, new ProtoMessage().Of(2, scope).Of(1, resource)));
        read.Services.Single().Resource.ServiceName.ShouldBe("late");
        read.Single()
            .Attributes.ShouldBe([
                new("otel.scope.name", AttributeValue.Of("Npgsql")),
                new("otel.scope.version", AttributeValue.Of("10.0.0")),
            ]);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(10)]
    public void Lengths_and_numbers_may_be_longer_than_they_need_be(int padding)
    {
        var span = new ProtoMessage { Padding = padding }
            .Of(1, Convert.FromHexString(Trace))
            .Of(2, Id(0xa1))
            .Of(5, "n")
            .Varint(6, 3)
            .Fixed64(7, Start)
            .Fixed64(8, End);
        var scope = new ProtoMessage { Padding = padding }.Of(2, span);
        var read = Read(new ProtoMessage { Padding = padding }.Of(1, new ProtoMessage { Padding = padding }.Of(2, scope)));
        (read.Single().SpanId, read.Single().Kind).ShouldBe((0xa1, "client"));
    }

    [Fact]
    public void Unknown_fields_of_every_kind_are_passed_over()
    {
        byte[] inner = new ProtoMessage().Varint(3, 1).Group(7, new ProtoMessage().Of(1, "x").Bytes).Bytes;
        ProtoMessage Odd(ProtoMessage message) =>
            message.Varint(200, 1).Fixed64(201, 1).Fixed32(202, 1).Of(203, "x").Group(204, inner);
        var scope = Odd(new ProtoMessage()).Of(2, Odd(Span(0xa1)));
        var read = Read(Odd(new ProtoMessage()).Of(1, Odd(new ProtoMessage()).Of(2, scope)));
        (read.Single().SpanId, read.Single().Name).ShouldBe((0xa1, "GET /cart"));
    }

    [Fact]
    public void An_empty_request_holds_nothing() => Read(new ProtoMessage()).Services.ShouldBeEmpty();

    [Fact]
    public void A_request_that_is_cut_off_anywhere_is_refused_or_lacks_only_what_is_missing()
    {
        var body = Request(Span(1), Span(2), Full()).Bytes;
        // Shorter requests are whole where one field of the outermost message ends.
        for (var length = 1; length < body.Length; length++)
        {
            Refused(body[..length]).Reason.ShouldBe("invalid_otlp");
        }
        Read(body, Tocsin.Protocol.Otlp.OtlpEncoding.Protobuf).Spans().Count().ShouldBe(3);
    }

    [Theory]
    [InlineData(new byte[] { 0x01, 0x02, 0x03 })]
    [InlineData(new byte[] { 0x0A })]
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })]
    [InlineData(new byte[] { 0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x01 })]
    [InlineData(new byte[] { 0x0C })]
    [InlineData(new byte[] { 0x0B })]
    [InlineData(new byte[] { 0x0B, 0x14 })]
    [InlineData(new byte[] { 0x0E })]
    [InlineData(new byte[] { 0x80, 0x80, 0x80, 0x80, 0x80, 0x01 })]
    public void What_is_no_message_is_refused(byte[] body) => Refused(body).Status.ShouldBe(400);

    [Fact]
    public void Groups_without_end_are_refused_however_many_there_are() =>
        Refused([.. Enumerable.Repeat((byte)0x0B, 1_000_000)]).Reason.ShouldBe("invalid_otlp");

    [Fact]
    public void A_broken_span_costs_itself()
    {
        var cut = Span(2).Lie(9, 1000, "x"u8);
        var read = Read(Request(Span(1), cut, new ProtoMessage().Of(5, "no ids"), new ProtoMessage(), Span(3)));
        read.Spans().Select(span => span.SpanId).ShouldBe([1, 3]);
        read.Refused.Select(refused => (refused.Refusal.Reason, refused.Refusal.Cause, refused.Count))
            .ShouldBe([("invalid_span", "the message is broken", 1), ("invalid_span", "trace_id is missing or none", 2)]);
    }

    [Theory]
    [InlineData(1, 15)]
    [InlineData(1, 0)]
    [InlineData(2, 16)]
    public void An_id_of_another_length_is_none(int field, int length) =>
        Read(Request(Span(1).Of(field, new byte[length]))).Refused.Single().Count.ShouldBe(1);

    [Fact]
    public void A_span_that_has_not_ended_is_refused() =>
        Read(Request(Span(1).Fixed64(8, 0))).Refused.Single().Refusal.Cause.ShouldBe("end is missing or no time");

    [Fact]
    public void A_value_nested_without_end_is_cut_off()
    {
        var value = new ProtoMessage().Of(1, "deep");
        for (var i = 0; i < 2_000; i++)
        {
            value = new ProtoMessage().Of(5, new ProtoMessage().Of(1, value));
        }
        var json = Read(Request(Span(1).Of(9, Pair("deep", value)))).Single().Attributes.Single().Value.ToString();
        json.ShouldBe(new string('[', 20) + "null" + new string(']', 20));
    }

    [Fact]
    public void Fifty_thousand_spans_are_read_and_a_million_empty_ones_counted()
    {
        Read(Request(Enumerable.Range(1, 50_000).Select(id => Span(id, parent: id - 1, kind: 1))))
            .Spans()
            .Count()
            .ShouldBe(50_000);
        var empty = new ProtoMessage().Of(
            1,
            new ProtoMessage().Of(2, Enumerable.Repeat(new byte[] { 0x12, 0 }, 1_000_000).SelectMany(two => two).ToArray())
        );
        Read(empty).Refused.Single().Count.ShouldBe(1_000_000);
    }

    [Fact]
    public void Events_and_links_beyond_a_thousand_are_counted_as_dropped()
    {
        var span = Span(1);
        for (var i = 0; i < 1_500; i++)
        {
            span.Of(11, new ProtoMessage().Of(2, "row"));
            span.Of(13, new ProtoMessage().Of(1, Convert.FromHexString(Trace)).Of(2, Id(i + 1)));
        }
        var read = Read(Request(span)).Single();
        (read.Events.Count, read.Links.Count).ShouldBe((1_000, 1_000));
        read.Attributes.ShouldBe([
            new("otel.dropped_events_count", AttributeValue.Of(500)),
            new("otel.dropped_links_count", AttributeValue.Of(500)),
        ]);
    }
}
