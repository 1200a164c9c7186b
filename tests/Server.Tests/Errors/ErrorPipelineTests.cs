using System.Diagnostics.Metrics;
using System.Text;
using System.Text.Json;
using Tocsin.Protocol;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Server.Tests.Errors;

public class ErrorPipelineTests
{
    const string Json = """
        {"event_id":"9ec79c33ec9942ab8353589fcb2e04dc","platform":"python","level":"error","release":"shop@1","environment":"prod","dist":"7",
        "transaction":"/cart","server_name":"web-1","user":{"id":"7","email":"jane@shop.example"},"tags":{"tier":"gold"},
        "contexts":{"trace":{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","span_id":"00f067aa0ba902b7"}},
        "sdk":{"name":"sentry.python","version":"2.1"},"request":{"url":"https://shop.example/cart"},
        "exception":{"values":[{"type":"ValueError","value":"order 17","mechanism":{"type":"wsgi","handled":false},
        "stacktrace":{"frames":[{"function":"pay","module":"shop.cart","filename":"cart.py","lineno":3,"in_app":true}]}}]}}
        """;

    [Fact]
    public void The_row_holds_what_people_search_by()
    {
        var row = SomeErrors.Prepared(Json).Row!;
        row.EventId.ShouldBe(UInt128.Parse("9ec79c33ec9942ab8353589fcb2e04dc", System.Globalization.NumberStyles.HexNumber));
        (row.ProjectId, row.Type, row.Level, row.Platform).ShouldBe((42, "error", "error", "python"));
        (row.Title, row.Culprit, row.ErrorType, row.ErrorValue).ShouldBe(
            ("ValueError: order 17", "/cart", "ValueError", "order 17")
        );
        (row.Release, row.Environment, row.Dist, row.Transaction).ShouldBe(("shop@1", "prod", "7", "/cart"));
        (row.User, row.UserId, row.UserEmail).ShouldBe(("id:7", "7", "jane@shop.example"));
        (row.Handled, row.ServerName, row.Url).ShouldBe((false, "web-1", "https://shop.example/cart"));
        row.TraceId.ShouldBe(UInt128.Parse("4bf92f3577b34da6a3ce929d0e0e4736", System.Globalization.NumberStyles.HexNumber));
        row.SpanId.ShouldBe(0x00f067aa0ba902b7);
        row.Timestamp.ShouldBe(row.Received);
        row.Tags.ShouldContain("\"tier\":\"gold\"");
        row.Tags.ShouldContain("\"server_name\":\"web-1\"");
    }

    [Fact]
    public void The_sighting_holds_what_an_issue_needs()
    {
        var sighting = SomeErrors.Prepared(Json).Sighting!;
        sighting.Hashes.ShouldHaveSingleItem();
        (sighting.Priority, sighting.IsUnhandled, sighting.User).ShouldBe(("high", true, "id:7"));
        sighting.Metadata.ShouldContain("\"function\":\"pay\"");
    }

    [Fact]
    public void The_body_is_the_event_with_the_reason_for_its_group()
    {
        var prepared = SomeErrors.Prepared(Json);
        EventReader.TryRead(prepared.Body.Span, out var stored, out _).ShouldBeTrue();
        stored!.Exceptions[0].Value.ShouldBe("order 17");
        stored.Notes.ShouldBeEmpty("what is ours does not look like an unknown attribute");
        var grouping = StoredEvent.ReadGrouping(prepared.Body.Span)!;
        grouping["hashes"]![0]!.GetValue<string>().ShouldBe(prepared.Sighting!.Hashes[0]);
        grouping["variants"]![0]!["component"].ShouldBeNull("the parts are found again from the event");
        var explained = GroupingExplanation.Of(stored, grouping, ProjectOptions.Default)!;
        explained["variants"]![0]!["component"]!["id"]!.GetValue<string>().ShouldBe("exception");
    }

    [Theory]
    [InlineData("extra")]
    [InlineData("user")]
    [InlineData("breadcrumbs")]
    [InlineData("request")]
    [InlineData("unheard_of")]
    public void A_client_that_nests_without_end_has_an_event_that_any_reader_takes(string attribute)
    {
        var deep = string.Concat(Enumerable.Repeat("{\"data\":", 100)) + "1" + new string('}', 100);
        var body = SomeErrors.Prepared($$"""{"message":"m","{{attribute}}":{{deep}}}""").Body;
        JsonDocument.Parse(body).Dispose();
        StoredEvent.ReadGrouping(body.Span).ShouldNotBeNull();
    }

    /// <summary>Bodies of earlier releases hold what was set aside as deep as it was sent.</summary>
    [Fact]
    public void What_is_ours_is_found_behind_anything()
    {
        var deep = new string('[', 200) + new string(']', 200);
        var body = Encoding.UTF8.GetBytes(
            $$"""{"_meta":{{deep}},"_tocsin":{"grouping":{"hashes":["a"]},"occurrence":{"type":"x"} } }"""
        );
        StoredEvent.ReadGrouping(body)!["hashes"]![0]!.GetValue<string>().ShouldBe("a");
        StoredOccurrence.Read(body)!["type"]!.GetValue<string>().ShouldBe("x");
    }

