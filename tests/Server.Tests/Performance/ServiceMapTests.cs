using Server.Tests.Hosting;
using Server.Tests.Traces;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Performance;

public class ServiceMapTests
{
    /// <summary>A browser asks a shop, which asks a database, a foreign host, and puts into a queue that a worker empties.</summary>
    static List<SpanRow> Rounds(TocsinHost host, int count)
    {
        var spans = new List<SpanRow>();
        for (var at = 0; at < count; at++)
        {
            SpanRow Span(int id, int? parent, string service, string op, string? category, string? domain, bool segment) =>
                new()
                {
                    ProjectId = 1,
                    TraceId = (ulong)at + 1,
                    SpanId = (at * 100) + id,
                    ParentSpanId = parent is { } of ? (at * 100) + of : null,
                    IsSegment = segment,
                    Timestamp = host.Now() - 1_000_000,
                    Received = host.Now(),
                    Duration = id * 1000,
                    SelfTime = 0,
                    Service = service,
                    Op = op,
                    Category = category,
                    Domain = domain,
                    Failed = id == 3 && at % 4 == 0,
                    Attributes = category == "db" ? """{"db.system":"postgresql","db.namespace":"shop"}""" : "{}",
                };
            spans.Add(Span(1, null, "browser", "pageload", null, null, true));
            spans.Add(Span(2, 1, "browser", "http.client", "http", "shop.example", false));
            spans.Add(Span(3, 2, "shop", "http.server", "http", null, true));
            spans.Add(Span(4, 3, "shop", "db.sql.query", "db", "orders", false));
            spans.Add(Span(5, 3, "shop", "http.client", "http", "bank.example", false));
            spans.Add(Span(6, 3, "shop", "queue.publish", "queue", "mails", false));
            spans.Add(Span(7, 6, "worker", at % 2 == 0 ? "queue.process" : "queue.task.celery", "queue", "mails", true));
            spans.Add(Span(8, 3, "shop", "http.route.controller", "http", null, false));
            spans.Add(Span(9, 3, "shop", "http.server", "http", "shop.example", false));
        }
        return spans;
    }

    [Fact]
    public async Task Who_calls_whom_is_read_from_pairs_of_spans_and_from_what_spans_talk_to()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync(Rounds(host, 40));

        var map = await host.With().GetJsonAsync("/api/0/organizations/default/performance/service-map/");

        map.GetProperty("sampled").GetBoolean().ShouldBeFalse();
        map.GetProperty("nodes")
            .EnumerateArray()
            .Select(node => $"{node.Text("kind")} {node.Text("name")} {node.GetProperty("count").GetInt64()}")
            .ShouldBe(
                [
                    "service browser 40",
                    "service shop 40",
                    "service worker 40",
                    "database postgresql/shop 40",
                    "http bank.example 40",
                    "queue mails 80",
                ],
                ignoreOrder: true
            );
        var edges = map.GetProperty("edges").EnumerateArray().ToDictionary(edge => $"{edge.Text("from")} > {edge.Text("to")}");
        edges.Keys.ShouldBe(
            [
                "service:default:browser > service:default:shop",
                "service:default:shop > service:default:worker",
                "service:default:shop > database:postgresql/shop",
                "service:default:shop > http:bank.example",
                "service:default:shop > queue:mails",
                "queue:mails > service:default:worker",
            ],
            ignoreOrder: true
        );
        var call = edges["service:default:browser > service:default:shop"];
        call.GetProperty("count").GetInt64().ShouldBe(40);
        call.GetProperty("failure_rate").GetDouble().ShouldBe(0.25);
        call.GetProperty("p95").GetDouble().ShouldBe(3);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_many_calls_some_are_followed_and_stand_for_all(bool evenly)
    {
        const int calls = 6_000;
        await using var host = await TocsinHost.StartAsync();
        var spans = Rounds(host, calls)
            .Where(span => span.SpanId % 100 <= 3)
            .Select(span =>
                span with
                {
                    // Every tenth second, or all within five minutes and a day after a single one.
                    Timestamp =
                        host.Now()
                        - (
                            evenly ? (long)span.TraceId * 10_000_000
                            : span.TraceId == 1 ? 80_000_000_000
                            : 600_000_000 + (long)span.TraceId * 50_000
                        )
                        + span.SpanId % 100 * 1_000,
                }
            );
        foreach (var batch in spans.Chunk(9_000))
        {
            await host.StoreAsync(batch);
        }

        var map = await host.With().GetJsonAsync("/api/0/organizations/default/performance/service-map/");

        map.GetProperty("sampled").GetBoolean().ShouldBeTrue();
        var call = map.GetProperty("edges").EnumerateArray().Single(edge => edge.Text("to") == "service:default:shop");
        call.Text("from").ShouldBe("service:default:browser");
        call.GetProperty("count").GetInt64().ShouldBe(calls);
        call.GetProperty("failure_rate").GetDouble().ShouldBe(0.25, 0.02);
        call.GetProperty("p95").GetDouble().ShouldBe(3);
        map.GetProperty("nodes")
            .EnumerateArray()
            .Single(node => node.Text("name") == "shop")
            .GetProperty("count")
            .GetInt64()
            .ShouldBe(calls);
    }

