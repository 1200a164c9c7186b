using System.Text.Json.Nodes;
using Server.Tests.Errors;
using Tocsin.Protocol.Events;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;
using static Server.Tests.Traces.SomeTraces;

namespace Server.Tests.Traces;

public sealed class TransactionPipelineTests
{
    [Fact]
    public void A_transaction_becomes_its_segment_and_the_spans_below_it()
    {
        var item = Transaction(
            TransactionJson(
                """
                "release":"shop@1","environment":"prod","dist":"7","server_name":"web-1","user":{"id":"7"},"tags":{"tier":"gold"},
                "sdk":{"name":"sentry.python","version":"2.1"},"measurements":{"queue":{"value":5,"unit":"second"}},
                """,
                SpanJson("b", "aa", 100, 300, """ "op":"db","description":"SELECT * FROM carts WHERE id = 7","status":"ok", """),
                """ "status":"ok", """
            )
        );
        item.Outcome.ShouldBe(Outcome.Accepted);
        item.EventId.ToString().ShouldBe("9ec79c33ec9942ab8353589fcb2e04dc");
        var (segment, query) = (RowOf(item, "aa"), RowOf(item, "b"));
        (segment.IsSegment, segment.Description, segment.Transaction, segment.Op).ShouldBe(
            (true, "GET /cart", "GET /cart", "http.server")
        );
        (segment.Duration, segment.SelfTime, segment.Status, segment.Failed).ShouldBe((2_000_000, 1_700_000, "ok", false));
        segment.Measurements.ShouldContain("\"queue\":{\"value\":5,\"unit\":\"second\"}");
        segment.Measurements.ShouldContain("\"spans.db\":{\"value\":300,");
        segment.Attributes.ShouldContain("\"tier\":\"gold\"");
        (query.ParentSpanId, query.SegmentId, query.IsSegment).ShouldBe((0xaa, 0xaa, false));
        (query.GroupName, query.Domain, query.Action, query.Category).ShouldBe(
            ("SELECT * FROM carts WHERE id = %s", "carts", "SELECT", "db")
        );
        foreach (var row in item.Spans)
        {
            (row.Release, row.Environment, row.Dist, row.ServerName, row.User).ShouldBe(("shop@1", "prod", "7", "web-1", "id:7"));
            (row.SdkName, row.SdkVersion, row.Platform, row.TransactionOp).ShouldBe(
                ("sentry.python", "2.1", "python", "http.server")
            );
            row.EventId.ShouldBe(item.EventId!.Value.Value);
        }
    }

    [Theory]
    [InlineData("sentry.release", "shop@2")]
    [InlineData("environment", "qa")]
    [InlineData("sentry.dist", "8")]
    [InlineData("host.name", "db-1")]
    [InlineData("service.name", "stock")]
    [InlineData("sentry.platform", "node")]
    [InlineData("sentry.sdk.name", "sentry.javascript.node")]
    [InlineData("sentry.segment.name", "POST /cart")]
    [InlineData("sentry.op", "db.redis")]
    [InlineData("sentry.origin", "auto.db")]
    [InlineData("replay_id", "cd368bff603248dd93ce03dfa84ebc05")]
    [InlineData("browser.name", "Firefox")]
    [InlineData("os.name", "Windows")]
    [InlineData("geo.country.iso_code", "DE")]
    public void What_a_span_says_otherwise_than_its_transaction_stays_an_attribute(string key, string value)
    {
        const string fields = """
            "release":"shop@1","environment":"prod","dist":"7","server_name":"web-1","sdk":{"name":"sentry.python","version":"2.1"},
            """;
        var said = $$""" "op":"db","origin":"manual","data":{"{{key}}":"{{value}}"}, """;

        var row = RowOf(Transaction(TransactionJson(fields, SpanJson("b", "aa", 100, 300, said))), "b");

        row.Attributes.ShouldBe($$"""{"{{key}}":"{{value}}"}""");
        (row.Release, row.Environment, row.Dist, row.ServerName).ShouldBe(("shop@1", "prod", "7", "web-1"));
        (row.Op, row.Origin, row.Platform, row.SdkName).ShouldBe(("db", "manual", "python", "sentry.python"));
    }

    [Fact]
    public void What_a_span_repeats_of_its_transaction_is_not_kept_twice()
    {
        const string fields = """
            "release":"shop@1","environment":"prod","sdk":{"name":"sentry.python","version":"2.1"},
            """;
        var said = """
             "op":"db","data":{"sentry.op":"db","release":"shop@1","sentry.environment":"prod","sentry.sdk.name":"sentry.python",
            "sentry.segment.name":"GET /cart","sentry.segment.id":"00000000000000aa"},
            """;

        RowOf(Transaction(TransactionJson(fields, SpanJson("b", "aa", 100, 300, said))), "b").Attributes.ShouldBe("{}");
    }

