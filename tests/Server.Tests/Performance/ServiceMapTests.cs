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
                };
            spans.Add(Span(1, null, "browser", "pageload", null, null, true));
            spans.Add(Span(2, 1, "browser", "http.client", "http", "shop.example", false));
            spans.Add(Span(3, 2, "shop", "http.server", "http", null, true));
            spans.Add(Span(4, 3, "shop", "db.sql.query", "db", "orders", false));
            spans.Add(Span(5, 3, "shop", "http.client", "http", "bank.example", false));
            spans.Add(Span(6, 3, "shop", "queue.publish", "queue", "mails", false));
            spans.Add(Span(7, 6, "worker", "queue.process", "queue", "mails", true));
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
                    "database orders 40",
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
                "service:default:shop > database:orders",
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
}