    [Fact]
    public void The_answered_id_wins_over_the_payloads()
    {
        var context = SomeErrors.Context("event");
        var answered = EventId.New();
        var prepared = SomeErrors.Pipeline.Prepare(
            context with
            {
                Receipt = context.Receipt with { EventId = answered },
            },
            Encoding.UTF8.GetBytes(Json)
        );
        prepared.EventId.ShouldBe(answered);
    }

    [Theory]
    [InlineData("{", "invalid_json")]
    [InlineData("[]", "invalid_json")]
    [InlineData("", "no_data")]
    public void What_is_no_event_has_an_outcome_that_says_so(string body, string reason) =>
        SomeErrors
            .Pipeline.Prepare(SomeErrors.Context("event"), Encoding.UTF8.GetBytes(body))
            .Outcome.ShouldBe(Outcome.Invalid(reason));

    [Theory]
    [InlineData("transaction")]
    [InlineData("feedback")]
    public void Events_of_other_rooms_are_left_to_them(string type) =>
        SomeErrors
            .Pipeline.Prepare(SomeErrors.Context("event"), Encoding.UTF8.GetBytes($$"""{"type":"{{type}}"}"""))
            .Outcome.ShouldBe(Outcome.Quarantined("unhandled"));

    [Fact]
    public void A_browsers_report_is_about_the_one_who_sent_it_and_the_release_in_its_address()
    {
        var context = SomeErrors.Context("raw_security");
        context = context with
        {
            Receipt = context.Receipt with
            {
                Parameters = new Dictionary<string, string> { ["sentry_release"] = "web@3", ["sentry_environment"] = "prod" },
                UserAgent = "Mozilla/5.0 (X11; Linux x86_64; rv:133.0) Gecko/20100101 Firefox/133.0",
                ClientHints = new Dictionary<string, string> { ["sec-ch-ua-mobile"] = "?0" },
            },
        };
        const string report =
            """{"csp-report":{"document-uri":"https://shop.example/","violated-directive":"img-src 'self'","blocked-uri":"https://evil.example/x.png"}}""";
        var e = SomeErrors.Pipeline.Prepare(context, Encoding.UTF8.GetBytes(report)).ShouldBeOfType<PreparedError>();
        (e.Row!.Type, e.Row.Release, e.Row.Environment, e.Row.UserIp).ShouldBe(("csp", "web@3", "prod", "203.0.113.7"));
        e.Row.Tags.ShouldContain("\"browser.name\":\"Firefox\"");
        e.Event.Request!.Headers.Select(header => header.Name).ShouldBe(["User-Agent", "Sec-Ch-Ua-Mobile"]);
        e.Sighting!.Title.ShouldBe("Blocked 'image' from 'evil.example'");
    }

    [Fact]
    public void A_crawlers_report_is_filtered_as_its_errors_are()
    {
        var context = SomeErrors.Context("raw_security", ProjectOptions.Default with { Filters = ["web-crawlers"] });
        context = context with
        {
            Receipt = context.Receipt with
            {
                UserAgent = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
            },
        };
        SomeErrors
            .Pipeline.Prepare(context, """{"csp-report":{"blocked-uri":"data"}}"""u8.ToArray())
            .Outcome.ShouldBe(Outcome.Filtered("web-crawlers"));
    }

    [Fact]
    public void A_report_in_an_envelope_says_its_release_in_the_items_header()
    {
        var context = SomeErrors.Context("raw_security") with
        {
            Header = new()
            {
                Type = "raw_security",
                Others = new() { ["sentry_release"] = "web@3", ["sentry_environment"] = "prod" },
            },
        };
        var e = SomeErrors
            .Pipeline.Prepare(context, """{"csp-report":{"blocked-uri":"data"}}"""u8.ToArray())
            .ShouldBeOfType<PreparedError>();
        (e.Row!.Release, e.Row.Environment).ShouldBe(("web@3", "prod"));
    }

    [Fact]
    public void Several_reports_at_once_are_one_event_that_holds_them_all()
    {
        const string one =
            """{"type":"csp-violation","body":{"documentURL":"https://a.example/","effectiveDirective":"img-src","blockedURL":"https://b.example/"}}""";
        var e = SomeErrors
            .Pipeline.Prepare(SomeErrors.Context("raw_security"), Encoding.UTF8.GetBytes($"[{one},{one}]"))
            .ShouldBeOfType<PreparedError>();
        e.Event.Extra!["more reports"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public void Every_step_is_timed_under_its_own_name()
    {
        var steps = new HashSet<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "tocsin.errors.step")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, _, tags, _) => steps.Add((string)tags[0].Value!));
        listener.Start();
        SomeErrors.Prepared(Json);
        steps.ShouldBe(
            ["read", "normalise", "filter", "locate", "scrub", "tag", "in-app", "group", "title", "row"],
            ignoreOrder: true
        );
    }
}
