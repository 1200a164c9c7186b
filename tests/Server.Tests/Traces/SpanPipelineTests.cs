using Server.Tests.Errors;
using Tocsin.Protocol;
using Tocsin.Protocol.Otlp;
using Tocsin.Protocol.Traces;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;
using Tocsin.Server.Traces;
using Tocsin.Telemetry.Rows;
using static Server.Tests.Traces.SomeTraces;

namespace Server.Tests.Traces;

public sealed class SpanPipelineTests
{
    const string Segment = """ "is_segment":true, """;
    const string Chrome =
        "Mozilla/5.0 (Linux; Android 13; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Mobile Safari/537.36";

    static string Of(string parent) => $$""" "parent_span_id":"{{parent.PadLeft(16, '0')}}", """;

    static string In(string segment) => Attribute("sentry.segment.id", segment.PadLeft(16, '0'));

    [Fact]
    public void A_segment_lends_what_it_knows_to_the_spans_that_came_along_whatever_their_order()
    {
        var child = Streamed("b", "SELECT 1", In("aa"), Of("aa"));
        var segment = Streamed(
            "aa",
            "GET /users/:id",
            string.Join(
                ',',
                Attribute("sentry.release", "shop@1"),
                Attribute("sentry.environment", "prod"),
                Attribute("user.id", "7"),
                Attribute("user_agent.original", Chrome),
                Attribute("network.connection.effective_type", "4g"),
                Attribute("sentry.sdk.name", "sentry.javascript.browser"),
                Attribute("sentry.op", "pageload")
            ),
            Segment
        );
        foreach (var item in (PreparedItem[])[Spans(Container(child, segment)), Spans(Container(segment, child))])
        {
            var row = RowOf(item, "b");
            (row.Release, row.Environment, row.User, row.Connection, row.Transaction).ShouldBe(
                ("shop@1", "prod", "id:7", "4g", "GET /users/:id")
            );
            (row.Browser, row.Os, row.Device, row.Platform, row.TransactionOp).ShouldBe(
                ("Chrome Mobile", "Android", "mobile", "javascript", "pageload")
            );
            row.Attributes.ShouldBe("{}");
        }
    }

    [Fact]
    public void A_span_without_its_segment_knows_what_it_says_itself_and_what_the_envelope_says()
    {
        var item = Spans(
            Container(Streamed("b", "x", string.Join(',', In("aa"), Attribute("sentry.segment.name", "GET /a")))),
            envelope: """{"sdk":{"name":"sentry.javascript.node","version":"11.1.0"},"trace":{"release":"api@3","environment":"qa","transaction":"head","sample_rate":"0.5"}}"""
        );
        var row = RowOf(item, "b");
        (row.Transaction, row.Release, row.Environment, row.ClientSampleRate).ShouldBe(("GET /a", "api@3", "qa", 0.5));
        (row.SdkName, row.SdkVersion, row.Platform).ShouldBe(("sentry.javascript.node", "11.1.0", "node"));
    }

    [Theory]
    [InlineData("sentry.environment", 65)]
    [InlineData("deployment.environment.name", 8_000)]
    [InlineData("sentry.release", 201)]
    public void What_is_too_long_for_a_name_stays_an_attribute_and_is_no_row_of_the_project(string key, int length)
    {
        var name = new string('n', length);

        var row = RowOf(Spans(Container(Streamed("b", "x", Attribute(key, name)))), "b");

        (row.Environment, row.Release).ShouldBe((null, null));
        row.Attributes.ShouldContain(name);
    }

    [Theory]
    [InlineData("prod/eu", null)]
    [InlineData("none", null)]
    [InlineData(" prod ", "prod")]
    public void An_environment_is_called_what_it_may_be_called_in_events_too(string stated, string? environment)
    {
        var own = RowOf(Spans(Container(Streamed("b", "x", Attribute("sentry.environment", stated)))), "b");
        var envelope = $$$"""{"trace":{"environment":"{{{stated}}}"}}""";
        var inherited = RowOf(Spans(Container(Streamed("b", "x")), envelope: envelope), "b");

        (own.Environment, inherited.Environment).ShouldBe((environment, environment));
        own.Attributes.ShouldBe(environment is null ? $$"""{"sentry.environment":"{{stated}}"}""" : "{}");
    }

    [Fact]
    public void A_program_says_what_it_calls_its_version_even_where_that_is_no_release()
    {
        KeyedValue[] said =
        [
            new("service.version", AttributeValue.Of(new string('9', 201))),
            new("deployment.environment", AttributeValue.Of("prod/eu")),
        ];

        var odd = SpanSource.Of(new ServiceSpans(new(said), [], []));
        var usual = SpanSource.Of(new ServiceSpans(new([new("service.version", AttributeValue.Of("1.2"))]), [], []));

        (odd.Program.Release, odd.Program.Environment).ShouldBe((null, null));
        odd.Attributes.ShouldBe(said);
        (usual.Program.Release, usual.Attributes.Count).ShouldBe(("1.2", 0));
    }

