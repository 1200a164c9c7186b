using Tocsin.Protocol.Traces;
using static Protocol.Tests.Traces.SpanReading;

namespace Protocol.Tests.Traces;

public class TransactionReaderTests
{
    [Fact]
    public void A_transaction_is_the_segment_and_its_spans_the_children()
    {
        var read = Transaction(
            With(
                """
                "release":"web@3","user":{"id":7},"transaction_info":{"source":"route"},
                "measurements":{"lcp":{"value":116.5,"unit":"millisecond"},"cls":0.1},
                "spans":[{"span_id":"00000000000000a1","trace_id":"4c79f60c11214eb38604f4ae0781bfb2","parent_span_id":"b01b9f6349558cd1",
                  "op":"db.sql.query","description":"SELECT 1","start_timestamp":100.6,"timestamp":"1970-01-01T00:01:40.7Z","status":"ok",
                  "origin":"auto.db","data":{"db.system":"postgresql","rows":3,"share":0.5,"cached":false,"list":[1,"é"],"none":null},
                  "tags":{"shard":"2","rows":"9"},"exclusive_time":100}]
                """,
                """
                "parent_span_id":"00000000000000ff","op":"http.server","status":"not_found","origin":"auto","data":{"http.route":"/cart"},
                "client_sample_rate":0.25,"links":[{"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"00000000000000b2",
                "sampled":true,"attributes":{"sentry.link.type":"previous_trace"}}]
                """
            )
        );
        read.Event.Release.ShouldBe("web@3");
        read.Event.User!.Id.ShouldBe("7");
        read.Event.TransactionSource.ShouldBe("route");
        read.Event.Contexts!["trace"]!["op"]!.GetValue<string>().ShouldBe("http.server");
        read.Event.Notes.ShouldBeEmpty();

        var segment = read.Segment;
        HexId.Format(segment.TraceId).ShouldBe(Trace);
        HexId.Format(segment.SpanId).ShouldBe(Root);
        segment.SegmentId.ShouldBe(segment.SpanId);
        segment.ParentSpanId.ShouldBe(0xff);
        segment.IsSegment.ShouldBeTrue();
        (segment.Start, segment.End).ShouldBe((100_500_000, 101_250_000));
        (segment.Name, segment.Op, segment.Status, segment.Origin).ShouldBe(("GET /cart", "http.server", "not_found", "auto"));
        segment.Attributes.ShouldBe([
            new("http.route", AttributeValue.Of("/cart")),
            new("sentry.client_sample_rate", AttributeValue.Of(0.25)),
        ]);
        segment.Measurements.ShouldBe([new("lcp", 116.5, "millisecond"), new("cls", 0.1, null)]);
        var link = segment.Links.ShouldHaveSingleItem();
        (link.SpanId, link.Sampled).ShouldBe((0xb2, true));
        link.Attributes.ShouldBe([new("sentry.link.type", AttributeValue.Of("previous_trace"))]);

        var child = read.Children.ShouldHaveSingleItem();
        (child.SpanId, child.ParentSpanId, child.SegmentId).ShouldBe((0xa1, segment.SpanId, segment.SpanId));
        child.IsSegment.ShouldBeFalse();
        (child.Start, child.End).ShouldBe((100_600_000, 100_700_000));
        (child.Op, child.Name, child.Status, child.Origin).ShouldBe(("db.sql.query", "SELECT 1", "ok", "auto.db"));
        child.Attributes.ShouldBe([
            new("db.system", AttributeValue.Of("postgresql")),
            new("rows", AttributeValue.Of(3)),
            new("share", AttributeValue.Of(0.5)),
            new("cached", AttributeValue.Of(false)),
            new("list", AttributeValue.OfJson("[1,\"é\"]")),
            new("shard", AttributeValue.Of("2")),
            new("sentry.exclusive_time", AttributeValue.Of(100.0, "millisecond")),
        ]);
    }

