using System.Net;
using System.Text.Json;
using Server.Tests.Hosting;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Traces;

/// <summary>Traces as clients ask for them that know no spans.</summary>
public class TransactionTraceTests
{
    const string Path = "/api/0/organizations/default";
    const string TraceHex = "000000000000000000000000000000aa";
    static readonly UInt128 Trace = 0xaa;

    static SpanRow Span(TocsinHost host, long id, long? parent, double start, bool segment = false) =>
        new()
        {
            ProjectId = 1,
            TraceId = Trace,
            SpanId = id,
            ParentSpanId = parent,
            IsSegment = segment,
            Timestamp = host.Now() - 10_000_000 + (long)(start * 1000),
            Received = host.Now(),
            Duration = 5_000,
            SelfTime = 0,
            Op = segment ? "http.server" : "http.client",
            Transaction = $"GET /{id}",
            EventId = segment ? (UInt128)(100 + id) : null,
        };

    /// <summary>A page (1) calls the shop (3), which calls the stock (5) and the bank (7), each through a span of its own.</summary>
    static async Task<TocsinHost> StartAsync()
    {
        var host = await TocsinHost.StartAsync();
        var issue = await host.IssueAsync(1, 4, "Out of stock");
        var finding = await host.IssueAsync(1, 5, "N+1 Query", type: "performance_n_plus_one_db_queries");
        await host.StoreAsync(
            [
                Span(host, 1, null, 0, segment: true),
                Span(host, 2, 1, 1),
                Span(host, 3, 2, 2, segment: true),
                Span(host, 4, 3, 3),
                Span(host, 5, 4, 4, segment: true),
                Span(host, 6, 3, 5),
                Span(host, 7, 6, 6, segment: true),
            ],
            [
                host.Error(9, issue, Trace) with
                {
                    SpanId = 4,
                },
                host.Error(10, finding, Trace) with
                {
                    SpanId = 3,
                },
                host.Error(11, issue, Trace) with
                {
                    SpanId = 77,
                },
            ]
        );
        return host;
    }

    static IEnumerable<string> Names(JsonElement transactions) =>
        transactions.EnumerateArray().Select(one => one.Text("transaction"));

    [Fact]
    public async Task Transactions_lie_below_those_that_called_them_with_what_failed_in_each()
    {
        await using var host = await StartAsync();

        var trace = await host.With().GetJsonAsync($"{Path}/events-trace/{TraceHex}/");

        var page = trace.GetProperty("transactions").EnumerateArray().ShouldHaveSingleItem();
        page.Text("transaction").ShouldBe("GET /1");
        page.Text("event_id").ShouldBe(101.ToString("x32"));
        page.Text("span_id").ShouldBe(1.ToString("x16"));
        page.GetProperty("transaction.duration").GetDouble().ShouldBe(5);
        page.GetProperty("generation").GetInt32().ShouldBe(0);
        page.GetProperty("parent_event_id").ValueKind.ShouldBe(JsonValueKind.Null);
        page.GetProperty("errors").GetArrayLength().ShouldBe(0);
        var shop = page.GetProperty("children").EnumerateArray().ShouldHaveSingleItem();
        shop.Text("transaction").ShouldBe("GET /3");
        shop.Text("parent_event_id").ShouldBe(101.ToString("x32"));
        shop.GetProperty("generation").GetInt32().ShouldBe(1);
        shop.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem().Text("issue").ShouldBe("DEFAULT-4");
        var found = shop.GetProperty("performance_issues").EnumerateArray().ShouldHaveSingleItem();
        found.Text("issue_short_id").ShouldBe("DEFAULT-5");
        found.GetProperty("suspect_spans")[0].GetString().ShouldBe(3.ToString("x16"));
        Names(shop.GetProperty("children")).ShouldBe(["GET /5", "GET /7"]);
        var orphan = trace.GetProperty("orphan_errors").EnumerateArray().ShouldHaveSingleItem();
        orphan.Text("event_id").ShouldBe(11.ToString("x32"));
    }

    [Theory]
    [InlineData(101, "GET /1,GET /3")]
    [InlineData(103, "GET /1,GET /3,GET /5,GET /7")]
    [InlineData(105, "GET /3,GET /5")]
    [InlineData(9, "GET /1,GET /3,GET /5,GET /7")]
    [InlineData(11, "")]
    public async Task The_neighbours_of_an_event_are_the_caller_of_its_transaction_and_what_that_called(int id, string names)
    {
        await using var host = await StartAsync();

        var trace = await host.With().GetJsonAsync($"{Path}/events-trace-light/{TraceHex}/?event_id={id:x32}");

        string.Join(',', Names(trace.GetProperty("transactions"))).ShouldBe(names);
        trace.GetProperty("orphan_errors").GetArrayLength().ShouldBe(names.Length == 0 ? 1 : 0);
        trace.GetProperty("transactions").EnumerateArray().Any(one => one.TryGetProperty("children", out _)).ShouldBeFalse();
    }

    [Fact]
    public async Task Neighbours_are_of_an_event_of_the_trace()
    {
        await using var host = await StartAsync();

        var missing = await host.With().GetJsonAsync($"{Path}/events-trace-light/{TraceHex}/", HttpStatusCode.BadRequest);

        missing.Text("detail").ShouldContain("event_id");
        await host.With().GetJsonAsync($"{Path}/events-trace-light/{TraceHex}/?event_id={12:x32}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Projects_and_transactions_are_counted_for_older_clients()
    {
        await using var host = await StartAsync();

        var counts = await host.With().GetJsonAsync($"{Path}/events-trace-meta/{TraceHex}/");

        counts.GetProperty("projects").GetInt32().ShouldBe(1);
        counts.GetProperty("transactions").GetInt32().ShouldBe(4);
        counts.GetProperty("errors").GetInt32().ShouldBe(2);
        counts.GetProperty("performance_issues").GetInt32().ShouldBe(1);
    }
}