    [Theory]
    [InlineData("url.path", "/cart/7", "server.address", "shop.example", "8443", "https://shop.example:8443/cart/7")]
    [InlineData("url.path", "/cart/7", "server.address", "shop.example", "443", "https://shop.example/cart/7")]
    [InlineData("http.target", "/cart/7?x=1", "http.host", "shop.example:8443", "8443", "https://shop.example:8443/cart/7")]
    [InlineData("http.target", "/cart", "net.host.name", "shop.example", "8080", "https://shop.example:8080/cart")]
    [InlineData("http.target", "/cart", "net.peer.name", "visitor.example", "8080", null)]
    [InlineData("url.path", "cart", "server.address", "shop.example", "443", null)]
    public void An_address_that_is_told_in_parts_is_put_together(
        string pathKey,
        string path,
        string hostKey,
        string host,
        string port,
        string? url
    )
    {
        var parts = string.Join(
            ',',
            Attribute("url.scheme", "https"),
            Attribute(hostKey, host),
            Attribute("server.port", port),
            Attribute(pathKey, path)
        );
        RowOf(Spans(Container(Streamed("aa", "GET", parts, Segment))), "aa").Url.ShouldBe(url);
    }

    [Fact]
    public void A_call_is_known_by_the_name_of_what_it_calls_before_its_address()
    {
        foreach (var name in (string[])["server.address", "net.peer.name", "net.sock.peer.name"])
        {
            var call = string.Join(
                ',',
                Attribute("network.peer.address", "10.0.0.7"),
                Attribute(name, "cart.internal"),
                Attribute("sentry.op", "db.redis")
            );
            RowOf(Spans(Container(Streamed("b", "GET user:1", call, Of("aa")))), "b").Domain.ShouldBe("cart.internal", name);
        }
    }

    /// <summary>An app on a phone tells what it runs on once, for all of its spans.</summary>
    [Fact]
    public void What_went_wrong_is_kept_beside_the_status_unless_it_is_its_name()
    {
        const string kept = "sentry.status.message";
        var refused = Attribute(kept, "dial tcp 10.0.0.7:5432: connection refused");
        Row(refused).Attributes.ShouldContain("connection refused");
        var named = Row(Attribute(kept, "not_found"));
        (named.Status, named.Attributes).ShouldBe(("not_found", "{}"));

        static SpanRow Row(string attribute) =>
            Spans(Container(Streamed("aa", "call", attribute).Replace("\"ok\"", "\"error\"", StringComparison.Ordinal)))
                .Spans.Single();
    }

    [Theory]
    [InlineData("patch", "PATCH", "{}")]
    [InlineData("/helloworld.Greeter/SayHello", null, """{"method":"/helloworld.Greeter/SayHello"}""")]
    [InlineData("tools/call", null, """{"method":"tools/call"}""")]
    public void A_method_of_something_else_than_HTTP_stays_an_attribute(string method, string? column, string attributes)
    {
        var row = Spans(Container(Streamed("aa", "call", Attribute("method", method)))).Spans.Single();
        (row.HttpMethod, row.Attributes).ShouldBe((column, attributes));
    }

    /// <summary>Sentry's SDK of Python; see the captured <c>python2-stream</c>.</summary>
    [Fact]
    public void A_machine_that_tells_its_own_name_where_others_tell_what_they_call_does_not_call_itself()
    {
        var own = $"{Attribute("sentry.sdk.name", "sentry.python.django")},{Attribute("server.address", "py-1")}";
        var below = In("aa");
        var cache = $"{Attribute("sentry.sdk.name", "sentry.python.django")},{Attribute("server.address", "cache-7")}";
        var item = Spans(
            Container(
                Streamed("aa", "job", own, Segment),
                Streamed("bb", "SELECT 1", $"{own},{below},{Attribute("sentry.op", "db")}"),
                Streamed("cc", "GET cart:7", $"{cache},{below},{Attribute("sentry.op", "cache.get")}")
            )
        );
        item.Spans.Select(row => row.ServerName).ShouldBe(["py-1", "py-1", "py-1"]);
        item.Spans.Select(row => row.Attributes.Contains("server.address", StringComparison.Ordinal))
            .ShouldBe([false, false, true]);
        RowOf(item, "cc").Domain.ShouldBe("cache-7");

        var alone = Spans(
            Container(
                Streamed("bb", "SELECT 1", $"{own},{below}"),
                Streamed("cc", "GET cart:7", $"{cache},{below},{Attribute("server.port", "6379")}")
            )
        );
        alone.Spans.Select(row => row.ServerName).ShouldBe(["py-1", null]);
    }