    [Theory]
    [InlineData("""{"type":"transaction","start_timestamp":1,"timestamp":2}""", "missing trace context")]
    [InlineData("""{"start_timestamp":1,"timestamp":2,"contexts":{"trace":7}}""", "missing trace context")]
    [InlineData(
        """{"start_timestamp":1,"timestamp":2,"contexts":{"trace":{"span_id":"b01b9f6349558cd1"}}}""",
        "trace context is missing trace_id"
    )]
    [InlineData(
        """{"start_timestamp":1,"timestamp":2,"contexts":{"trace":{"trace_id":"00000000000000000000000000000000","span_id":"b01b9f6349558cd1"}}}""",
        "trace context is missing trace_id"
    )]
    [InlineData(
        """{"start_timestamp":1,"timestamp":2,"contexts":{"trace":{"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"xyz"}}}""",
        "trace context is missing span_id"
    )]
    [InlineData(
        """{"start_timestamp":1,"contexts":{"trace":{"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"b01b9f6349558cd1"}}}""",
        "timestamp hard-required for transaction events"
    )]
    [InlineData(
        """{"timestamp":1,"contexts":{"trace":{"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"b01b9f6349558cd1"}}}""",
        "start_timestamp hard-required for transaction events"
    )]
    [InlineData(
        """{"start_timestamp":2,"timestamp":1,"contexts":{"trace":{"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"b01b9f6349558cd1"}}}""",
        "end timestamp is smaller than start timestamp"
    )]
    public void What_no_trace_can_hold_is_refused(string json, string cause)
    {
        var refusal = RefusedTransaction(json);
        refusal.Reason.ShouldBe("invalid_transaction");
        refusal.Cause.ShouldBe(cause);
    }

    [Theory]
    [InlineData("\"\"")]
    [InlineData("\"  \"")]
    [InlineData("null")]
    public void Blanks_are_no_name(string name) => Transaction(With("\"transaction\":" + name)).Segment.Name.ShouldBeNull();

    [Fact]
    public void Broken_JSON_is_refused_as_such() => RefusedTransaction("{\"spans\":[").Reason.ShouldBe("invalid_json");

    [Theory]
    [InlineData("7", "spans.values.1", "expected an object")]
    [InlineData(
        """{"span_id":"00000000000000a1","start_timestamp":1,"timestamp":2}""",
        "spans.values.1",
        "trace_id is missing or none"
    )]
    [InlineData(
        """{"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","start_timestamp":1,"timestamp":2}""",
        "spans.values.1",
        "span_id is missing or none"
    )]
    [InlineData(
        """{"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"00000000000000a1","timestamp":2}""",
        "spans.values.1",
        "start is missing or no time"
    )]
    public void A_bad_span_costs_itself_and_leaves_a_note(string span, string path, string reason)
    {
        const string good =
            """{"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"00000000000000aa","start_timestamp":1,"timestamp":2}""";
        var read = Transaction(With($$""" "spans":[{{good}},{{span}},{{good.Replace("aa", "ab", StringComparison.Ordinal)}}]"""));
        read.Children.Select(child => child.SpanId).ShouldBe([0xaa, 0xab]);
        var note = read.Event.Notes.ShouldHaveSingleItem();
        (note.Path, note.Reason).ShouldBe((path, reason));
    }

    [Fact]
    public void A_span_that_nobody_finished_ends_with_its_transaction()
    {
        var read = Transaction(
            With(
                $$"""  "spans":[{"trace_id":"{{Trace}}","span_id":"00000000000000a1","start_timestamp":101,"description":"unfinished"}]"""
            )
        );
        read.Children.Single().End.ShouldBe(read.Segment.End);
        var note = read.Event.Notes.ShouldHaveSingleItem();
        (note.Path, note.Reason).ShouldBe(("spans.values.0", "not finished"));
    }

    [Fact]
    public void A_bad_field_of_a_span_costs_only_itself()
    {
        var read = Transaction(
            With(
                """
                "spans":[{"trace_id":"4c79f60c11214eb38604f4ae0781bfb2","span_id":"00000000000000a1","start_timestamp":5,"timestamp":4,
                "parent_span_id":"nope","status":"odd","data":7,"tags":"x","measurements":{"a":{"value":"b"}},"links":[{"span_id":"00000000000000b2"}]}]
                """
            )
        );
        var child = read.Children.ShouldHaveSingleItem();
        child.ParentSpanId.ShouldBeNull();
        child.Status.ShouldBeNull();
        (child.Start, child.End).ShouldBe((5_000_000, 5_000_000));
        read.Event.Notes.Select(note => note.Path)
            .ShouldBe([
                "spans.values.0.parent_span_id",
                "spans.values.0.status",
                "spans.values.0.data",
                "spans.values.0.tags",
                "spans.values.0.measurements.a.value",
                "spans.values.0.links.0",
                "spans.values.0",
            ]);
    }

