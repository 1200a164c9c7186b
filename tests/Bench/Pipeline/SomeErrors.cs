using System.IO.Compression;
using System.Text.Json.Nodes;
using EventId = Tocsin.Protocol.EventId;

namespace Bench.Pipeline;

/// <summary>Gzipped envelopes with one error of about 10 KB each: forty frames with context and locals, breadcrumbs, tags, a user.</summary>
static class SomeErrors
{
    public static byte[] Envelope(int seed, int issues)
    {
        var random = new Random(seed);
        var id = EventId.New();
        var issue = random.Next(issues);
        var body = new JsonObject
        {
            ["event_id"] = id.ToString(),
            ["timestamp"] = DateTimeOffset.UtcNow.ToString("O"),
            ["platform"] = "python",
            ["level"] = "error",
            ["environment"] = "production",
            ["release"] = $"shop@1.{seed % 7}.0",
            ["transaction"] = $"/api/orders/{issue % 20}",
            ["server_name"] = $"web-{random.Next(8)}",
            ["user"] = new JsonObject { ["id"] = $"{random.Next(5_000)}", ["ip_address"] = "203.0.113.7" },
            ["tags"] = new JsonObject
            {
                ["region"] = "eu-1",
                ["plan"] = random.Next(2) == 0 ? "free" : "team",
                ["build"] = $"{random.Next(90)}",
            },
            ["exception"] = new JsonObject
            {
                ["values"] = new JsonArray(
                    new JsonObject
                    {
                        ["type"] = $"OrderError{issue}",
                        ["value"] = $"order {random.Next()} of customer {random.Next()} cannot be placed",
                        ["stacktrace"] = new JsonObject { ["frames"] = new JsonArray([.. Frames(random, issue)]) },
                    }
                ),
            },
            ["breadcrumbs"] = new JsonObject
            {
                ["values"] = new JsonArray([
                    .. Enumerable
                        .Range(0, 12)
                        .Select(i => new JsonObject
                        {
                            ["category"] = "query",
                            ["message"] = $"SELECT {random.Next()} FROM orders WHERE id = {i}",
                        }),
                ]),
            },
        };
        return Pack(id, body.ToJsonString());
    }

    static IEnumerable<JsonObject> Frames(Random random, int issue) =>
        Enumerable
            .Range(0, 40)
            .Select(i => new JsonObject
            {
                ["filename"] = $"shop/{(i % 3 == 0 ? "orders" : "site-packages/django")}/module_{i}.py",
                ["function"] = i == 39 ? $"place_{issue}" : $"step_{i}",
                ["module"] = $"shop.module_{i}",
                ["lineno"] = 10 * i,
                ["in_app"] = i % 3 == 0,
                ["context_line"] = $"    result = step_{i}(order, customer)",
                ["vars"] = new JsonObject { ["order"] = $"<Order {random.Next()}>", ["retries"] = random.Next(5) },
            });

    static byte[] Pack(EventId id, string body)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        using (var writer = new StreamWriter(gzip))
        {
            writer.Write($$"""{"event_id":"{{id}}"}""" + "\n");
            writer.Write("""{"type":"event"}""" + "\n");
            writer.Write(body);
        }
        return packed.ToArray();
    }
}