    [Fact]
    public void A_spans_own_time_counts_each_moment_of_its_children_once()
    {
        var item = Transaction(
            TransactionJson(
                spans: string.Join(
                    ',',
                    SpanJson("b", "aa", 0, 1000),
                    SpanJson("c", "aa", 500, 1000),
                    SpanJson("d", "b", 100, 200),
                    SpanJson("e", "b", 900, 5000),
                    SpanJson("f", "9999", 0, 100)
                )
            )
        );
        RowOf(item, "aa").SelfTime.ShouldBe(500_000);
        RowOf(item, "b").SelfTime.ShouldBe(700_000, "what a child does after its parent's end is not the parent's");
        RowOf(item, "f").SelfTime.ShouldBe(100_000);
    }

    [Theory]
    [InlineData("GET /users/42/orders/3f2504e0-4f89-11d3-9a0c-0305e82c3301", "url", "GET /users/*/orders/*")]
    [InlineData("/users/42?page=2#top", "url", "/users/*")]
    [InlineData("https://shop.example:8443/users/42", "url", "https://shop.example/users/*")]
    [InlineData("GET /reports/2026-11-20", null, "GET /reports/*")]
    [InlineData("GET /users/{id}", "route", "GET /users/{id}")]
    [InlineData("GET /users/42", "custom", "GET /users/42")]
    [InlineData("nightly 42", null, "nightly 42")]
    [InlineData("  ", "custom", "<unlabeled transaction>")]
    public void A_name_that_is_an_address_loses_its_ids(string name, string? source, string kept)
    {
        var info = source is null ? "" : $$""" "transaction_info":{"source":"{{source}}"}, """;
        RowOf(Transaction(TransactionJson(info, name: name)), "aa").Transaction.ShouldBe(kept);
    }

    [Theory]
    [InlineData("/users/42", "url", "sanitized")]
    [InlineData("/users", "url", "url")]
    [InlineData("/users/42", "custom", "custom")]
    public void The_event_says_that_its_name_was_made_of_an_address(string name, string source, string kept)
    {
        var item = Transaction(TransactionJson($$""" "transaction_info":{"source":"{{source}}"}, """, name: name));
        EventReader.TryRead(item.Body.Span, out var body, out _).ShouldBeTrue();
        body!.TransactionSource.ShouldBe(kept);
    }

    [Theory]
    [InlineData("GET /healthz", "filtered-transaction")]
    [InlineData("/api/HealthCheck/7", "filtered-transaction")]
    [InlineData("GET /ping", "filtered-transaction")]
    [InlineData("GET /shopping", null)]
    [InlineData("GET /health/report", null)]
    public void Health_checks_are_filtered_by_default(string name, string? filter) =>
        Transaction(TransactionJson(name: name)).Outcome.ShouldBe(filter is null ? Outcome.Accepted : Outcome.Filtered(filter));

    [Fact]
    public void Health_checks_are_kept_where_the_filter_is_off() =>
        Transaction(TransactionJson(name: "GET /healthz"), ProjectOptions.Default with { Filters = [] })
            .Outcome.ShouldBe(Outcome.Accepted);

    [Fact]
    public void The_filters_of_errors_hold_for_transactions_too() =>
        Transaction(TransactionJson(""" "release":"bad@1", """), ProjectOptions.Default with { FilteredReleases = ["bad@*"] })
            .Outcome.ShouldBe(Outcome.Filtered("release-version"));

    [Theory]
    [InlineData("{}", "invalid_transaction")]
    [InlineData("[", "invalid_json")]
    [InlineData("""{"type":"transaction","start_timestamp":1,"timestamp":2,"contexts":{"trace":{}}}""", "invalid_transaction")]
    public void What_no_trace_can_hold_is_refused(string json, string reason) =>
        Transaction(json).Outcome.ShouldBe(Outcome.Invalid(reason));