    [Theory]
    [InlineData("\"spans\":null")]
    [InlineData("\"spans\":[]")]
    [InlineData("\"spans\":[null,null]")]
    public void A_transaction_may_have_no_spans(string spans)
    {
        var read = Transaction(With(spans));
        read.Children.ShouldBeEmpty();
        read.Event.Notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("ok", "ok")]
    [InlineData("OK", "ok")]
    [InlineData("unknown_error", "unknown")]
    [InlineData("error", "internal_error")]
    [InlineData("canceled", "cancelled")]
    [InlineData("DeadlineExceeded", "deadline_exceeded")]
    [InlineData("NOT-FOUND", "not_found")]
    [InlineData("already exists", "already_exists")]
    [InlineData("permission_", null)]
    [InlineData("404", "not_found")]
    [InlineData("204", "ok")]
    [InlineData("503", "unavailable")]
    [InlineData("deadline_exceeded", "deadline_exceeded")]
    public void A_status_has_Sentrys_name(string sent, string? status) =>
        Transaction(With("", $"\"status\":\"{sent}\"")).Segment.Status.ShouldBe(status);

    [Theory]
    [InlineData(0, "ok")]
    [InlineData(1, "cancelled")]
    [InlineData(5, "not_found")]
    [InlineData(13, "internal_error")]
    [InlineData(16, "unauthenticated")]
    [InlineData(17, null)]
    [InlineData(500, "internal_error")]
    public void A_status_may_be_the_number_that_gRPC_or_HTTP_gives_it(int sent, string? status)
    {
        Transaction(With("", $"\"status\":{sent}")).Segment.Status.ShouldBe(status);
        Transaction(With("", $"\"status\":\"{sent}\"")).Segment.Status.ShouldBe(status);
    }

    [Fact]
    public void A_parent_of_zeros_is_none()
    {
        var read = Transaction(With("", "\"parent_span_id\":\"0000000000000000\""));
        read.Segment.ParentSpanId.ShouldBeNull();
        read.Event.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void Ids_may_be_in_capitals_or_with_dashes()
    {
        var read = Transaction(
            With("")
                .Replace(Trace, "4C79F60C-1121-4EB3-8604-F4AE0781BFB2", StringComparison.Ordinal)
                .Replace(Root, "B01B9F6349558CD1", StringComparison.Ordinal)
        );
        HexId.Format(read.Segment.TraceId).ShouldBe(Trace);
        HexId.Format(read.Segment.SpanId).ShouldBe(Root);
    }

    [Fact]
    public void Fifty_thousand_spans_are_read_in_one_pass()
    {
        var spans = Enumerable
            .Range(1, 50_000)
            .Select(id =>
                $$"""{"trace_id":"{{Trace}}","span_id":"{{id:x16}}","parent_span_id":"{{Root}}","start_timestamp":100.6,"timestamp":100.7}"""
            );
        var read = Transaction(With($"\"spans\":[{string.Join(',', spans)}]"));
        read.Children.Count.ShouldBe(50_000);
        read.Children[^1].SpanId.ShouldBe(50_000);
        read.Event.Notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("\"spans\":[{\"data\":{\"a\":", "}}]")]
    [InlineData("\"spans\":", "")]
    [InlineData("\"measurements\":{\"a\":", "}")]
    public void Bottomless_nesting_is_cut_off_without_harm(string before, string after)
    {
        const int depth = 100_000;
        var nested = new string('[', depth) + "1" + new string(']', depth);
        var read = Transaction(With(before + nested + after));
        read.Segment.Name.ShouldBe("GET /cart");
        read.Event.Notes.ShouldNotBeEmpty();
    }

    [Fact]
    public void The_first_of_equal_attributes_wins_however_many_there_are()
    {
        var data = string.Join(',', Enumerable.Range(0, 100).Select(i => $"\"k{i % 40}\":{i}"));
        var segment = Transaction(With("", $"\"data\":{{{data}}}")).Segment;
        segment
            .Attributes.Select(held => (held.Key, held.Value.Whole))
            .ShouldBe(Enumerable.Range(0, 40).Select(i => ($"k{i}", (long?)i)));
    }
}