    [Fact]
    public void What_an_exporter_says_of_its_device_and_user_holds_for_its_spans()
    {
        KeyedValue[] said =
        [
            new("service.name", AttributeValue.Of("shop-app")),
            new("os.name", AttributeValue.Of("iOS")),
            new("device.model.identifier", AttributeValue.Of("iPad13,1")),
            new("enduser.id", AttributeValue.Of("7")),
            new("network.connection.type", AttributeValue.Of("wifi")),
        ];
        var program = SpanSource.Of(new ServiceSpans(new(said), [], [])).Program;
        (program.Os, program.Device, program.User, program.Connection, program.Service).ShouldBe(
            ("iOS", "tablet", "id:7", "wifi", "shop-app")
        );
    }

    [Theory]
    [InlineData("webjs", true)]
    [InlineData("nodejs", false)]
    public void The_browser_of_a_page_is_the_one_that_exports(string language, bool infers) =>
        SpanSource
            .Of(new ServiceSpans(new([new("telemetry.sdk.language", AttributeValue.Of(language))]), [], []))
            .InfersAgent.ShouldBe(infers);

    [Fact]
    public void A_streamed_span_of_a_phone_tells_what_is_held_in_the_hand()
    {
        var phone = string.Join(',', Attribute("os.name", "Android"), Attribute("device.model", "Pixel 7"));
        RowOf(Spans(Container(Streamed("aa", "CartActivity", phone, Segment))), "aa").Device.ShouldBe("mobile");
        RowOf(Spans(Container(Streamed("aa", "job", Attribute("os.name", "Linux"), Segment))), "aa").Device.ShouldBeNull();
    }

    [Fact]
    public void Web_vitals_come_as_attributes_or_as_spans_of_their_own()
    {
        var item = Spans(
            Container(
                Streamed(
                    "aa",
                    "/cart",
                    """ "sentry.op":{"value":"pageload"},"browser.web_vital.ttfb.value":{"value":120.5},"browser.web_vital.fcp.value":{"value":900} """,
                    Segment
                ),
                Streamed(
                    "b",
                    "body > img",
                    """ "sentry.op":{"value":"ui.webvital.lcp"},"browser.web_vital.lcp.value":{"value":1700},"browser.web_vital.lcp.element":{"value":"img"} """,
                    Of("aa")
                ),
                Streamed(
                    "c",
                    "shift",
                    """ "sentry.op":{"value":"ui.webvital.cls"},"browser.web_vital.cls.value":{"value":0.02} """,
                    Of("aa")
                )
            )
        );
        var (page, largest, shift) = (RowOf(item, "aa"), RowOf(item, "b"), RowOf(item, "c"));
        (page.Ttfb, page.Fcp, page.Lcp, page.IsSegment).ShouldBe((120.5, 900, null, true));
        (largest.Lcp, shift.Cls).ShouldBe((1700, 0.02));
        largest.Attributes.ShouldContain("browser.web_vital.lcp.element");
        largest.Attributes.ShouldNotContain("lcp.value");
    }

    [Fact]
    public void A_single_span_of_an_interaction_is_a_part_of_its_page_load()
    {
        var item = Spans(
            $$"""
            {"data":{"sentry.op":"ui.interaction.click","release":"web@3","environment":"qa","transaction":"/cart","client.address":"{{{"{auto}"}}}"},
            "description":"body > button","op":"ui.interaction.click","parent_span_id":"1234567890123456","span_id":"831b42b20541afb5",
            "start_timestamp":{{Start}},"timestamp":{{Start + 0.016}},"trace_id":"{{TraceId}}","exclusive_time":16,
            "measurements":{"inp":{"value":16,"unit":"millisecond"} },"is_segment":true,"segment_id":"831b42b20541afb5"}
            """
        );
        var row = item.Spans.ShouldHaveSingleItem();
        (row.Inp, row.Op, row.Transaction, row.Release, row.Environment).ShouldBe(
            (16, "ui.interaction.click", "/cart", "web@3", "qa")
        );
        (row.IsSegment, row.ParentSpanId).ShouldBe((false, 0x1234567890123456));
        row.User.ShouldBe("ip:203.0.113.7");
    }

    [Fact]
    public void A_bad_span_and_a_filtered_one_cost_only_themselves()
    {
        var item = Spans(
            Container(
                Streamed("aa", "GET /cart", "", Segment),
                Streamed("bb", "GET /healthz", "", Segment),
                """{"span_id":"00000000000000cc"}""",
                """{"span_id":"00000000000000dd"}"""
            )
        );
        item.Outcome.ShouldBe(Outcome.Accepted);
        item.Spans.ShouldHaveSingleItem().SpanId.ShouldBe(0xaa);
        item.Losses.ShouldBe(
            [
                new(Outcome.Invalid("invalid_span"), DataCategory.Span, 2),
                new(Outcome.Filtered("filtered-transaction"), DataCategory.Span, 1),
            ],
            ignoreOrder: true
        );
    }

