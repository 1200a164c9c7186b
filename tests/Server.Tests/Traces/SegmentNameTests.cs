using Tocsin.Server.Traces;
using Tocsin.Server.Traces.Normalise;

namespace Server.Tests.Traces;

public class SegmentNameTests
{
    [Theory]
    [InlineData("Pageload", "url", "url.path", "/products/123/edit", "/products/*/edit")]
    [InlineData("GET", "url", "url.path", "/api/cart/7", "GET /api/cart/*")]
    [InlineData("GET", "custom", "http.route", "/api/cart/:id", "GET /api/cart/:id")]
    [InlineData("GET /users/:id", "route", "url.path", "/users/2", "GET /users/:id")]
    [InlineData("checkout", "custom", "url.path", "/pay", "checkout")]
    public void A_word_that_says_nothing_gives_way_to_the_address(
        string name,
        string source,
        string key,
        string path,
        string transaction
    )
    {
        var segment = Segment(name, source, $$""","{{key}}":{"type":"string","value":"{{path}}"}""");

        var row = SomeTraces.Spans($$"""{"items":[{{segment}}]}""").Spans.Single();

        row.Transaction.ShouldBe(transaction);
        row.Description.ShouldBe(name);
    }

    [Fact]
    public void What_follows_in_a_later_item_takes_the_name_that_was_made_for_its_segment()
    {
        var memory = new SegmentMemory();
        var late = Vital("00000000000000aa");
        var segment = Segment("Pageload", "url", ""","url.path":{"type":"string","value":"/shop"}""");

        SomeTraces.Spans($$"""{"items":[{{late}}]}""", memory: memory).Spans.Single().Transaction.ShouldBe("Pageload");
        SomeTraces.Spans($$"""{"items":[{{segment}}]}""", memory: memory);

        SomeTraces.Spans($$"""{"items":[{{late}}]}""", memory: memory).Spans.Single().Transaction.ShouldBe("/shop");
        SomeTraces
            .Spans($$"""{"items":[{{Vital("00000000000000ab")}}]}""", memory: memory)
            .Spans.Single()
            .Transaction.ShouldBe("Pageload");
    }

    /// <summary>Clients name the source of a segment's name on the segment alone.</summary>
    [Theory]
    [InlineData("GET /reports/v2024/:id", "route", "GET /reports/v2024/:id")]
    [InlineData("checkout/step/3", "custom", "checkout/step/3")]
    [InlineData("GET /reports/2024", "url", "GET /reports/*")]
    public void The_spans_of_a_segment_have_its_name_in_the_same_item_and_in_later_ones(
        string name,
        string source,
        string transaction
    )
    {
        var memory = new SegmentMemory();
        var segment = Segment(name, source, "");
        var child = Vital("00000000000000aa")
            .Replace("Pageload", name, StringComparison.Ordinal)
            .Replace("ui.webvital.lcp", "db", StringComparison.Ordinal);

        var together = SomeTraces.Spans($$"""{"items":[{{child}},{{segment}}]}""", memory: memory).Spans;
        var later = SomeTraces.Spans($$"""{"items":[{{child}}]}""", memory: memory).Spans;

        together.Select(row => row.Transaction).ShouldBe([transaction, transaction]);
        later.Single().Transaction.ShouldBe(transaction);
    }

    [Theory]
    [InlineData("GET /files/sha256/{id}", "/files/sha256/{id}", "GET /files/sha256/{id}")]
    [InlineData("GET", "/files/sha256/{id}", "GET /files/sha256/{id}")]
    [InlineData("HTTP GET", "/files/{id}", "GET /files/{id}")]
    [InlineData("GET /files/77", "/unlike", "GET /files/*")]
    public void A_name_that_is_made_of_a_route_is_trusted(string name, string route, string transaction)
    {
        var segment = SomeTraces.Streamed("aa", name, SomeTraces.Attribute("http.route", route), """ "is_segment":true, """);

        SomeTraces.Spans(SomeTraces.Container(segment)).Spans.Single().Transaction.ShouldBe(transaction);
    }