    [Fact]
    public async Task A_database_is_one_whatever_its_tables_and_whoever_asks_it()
    {
        await using var host = await TocsinHost.StartAsync();
        var id = 0;
        SpanRow Query(string service, string? table, double milliseconds, string attributes) =>
            new()
            {
                ProjectId = 1,
                TraceId = 7,
                SpanId = ++id,
                Timestamp = host.Now() - 1_000_000,
                Received = host.Now(),
                Duration = (long)(milliseconds * 1_000),
                SelfTime = 0,
                Service = service,
                Op = "db",
                Category = "db",
                Domain = table,
                Failed = table == "carts",
                Attributes = attributes,
            };
        const string shop = """{"db.system":"postgresql","db.name":"shop","server.address":"10.0.0.7"}""";
        const string stock = """{"db.system.name":"mysql","server.address":"stock.internal"}""";
        await host.StoreAsync([
            .. Enumerable.Range(1, 20).Select(i => Query("web", "orders", i, shop)),
            .. Enumerable.Range(1, 20).Select(i => Query("web", "carts", 100 + i, shop)),
            .. Enumerable.Range(1, 20).Select(_ => Query("web", null, 1, shop)),
            .. Enumerable.Range(1, 20).Select(_ => Query("api", "orders", 1, shop)),
            .. Enumerable.Range(1, 20).Select(_ => Query("api", "items", 5, stock)),
            .. Enumerable.Range(1, 20).Select(_ => Query("old", "orders", 9, "{}")),
        ]);

        var map = await host.With().GetJsonAsync("/api/0/organizations/default/performance/service-map/");

        var databases = map.GetProperty("nodes")
            .EnumerateArray()
            .Where(node => node.Text("kind") == "database")
            .ToDictionary(node => node.Text("name"));
        databases.Keys.ShouldBe(["postgresql/shop", "mysql/stock.internal", "old database"], ignoreOrder: true);
        var known = databases["postgresql/shop"];
        known.GetProperty("count").GetInt64().ShouldBe(80);
        known.GetProperty("failure_rate").GetDouble().ShouldBe(0.25, 1e-9);
        known.GetProperty("p95").GetDouble().ShouldBe(116, 1.5);
        map.GetProperty("edges")
            .EnumerateArray()
            .Select(edge => $"{edge.Text("from")} > {edge.Text("to")} {edge.GetProperty("count").GetInt64()}")
            .ShouldBe(
                [
                    "service:default:web > database:postgresql/shop 60",
                    "service:default:api > database:postgresql/shop 20",
                    "service:default:api > database:mysql/stock.internal 20",
                    "service:default:old > database:old database 20",
                ],
                ignoreOrder: true
            );
    }
}