    [Fact]
    public void The_times_of_all_spans_move_with_a_clock_that_is_hours_off()
    {
        var late = SomeErrors.Now.AddHours(-3);
        var item = Transaction(
            TransactionJson(spans: SpanJson("b", "aa", 500, 100))
                .Replace($"{Start}", $"{Start - 3 * 3600}")
                .Replace($"{Start + 2}", $"{Start + 2 - 3 * 3600}"),
            envelope: $$"""{"sent_at":"{{late:yyyy-MM-ddTHH:mm:ssZ}}"}"""
        );
        var (segment, span) = (RowOf(item, "aa"), RowOf(item, "b"));
        segment.Timestamp.ShouldBe((long)(Start * 1e6));
        segment.Duration.ShouldBe(2_000_000);
        segment.Timestamp.ShouldBe(item.Timestamp);
        (span.Timestamp - segment.Timestamp).ShouldBe(500_000);
    }

    [Theory]
    [InlineData(-29, -29)]
    [InlineData(-31, 0)]
    [InlineData(1, 0)]
    public void A_transaction_keeps_its_time_for_thirty_days_and_one_from_farther_ends_at_the_receipt(int ended, int kept)
    {
        var end = SomeErrors.Now.AddDays(ended).ToUnixTimeSeconds();
        var item = Transaction(TransactionJson().Replace($"{Start + 2}", $"{end}").Replace($"{Start}", $"{end - 2}"));
        item.Outcome.ShouldBe(Outcome.Accepted);
        var segment = RowOf(item, "aa");
        (segment.Timestamp + segment.Duration).ShouldBe(SomeErrors.Now.AddDays(kept).ToUnixTimeSeconds() * 1_000_000);
        segment.Duration.ShouldBe(2_000_000);
    }

    [Fact]
    public void Secrets_leave_descriptions_addresses_and_attributes()
    {
        var item = Transaction(
            TransactionJson(
                spans: SpanJson(
                    "b",
                    "aa",
                    0,
                    10,
                    """
                    "op":"http.client","description":"GET https://a.example/x?page=2&token=s3cr3tvalue","data":{"password":"s3cr3tvalue",
                    "http.query":"page=2&api_key=s3cr3tvalue","http.request.header.authorization":"Bearer s3cr3tvalue","db.statement":
                    "SELECT password FROM users","gen_ai.usage.total_tokens":12,"url":"https://ada:s3cr3tvalue@a.example/x?token=s3cr3tvalue"},
                    """
                )
            )
        );
        var row = RowOf(item, "b");
        $"{row.Description} {row.Attributes} {row.Url} {row.GroupName}".ShouldNotContain("s3cr3tvalue");
        row.Description.ShouldBe("GET https://a.example/x?page=2&token=[Filtered]");
        row.Attributes.ShouldContain("SELECT password FROM users");
        row.Attributes.ShouldContain("\"gen_ai.usage.total_tokens\":12");
    }

    [Fact]
    public void Secrets_leave_the_address_of_the_transaction_itself()
    {
        var trace = """ "data":{"url.full":"https://ada:s3cr3tvalue@a.example/x?token=s3cr3tvalue"}, """;
        var row = RowOf(Transaction(TransactionJson(trace: trace)), "aa");
        $"{row.Url} {row.Attributes}".ShouldNotContain("s3cr3tvalue");
        row.Url.ShouldNotBeNull().ShouldEndWith("a.example/x");
    }

    [Fact]
    public void The_body_keeps_what_rows_do_not_hold()
    {
        var item = Transaction(
            TransactionJson(
                """
                "breadcrumbs":[{"message":"clicked"}],"extra":{"note":"x"},"request":{"url":"https://shop.example/cart","method":"GET",
                "headers":{"User-Agent":"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36"}},
                "modules":{"django":"5.0"},
                """
            )
        );
        EventReader.TryRead(item.Body.Span, out var body, out _).ShouldBeTrue();
        (body!.Type, body.Breadcrumbs[0].Message, body.Extra!["note"]!.GetValue<string>()).ShouldBe(
            ("transaction", "clicked", "x")
        );
        body.Contexts!["trace"]!["span_id"]!.GetValue<string>().ShouldBe("00000000000000aa");
        body.Modules.ShouldBeEmpty();
        var row = RowOf(item, "aa");
        (row.Browser, row.Os, row.Device, row.HttpMethod, row.Url).ShouldBe(
            ("Chrome", "Linux", "desktop", "GET", "https://shop.example/cart")
        );
    }

    [Fact]
    public void What_the_head_of_the_trace_knew_fills_what_the_transaction_leaves_open()
    {
        var envelope =
            """{"trace":{"trace_id":"4bf92f3577b34da6a3ce929d0e0e4736","sample_rate":"0.25","release":"web@2","environment":"qa"}}""";
        var row = RowOf(Transaction(TransactionJson(), envelope: envelope), "aa");
        (row.ClientSampleRate, row.Release, row.Environment).ShouldBe((0.25, "web@2", "qa"));
    }

