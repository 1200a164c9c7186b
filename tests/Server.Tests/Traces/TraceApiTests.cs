using System.Net;
using System.Text.Json;
using Server.Tests.Hosting;
using Tocsin.Server.Traces;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Traces;

public class TraceApiTests
{
    const string Organization = "/api/0/organizations/default";
    static readonly UInt128 Trace = UInt128.Parse(
        "4bf92f3577b34da6a3ce929d0e0e4736",
        System.Globalization.NumberStyles.HexNumber
    );
    const string TraceHex = "4bf92f3577b34da6a3ce929d0e0e4736";

    static SpanRow Span(TocsinHost host, long id, long? parent, double start, double duration, bool segment = false) =>
        new()
        {
            ProjectId = 1,
            TraceId = Trace,
            SpanId = id,
            ParentSpanId = parent,
            SegmentId = 1,
            IsSegment = segment,
            Timestamp = host.Now() - 10_000_000 + (long)(start * 1000),
            Received = host.Now(),
            Duration = (long)(duration * 1000),
            SelfTime = 0,
            Op = segment ? "http.server" : "db.sql.query",
            Transaction = "GET /cart",
            Group = segment ? 0 : 77,
            ServerName = "web-1",
        };

    static IReadOnlyList<SpanRow> Spans(TocsinHost host) =>
        [
            Span(host, 1, null, 0, 100, segment: true) with
            {
                EventId = 5,
                Lcp = 1200,
            },
            Span(host, 2, 1, 10, 30),
            Span(host, 3, 1, 50, 20) with
            {
                Failed = true,
                Status = "internal_error",
            },
            Span(host, 3, 1, 50, 20) with
            {
                Failed = true,
                Status = "internal_error",
            },
            Span(host, 4, 99, 60, 5),
            Span(host, 6, 2, -500, 10, segment: true) with
            {
                ServerName = "api-1",
                SegmentId = 6,
                Service = "api",
            },
        ];

    [Fact]
    public async Task Both_halves_of_a_span_whose_id_a_server_shares_are_shown_one_below_the_other()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([
            Span(host, 1, null, 0, 100, segment: true),
            Span(host, 2, 1, 10, 80) with
            {
                Kind = "client",
            },
            Span(host, 2, 1, 20, 60, segment: true) with
            {
                Kind = "server",
                Service = "stock",
            },
        ]);

        var trace = await host.With().GetJsonAsync($"{Organization}/traces/{TraceHex}/");