    [Fact]
    public void An_item_of_which_nothing_is_left_ends_as_its_spans_did()
    {
        Spans(Container(Streamed("bb", "GET /healthz", "", Segment))).Outcome.ShouldBe(Outcome.Filtered("filtered-transaction"));
        Spans(Container("""{"span_id":"00000000000000cc"}""")).Outcome.ShouldBe(Outcome.Invalid("invalid_span"));
        Spans("[]").Outcome.Kind.ShouldBe(OutcomeKind.Invalid);
    }

    [Fact]
    public void A_streamed_segment_says_how_much_of_it_what_kinds_of_work_took()
    {
        string Query(string id) => Streamed(id, "SELECT 1", string.Join(',', In("aa"), Attribute("sentry.op", "db")), Of("aa"));
        var other = Streamed("dd", "GET /", Attribute("sentry.op", "http.client"), Of("ee"));

        var item = Spans(Container(Query("bb"), Streamed("aa", "GET /cart", "", Segment), Query("cc"), other));

        RowOf(item, "aa").Measurements.ShouldBe("""{"spans.db":{"value":1000,"unit":"millisecond"}}""");
        RowOf(item, "bb").Measurements.ShouldBe("{}");
    }

    /// <summary>Exporters without a batch send every span for itself.</summary>
    [Fact]
    public void A_slow_query_is_found_though_its_span_comes_alone()
    {
        var query = Streamed("b", "SELECT * FROM carts WHERE id = 7", Attribute("sentry.op", "db"), Of("aa"));

        Spans(Container(query)).Raised.ShouldHaveSingleItem().Sighting!.Type.ShouldBe("performance_slow_db_query");
        Spans(Container(Streamed("b", "GET /cart", Attribute("sentry.op", "http.server"), Segment))).Raised.ShouldBeEmpty();
    }

    /// <summary>A collector sends spans of many machines at once.</summary>
    [Fact]
    public void The_clock_of_one_machine_moves_no_spans_of_another()
    {
        var item = Export($$"""{"resourceSpans":[{{Service("right", 0xaa, 0)}},{{Service("fast", 0xbb, 3600)}}]}""");

        var received = SomeErrors.Now.ToUnixTimeSeconds() * 1_000_000;
        item.Spans.Select(row => (row.SpanId, row.Timestamp, row.Duration))
            .ShouldBe([(0xaa, (long)Start * 1_000_000, 1_000_000), (0xbb, received - 1_000_000, 1_000_000)]);

        static string Service(string name, int span, long ahead) =>
            $$"""
                {"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"{{name}}"} }]},"scopeSpans":[{"spans":[
                {"traceId":"{{TraceId}}","spanId":"{{span:x16}}","name":"n","startTimeUnixNano":"{{Nanoseconds(ahead)}}",
                "endTimeUnixNano":"{{Nanoseconds(ahead + 1)}}"}]}]}
                """;

        static long Nanoseconds(long after) => ((long)Start + after) * 1_000_000_000;
    }

    [Fact]
    public void The_id_of_an_item_is_that_of_its_set_of_spans()
    {
        var (one, other, more) = (Streamed("aa", "a"), Streamed("bb", "b"), Streamed("cc", "c"));
        var id = Spans(Container(one, other)).EventId.ShouldNotBeNull();
        Spans(Container(other, one)).EventId.ShouldBe(id);
        Spans(Container(one)).EventId.ShouldNotBe(id);
        Spans(Container(one, other, more)).EventId.ShouldNotBe(id);
    }

    /// <summary>Zipkin's: an exporter without a batch sends each half for itself.</summary>
    [Fact]
    public void A_server_s_half_of_a_shared_span_is_no_repetition_of_the_client_s()
    {
        EventId? Id(string kind) => Spans(Container(Streamed("aa", "call", Attribute("sentry.kind", kind)))).EventId;

        Id("server").ShouldBe(Id("server"));
        Id("server").ShouldNotBe(Id("client"));
    }

    [Fact]
    public void Addresses_are_not_taken_where_the_project_keeps_none()
    {
        var span = Streamed("aa", "a", Attribute("user.ip_address", "198.51.100.7"), Segment);
        Spans(Container(span)).Spans[0].User.ShouldBe("ip:198.51.100.7");
        var scrubbed = Spans(Container(span), ProjectOptions.Default with { ScrubIPAddresses = true }).Spans[0];
        scrubbed.User.ShouldBeNull();
        scrubbed.Attributes.ShouldNotContain("198.51.100.7");
    }
}