    /// <summary>Browsers' clients call the source of an interaction's own name custom, and its page by the bare address.</summary>
    [Fact]
    public void An_interaction_is_counted_with_the_page_on_which_it_was()
    {
        SomeTraces.Spans(Interaction("/products/4711")).Spans.Single().Transaction.ShouldBe("/products/*");
    }

    static string Interaction(string page) =>
        $$"""
            {"data":{"sentry.source":"custom","transaction":"{{page}}"},"description":"body > button","op":"ui.interaction.click",
            "span_id":"831b42b20541afb5","segment_id":"831b42b20541afb5","is_segment":true,"trace_id":"{{SomeTraces.TraceId}}",
            "start_timestamp":{{SomeTraces.Start}},"timestamp":{{SomeTraces.Start
                + 0.016}},"measurements":{"inp":{"value":16,"unit":"millisecond"} } }
            """;

    /// <summary>They come when the page is left, without the connection that its segment told; see the captured <c>browser11-tracing</c>.</summary>
    [Fact]
    public void Web_vitals_of_a_later_item_have_the_connection_of_their_page_load()
    {
        var memory = new SegmentMemory();
        var segment = Segment("/shop", "route", ""","network.connection.effective_type":{"type":"string","value":"3g"}""");

        SomeTraces.Spans($$"""{"items":[{{segment}}]}""", memory: memory).Spans.Single().Connection.ShouldBe("3g");

        SomeTraces
            .Spans($$"""{"items":[{{Vital("00000000000000aa")}}]}""", memory: memory)
            .Spans.Single()
            .Connection.ShouldBe("3g");
    }

    /// <summary>Clients that send transactions send interactions behind them, which know the trace alone; see the captured <c>browser10-tracing</c>.</summary>
    [Theory]
    [InlineData("/blog/2024/archive", "/blog/2024/archive")]
    [InlineData("/blog/2025/archive", "/blog/*/archive")]
    public void An_interaction_behind_a_transaction_is_on_its_page_as_the_client_names_it(string stated, string transaction)
    {
        var memory = new SegmentMemory();
        var page = SomeTraces
            .TransactionJson(
                """ "transaction_info":{"source":"route"},"tags":{"effectiveConnectionType":"3g"}, """,
                name: "/blog/2024/archive"
            )
            .Replace("http.server", "pageload", StringComparison.Ordinal);
        SomeTraces.Transaction(page, memory: memory).Spans.Single().Transaction.ShouldBe("/blog/2024/archive");

        var row = SomeTraces.Spans(Interaction(stated), memory: memory).Spans.Single();

        (row.Transaction, row.Connection).ShouldBe((transaction, "3g"));
    }

    [Fact]
    public void Only_the_newest_names_are_kept()
    {
        var names = new SegmentNames();
        for (var segment = 1; segment <= 100_000; segment++)
        {
            names.Remember(1, segment, new("/", null));
        }
        names.Find(1, 1).ShouldBeNull();
        names.Find(1, 100_000)?.Name.ShouldBe("/");
    }

    public static string Page(string segment, string path) =>
        Segment("Pageload", "url", $$""","url.path":{"type":"string","value":"{{path}}"}""", segment);

    static string Segment(string name, string source, string attributes, string id = "00000000000000aa") =>
        $$"""
            {"trace_id":"{{SomeTraces.TraceId}}","span_id":"{{id}}","name":"{{name}}","status":"ok","is_segment":true,
            "start_timestamp":{{SomeTraces.Start}},"end_timestamp":{{SomeTraces.Start + 1}},"attributes":{
            "sentry.segment.name":{"type":"string","value":"{{name}}"},
            "sentry.segment.name.source":{"type":"string","value":"{{source}}"}{{attributes}} } }
            """;

    public static string Vital(string segment) =>
        $$"""
            {"trace_id":"{{SomeTraces.TraceId}}","span_id":"00000000000000bb","parent_span_id":"{{segment}}","name":"Largest contentful paint",
            "status":"ok","is_segment":false,"start_timestamp":{{SomeTraces.Start}},"end_timestamp":{{SomeTraces.Start
                + 1}},"attributes":{
            "sentry.op":{"type":"string","value":"ui.webvital.lcp"},
            "sentry.segment.id":{"type":"string","value":"{{segment}}"},
            "sentry.segment.name":{"type":"string","value":"Pageload"} } }
            """;
}