        trace
            .GetProperty("spans")
            .EnumerateArray()
            .Select(span => $"{span.GetProperty("duration")} ms below {span.GetProperty("parent_span_id")}")
            .ShouldBe(["100 ms below ", "80 ms below 0000000000000001", "60 ms below 0000000000000002"]);
    }

    [Fact]
    public async Task A_trace_has_its_spans_once_its_errors_and_the_clocks_it_moved()
    {
        await using var host = await TocsinHost.StartAsync();
        var issue = await host.IssueAsync(1, 4, "Broken query");
        var finding = await host.IssueAsync(1, 5, "N+1 Query", type: "performance_n_plus_one_db_queries");
        await host.StoreAsync(
            Spans(host),
            [host.Error(9, issue, Trace) with { SpanId = 3 }, host.Error(10, finding, Trace) with { SpanId = 2 }]
        );

        var trace = await host.With().GetJsonAsync($"{Organization}/traces/{TraceHex}/");

        trace.Text("trace_id").ShouldBe(TraceHex);
        trace.GetProperty("truncated").GetBoolean().ShouldBeFalse();
        var spans = trace.GetProperty("spans").EnumerateArray().ToDictionary(span => span.Text("span_id"));
        spans.Keys.Select(id => id[^1]).Order().ShouldBe("12346");
        spans["0000000000000004"].Text("parent_span_id").ShouldBe("0000000000000063");
        spans["0000000000000001"].GetProperty("self_time").GetDouble().ShouldBe(50, 1e-6);
        spans["0000000000000003"].GetProperty("failed").GetBoolean().ShouldBeTrue();
        spans["0000000000000006"].GetProperty("clock_shifted_ms").GetDouble().ShouldBe(520);
        spans["0000000000000006"].Text("service").ShouldBe("api");
        trace.GetProperty("clock_skew")[0].Text("host").ShouldBe("api-1");
        trace.GetProperty("vitals").GetProperty("lcp").GetDouble().ShouldBe(1200);
        var error = trace.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.Text("short_id").ShouldBe("DEFAULT-4");
        error.Text("span_id").ShouldBe("0000000000000003");
        var found = trace.GetProperty("issues").EnumerateArray().ShouldHaveSingleItem();
        found.Text("type").ShouldBe("performance_n_plus_one_db_queries");
        found.GetProperty("span_ids")[0].GetString().ShouldBe("0000000000000002");
    }

    [Fact]
    public async Task An_error_is_moved_with_the_clock_of_its_span()
    {
        await using var host = await TocsinHost.StartAsync();
        var issue = await host.IssueAsync(1, 4, "Broken query");
        var (moved, stays) = (host.Now() - 10_495_000, host.Now() - 9_945_000);
        await host.StoreAsync(
            Spans(host),
            [
                host.Error(9, issue, Trace) with
                {
                    SpanId = 6,
                    Timestamp = moved,
                },
                host.Error(10, issue, Trace) with
                {
                    SpanId = 3,
                    Timestamp = stays,
                },
            ]
        );

        var trace = await host.With().GetJsonAsync($"{Organization}/traces/{TraceHex}/");

        var errors = trace.GetProperty("errors").EnumerateArray().ToDictionary(error => error.Text("span_id"));
        errors["0000000000000006"].GetProperty("timestamp").GetDouble().ShouldBe((moved + 520_000) / 1e6, 1e-6);
        errors["0000000000000003"].GetProperty("timestamp").GetDouble().ShouldBe(stays / 1e6, 1e-6);
        trace.GetProperty("start").GetDouble().ShouldBe((host.Now() - 10_000_000) / 1e6, 1e-6, "where its first span begins");
    }

    [Fact]
    public async Task How_long_spans_like_those_of_a_trace_usually_take_is_asked_for_apart()
    {
        await using var host = await TocsinHost.StartAsync();
        var others = Enumerable
            .Range(1, 99)
            .SelectMany(number =>
                new[]
                {
                    Span(host, 1_000 + number, null, number, 10 * number, segment: true),
                    Span(host, 2_000 + number, 1_000 + number, number, number),
                    Span(host, 3_000 + number, 1_000 + number, number, 5_000) with
                    {
                        Group = 78,
                    },
                    Span(host, 4_000 + number, 1_000 + number, number, 5_000) with
                    {
                        Timestamp = host.Now() - 26 * 3_600_000_000L,
                    },
                }
            )
            .Select(span => span with { TraceId = (UInt128)span.SpanId });
        await host.StoreAsync([.. Spans(host).Where(span => span.SpanId is 1 or 4), .. others]);

        var usual = await host.With().GetJsonAsync($"{Organization}/traces/{TraceHex}/usual/");

        usual.GetProperty("sampled").GetBoolean().ShouldBeFalse();
        usual.GetProperty("partial").GetBoolean().ShouldBeFalse();
        var kinds = usual.GetProperty("kinds").EnumerateArray().ToList();
        kinds.Count.ShouldBe(2, "the trace has a segment and a span of one group");
        kinds.ShouldAllBe(kind => kind.Text("project") == "default");
        var segments = kinds.Single(kind => kind.Text("transaction") == "GET /cart");
        segments.GetProperty("group").ValueKind.ShouldBe(JsonValueKind.Null);
        segments.GetProperty("count").GetInt64().ShouldBe(100);
        segments.GetProperty("p50").GetDouble().ShouldBe(495, 11);
        segments.GetProperty("p95").GetDouble().ShouldBe(940, 15);
        var queries = kinds.Single(kind => kind.Text("group") == "000000000000004d");
        queries.GetProperty("transaction").ValueKind.ShouldBe(JsonValueKind.Null);
        queries.GetProperty("count").GetInt64().ShouldBe(100);
        queries.GetProperty("p50").GetDouble().ShouldBe(49, 2);
    }

    [Fact]
    public async Task Nothing_is_usual_for_a_trace_that_is_not_here()
    {
        await using var host = await TocsinHost.StartAsync();

        using var response = await host.With().GetAsync($"{Organization}/traces/{TraceHex}/usual/");

        response.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Sentrys_forest_has_spans_below_spans_and_errors_where_they_happened()
    {
        await using var host = await TocsinHost.StartAsync();
        var issue = await host.IssueAsync(1, 4, "Broken query");
        await host.StoreAsync(
            Spans(host),
            [host.Error(9, issue, Trace) with { SpanId = 3 }, host.Error(10, issue, Trace) with { SpanId = 1000 }]
        );

        var forest = (await host.With().GetJsonAsync($"{Organization}/trace/{TraceHex}/")).EnumerateArray().ToList();
        var meta = await host.With().GetJsonAsync($"{Organization}/trace-meta/{TraceHex}/");

        forest.Select(root => root.Text("event_type")).ShouldBe(["span", "span", "error"]);
        var segment = forest[0];
        segment.GetProperty("is_transaction").GetBoolean().ShouldBeTrue();
        segment.Text("transaction_id").ShouldBe("00000000000000000000000000000005");
        var children = segment.GetProperty("children").EnumerateArray().ToList();
        children.Select(child => child.Text("event_id")[^1]).ShouldBe("23");
        children[0].GetProperty("children")[0].Text("event_id").ShouldBe("0000000000000006");
        children[1].GetProperty("errors")[0].Text("short_id").ShouldBe("DEFAULT-4");
        meta.GetProperty("spansCount").GetInt32().ShouldBe(5);
        meta.GetProperty("errorsCount").GetInt32().ShouldBe(2);
        meta.GetProperty("spansCountMap").GetProperty("db.sql.query").GetInt32().ShouldBe(3);
        meta.GetProperty("transactionChildCountMap")[0].GetProperty("count()").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task A_traces_counts_stand_under_the_names_of_older_clients_too()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync(Spans(host), [host.Error(9, await host.IssueAsync(1, 4, "Broken query"), Trace)]);

        var meta = await host.With().GetJsonAsync($"{Organization}/trace-meta/{TraceHex}/");

        meta.GetProperty("errors").GetInt32().ShouldBe(1);
        meta.GetProperty("logs").GetInt32().ShouldBe(0);
        meta.GetProperty("performance_issues").GetInt32().ShouldBe(0);
        meta.GetProperty("span_count").GetInt32().ShouldBe(5);
        meta.GetProperty("span_count_map").GetProperty("http.server").GetInt32().ShouldBe(2);
        meta.GetProperty("transaction_child_count_map")[0]
            .Text("transaction.event_id")
            .ShouldBe("00000000000000000000000000000005");
    }

    [Fact]
    public async Task Spans_of_Sentrys_forest_tell_what_is_asked_for_and_lack_no_text()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([
            Span(host, 1, null, 0, 100, segment: true) with
            {
                Attributes = """{"db.system":"postgresql","rows":7}""",
                HttpStatus = 200,
            },
        ]);

        var forest = await host.With()
            .GetJsonAsync(
                $"{Organization}/trace/{TraceHex}/?additional_attributes=db.system&additional_attributes=http.status_code"
                    + "&additional_attributes=trace&additional_attributes=nothing"
            );

        var span = forest[0];
        span.Text("profile_id").ShouldBe("");
        span.Text("profiler_id").ShouldBe("");
        span.Text("sdk_name").ShouldBe("");
        var more = span.GetProperty("additional_attributes");
        more.EnumerateObject().Select(attribute => attribute.Name).ShouldBe(["db.system", "http.status_code", "trace"]);
        more.Text("db.system").ShouldBe("postgresql");
        more.GetProperty("http.status_code").GetInt64().ShouldBe(200);
        more.Text("trace").ShouldBe(TraceHex);
    }

    [Fact]
    public async Task A_trace_deeper_than_JSON_readers_go_loses_no_span()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([
            .. Enumerable.Range(1, 1_000).Select(id => Span(host, id, id == 1 ? null : id - 1, id * 0.01, 100)),
        ]);

        using var response = await host.With().GetAsync($"{Organization}/trace/{TraceHex}/");
        using var forest = JsonDocument.Parse(
            await response.Content.ReadAsStringAsync(),
            new JsonDocumentOptions { MaxDepth = 1_000 }
        );

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        int Count(JsonElement node) => 1 + node.GetProperty("children").EnumerateArray().Sum(Count);
        forest.RootElement.EnumerateArray().Sum(Count).ShouldBe(1_000);
    }

    [Fact]
    public async Task A_trace_that_is_longer_than_asked_for_says_so()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync(Spans(host));

        var trace = await host.With().GetJsonAsync($"{Organization}/traces/{TraceHex}/?limit=2");
        using var forest = await host.With().GetAsync($"{Organization}/trace/{TraceHex}/?limit=2");

        trace.GetProperty("truncated").GetBoolean().ShouldBeTrue();
        trace.GetProperty("spans").GetArrayLength().ShouldBe(2);
        forest.Headers.GetValues("X-Tocsin-Truncated").ShouldBe(["1"]);
    }

    [Fact]
    public async Task Whatever_is_made_of_a_trace_says_when_that_has_more_spans_than_were_read()
    {
        string[] routes =
        [
            $"trace/{TraceHex}/?limit=1000000",
            $"trace-meta/{TraceHex}/",
            $"events-trace/{TraceHex}/",
            $"events-trace-light/{TraceHex}/?event_id=00000000000000000000000000000005",
            $"events-trace-meta/{TraceHex}/",
        ];
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([
            Span(host, 1, null, 0, 100, segment: true) with
            {
                EventId = 5,
            },
            .. Enumerable.Range(2, TraceApi.MostSpans - 1).Select(id => Span(host, id, 1, 1, 1)),
        ]);
        (await MarksAsync()).ShouldAllBe(marks => !marks.Partial && !marks.Truncated);

        await host.StoreAsync([Span(host, TraceApi.MostSpans + 1, 1, 2, 1)]);

        (await MarksAsync()).ShouldAllBe(marks => marks.Partial && marks.Truncated);

        async Task<List<(string Route, bool Partial, bool Truncated)>> MarksAsync()
        {
            var marks = new List<(string, bool, bool)>();
            foreach (var route in routes)
            {
                using var answer = await host.With().GetAsync($"{Organization}/{route}");
                answer.StatusCode.ShouldBe(HttpStatusCode.OK);
                marks.Add((route, answer.Headers.Contains("X-Tocsin-Partial"), answer.Headers.Contains("X-Tocsin-Truncated")));
            }
            return marks;
        }
    }

    [Fact]
    public async Task A_trace_of_which_only_an_error_has_arrived_is_shown()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([], [host.Error(9, await host.IssueAsync(1, 1, "Alone"), Trace)]);

        var trace = await host.With().GetJsonAsync($"{Organization}/traces/{TraceHex}/");

        trace.GetProperty("spans").GetArrayLength().ShouldBe(0);
        trace.GetProperty("errors").GetArrayLength().ShouldBe(1);
        trace.GetProperty("projects")[0].Text("slug").ShouldBe("default");
    }

    [Theory]
    [InlineData("no-id")]
    [InlineData("00000000000000000000000000000000")]
    public async Task What_is_no_trace_is_not_found(string id)
    {
        await using var host = await TocsinHost.StartAsync();

        foreach (var path in (string[])["traces", "trace", "trace-meta", "events-trace"])
        {
            await host.With().GetJsonAsync($"{Organization}/{path}/{id}/", HttpStatusCode.NotFound);
        }
        await host.With().GetJsonAsync($"{Organization}/traces/{id}/spans/0000000000000001/", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_trace_of_which_nothing_has_arrived_is_empty_to_clients_of_Sentry_and_unknown_to_our_page()
    {
        await using var host = await TocsinHost.StartAsync();

        var forest = await host.With().GetJsonAsync($"{Organization}/trace/{TraceHex}/");
        var counts = await host.With().GetJsonAsync($"{Organization}/trace-meta/{TraceHex}/");

        forest.GetArrayLength().ShouldBe(0);
        counts.GetProperty("spansCount").GetInt32().ShouldBe(0);
        counts.GetProperty("span_count").GetInt32().ShouldBe(0);
        counts.GetProperty("errors").GetInt32().ShouldBe(0);
        counts.GetProperty("spansCountMap").EnumerateObject().ShouldBeEmpty();
        foreach (var path in (string[])["traces", "events-trace"])
        {
            await host.With().GetJsonAsync($"{Organization}/{path}/{TraceHex}/", HttpStatusCode.NotFound);
        }
        await host.With().GetJsonAsync($"{Organization}/traces/{TraceHex}/spans/0000000000000001/", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_span_is_shown_with_all_that_is_kept_of_it()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([
            Span(host, 0x1f, 1, 0, 12.5) with
            {
                Description = "SELECT 1",
                GroupName = "SELECT %s",
                Status = "ok",
                SelfTime = 2_000,
                User = "id:9",
                SdkName = "sentry.python",
                SdkVersion = "2.0",
                HttpStatus = 503,
                Cls = 0.25,
                Measurements = """{"frames":{"value":3,"unit":"none"}}""",
                Attributes = """{"cart.size":7,"db.system":"postgresql"}""",
                Links = """[{"trace_id":"0123456789abcdef0123456789abcdef","span_id":"0123456789abcdef","attributes":{}}]""",
            },
        ]);

        var span = await host.With().GetJsonAsync($"{Organization}/traces/{TraceHex}/spans/000000000000001f/");

        span.Text("description").ShouldBe("SELECT 1");
        span.Text("group_name").ShouldBe("SELECT %s");
        span.Text("group").ShouldBe("000000000000004d");
        span.GetProperty("duration").GetDouble().ShouldBe(12.5);
        span.GetProperty("self_time").GetDouble().ShouldBe(2);
        span.GetProperty("end").GetDouble().ShouldBe(span.GetProperty("start").GetDouble() + 0.0125, 1e-6);
        span.GetProperty("sdk").Text("version").ShouldBe("2.0");
        span.GetProperty("http_status").GetInt32().ShouldBe(503);
        span.GetProperty("vitals").GetProperty("cls").GetDouble().ShouldBe(0.25);
        span.GetProperty("measurements").GetProperty("frames").GetProperty("value").GetDouble().ShouldBe(3);
        span.GetProperty("attributes").GetProperty("cart.size").GetInt32().ShouldBe(7);
        span.GetProperty("links")[0].Text("span_id").ShouldBe("0123456789abcdef");
        span.Text("user").ShouldBe("id:9");
        span.Text("project").ShouldBe("default");
    }

    [Fact]
    public async Task The_list_names_each_trace_once_by_its_newest_or_longest_span()
    {
        await using var host = await TocsinHost.StartAsync();
        var other = Span(host, 21, null, 500, 5, segment: true) with { TraceId = 2, Transaction = "GET /", Op = "pageload" };
        await host.StoreAsync([.. Spans(host).Where(span => span.ServerName == "web-1"), other], [host.Error(9, 1, Trace)]);

        var newest = await host.With().GetJsonAsync($"{Organization}/traces/");
        var longest = await host.With().GetJsonAsync($"{Organization}/traces/?sort=-duration&per_page=1");
        var failed = await host.With().GetJsonAsync($"{Organization}/traces/?query=span.status:internal_error");

        var loudest = await host.With().GetJsonAsync($"{Organization}/traces/?sort=-loudness", HttpStatusCode.BadRequest);
        loudest.Text("detail").ShouldBe("Invalid sort: one of -timestamp, -duration.");
        newest.EnumerateArray().Select(row => row.Text("trace_id")).ShouldBe([$"{2:x32}", TraceHex]);
        var row = longest.EnumerateArray().ShouldHaveSingleItem();
        row.Text("trace_id").ShouldBe(TraceHex);
        row.GetProperty("root").Text("transaction").ShouldBe("GET /cart");
        row.GetProperty("duration").GetDouble().ShouldBe(100, 1e-6);
        row.GetProperty("spans").GetInt64().ShouldBe(5);
        row.GetProperty("errors").GetInt64().ShouldBe(1);
        row.GetProperty("projects")[0].GetString().ShouldBe("default");
        failed.EnumerateArray().ShouldHaveSingleItem().GetProperty("failed").GetInt64().ShouldBe(2);
        newest.EnumerateArray().ShouldAllBe(one => !one.GetProperty("sampled").GetBoolean());
        newest.EnumerateArray().ShouldAllBe(one => !one.GetProperty("partial").GetBoolean());
    }

    [Fact]
    public async Task A_trace_in_the_list_took_until_the_end_of_its_last_span()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([Span(host, 1, null, 0, 100, segment: true), Span(host, 2, 1, 80, 120)]);

        var list = await host.With().GetJsonAsync($"{Organization}/traces/");

        list.EnumerateArray().ShouldHaveSingleItem().GetProperty("duration").GetDouble().ShouldBe(200, 1e-3);
    }

    [Fact]
    public async Task A_trace_that_was_kept_for_others_like_it_says_so_and_counts_its_own_spans()
    {
        await using var host = await TocsinHost.StartAsync();
        var whole = Span(host, 21, null, 500, 5, segment: true) with { TraceId = 2 };
        await host.StoreAsync([.. Spans(host).Select(span => span with { Weight = 2.5 }), whole]);

        var list = (await host.With().GetJsonAsync($"{Organization}/traces/")).EnumerateArray().ToList();
        var samples = await host.With()
            .GetJsonAsync($"{Organization}/performance/transactions/samples/?transaction=GET%20/cart&statsPeriod=24h");

        list.ToDictionary(
                row => row.Text("trace_id"),
                row => (row.GetProperty("sampled").GetBoolean(), row.GetProperty("spans").GetInt64())
            )
            .ShouldBe(
                new Dictionary<string, (bool, long)> { [TraceHex] = (true, 6), [$"{2:x32}"] = (false, 1) },
                ignoreOrder: true
            );
        samples
            .EnumerateArray()
            .GroupBy(row => row.Text("trace_id"), row => row.GetProperty("sampled").GetBoolean())
            .ToDictionary(trace => trace.Key, trace => trace.All(sampled => sampled))
            .ShouldBe(new Dictionary<string, bool> { [TraceHex] = true, [$"{2:x32}"] = false }, ignoreOrder: true);
        samples.EnumerateArray().ShouldAllBe(row => !row.GetProperty("partial").GetBoolean());
    }
}