    [Theory]
    [InlineData("{\"trace\":7}")]
    [InlineData("{\"trace\":{\"sample_rate\":\"many\",\"release\":{}}}")]
    [InlineData("{\"trace\":{\"sample_rate\":0}}")]
    public void A_malformed_head_costs_nothing(string envelope) =>
        RowOf(Transaction(TransactionJson(), envelope: envelope), "aa").ClientSampleRate.ShouldBeNull();

    [Fact]
    public void Web_vitals_of_measurements_have_columns_in_milliseconds()
    {
        var row = RowOf(
            Transaction(
                TransactionJson(
                    """ "measurements":{"lcp":{"value":1.5,"unit":"second"},"cls":{"value":0.1},"fcp":{"value":900,"unit":"millisecond"},"ttfb":{"value":-1}}, """
                )
            ),
            "aa"
        );
        (row.Lcp, row.Cls, row.Fcp, row.Ttfb).ShouldBe((1500, 0.1, 900, null));
        JsonNode.Parse(row.Measurements)!["lcp"]!["value"]!.GetValue<double>().ShouldBe(1.5);
    }

    [Fact]
    public void Measurements_that_everybody_makes_have_their_unit_though_the_client_does_not_state_it()
    {
        var row = RowOf(
            Transaction(
                TransactionJson(
                    """ "measurements":{"lcp":{"value":900},"app_start_warm":{"value":800},"fcp":{"value":1,"unit":"second"},"mine":{"value":7}}, """
                )
            ),
            "aa"
        );
        row.Measurements.ShouldContain("\"lcp\":{\"value\":900,\"unit\":\"millisecond\"}");
        row.Measurements.ShouldContain("\"app_start_warm\":{\"value\":800,\"unit\":\"millisecond\"}");
        row.Measurements.ShouldContain("\"fcp\":{\"value\":1,\"unit\":\"second\"}");
        row.Measurements.ShouldContain("\"mine\":{\"value\":7}");
    }

    [Fact]
    public void A_measurement_that_stands_twice_is_the_first_of_both()
    {
        var measurements =
            """ "measurements":{"mine":{"value":7},"mine":{"value":8},"spans.db":{"value":1,"unit":"millisecond"}}, """;
        var row = RowOf(Transaction(TransactionJson(measurements, SpanJson("b", "aa", 0, 10, """ "op":"db", """))), "aa");
        row.Measurements.ShouldBe("""{"mine":{"value":7},"spans.db":{"value":1,"unit":"millisecond"}}""");
    }

    [Theory]
    [InlineData(""" "contexts":{"response":{"status_code":503}, """, 503)]
    [InlineData(""" "contexts":{"response":{"status_code":"404"}, """, 404)]
    [InlineData(""" "tags":{"http.status_code":"201"},"contexts":{ """, 201)]
    [InlineData(""" "contexts":{"response":{"status_code":7}, """, null)]
    public void What_a_server_answered_stands_in_its_response_or_in_a_tag(string contexts, int? code)
    {
        var row = RowOf(Transaction(TransactionJson().Replace("\"contexts\":{", contexts, StringComparison.Ordinal)), "aa");
        (row.HttpStatus, row.Status).ShouldBe((code, "unknown"));
    }

    [Fact]
    public void Older_browsers_clients_tell_connection_and_replay_by_tags()
    {
        var replay = "5f3c1e5a7b2d4c6e8f0a1b2c3d4e5f60";
        var tags = $$""" "tags":{"effectiveConnectionType":"3g","connectionType":"wifi","replayId":"{{replay}}"}, """;
        var row = RowOf(Transaction(TransactionJson(tags)), "aa");
        (row.Connection, row.ReplayId?.ToString("x32")).ShouldBe(("3g", replay));
        RowOf(Transaction(TransactionJson(""" "tags":{"connectionType":"wifi"}, """)), "aa").Connection.ShouldBe("wifi");
    }

    [Fact]
    public void A_start_of_an_app_that_took_minutes_is_left_out()
    {
        var row = RowOf(
            Transaction(
                TransactionJson(
                    """ "measurements":{"app_start_cold":{"value":180001},"frames_total":{"value":200},"frames_slow":{"value":50}}, """
                )
            ),
            "aa"
        );
        row.Measurements.ShouldNotContain("app_start_cold");
        row.Measurements.ShouldContain("\"frames_slow_rate\":{\"value\":0.25,\"unit\":\"ratio\"}");
    }
}
