using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Bench.Pipeline;

/// <summary>Transactions of a hundred spans as servers' clients send them: attributes, origins, queries with literals, calls, caches, templates.</summary>
static class SomeTransactions
{
    public const int Spans = 100;

    static readonly string[] Tables = ["orders", "customers", "carts", "prices", "invoices", "sessions", "stock", "labels"];

    public static ReadOnlyMemory<byte> Payload(int seed)
    {
        var random = new Random(seed);
        var (trace, root) = (Hex(random, 16), Hex(random, 8));
        var start = 1_789_000_000 + random.NextDouble() * 900_000;
        var view = $"/api/{Tables[random.Next(Tables.Length)]}/{{id}}";
        var body = new JsonObject
        {
            ["event_id"] = Hex(random, 16),
            ["type"] = "transaction",
            ["transaction"] = view,
            ["transaction_info"] = new JsonObject { ["source"] = "route" },
            ["platform"] = "python",
            ["environment"] = "production",
            ["release"] = $"shop@1.{seed % 7}.0",
            ["server_name"] = $"web-{random.Next(8)}",
            ["sdk"] = new JsonObject { ["name"] = "sentry.python.django", ["version"] = "2.20.0" },
            ["user"] = new JsonObject { ["id"] = $"{random.Next(5_000)}", ["ip_address"] = "203.0.113.7" },
            ["tags"] = new JsonObject { ["region"] = "eu-1", ["plan"] = random.Next(2) == 0 ? "free" : "team" },
            ["request"] = new JsonObject
            {
                ["method"] = "GET",
                ["url"] = $"https://shop.example.com/api/{random.Next(90_000)}",
                ["headers"] = new JsonObject { ["User-Agent"] = "Mozilla/5.0", ["Host"] = "shop.example.com" },
            },
            ["start_timestamp"] = Time(start),
            ["timestamp"] = Time(start + 1.5),
            ["contexts"] = new JsonObject
            {
                ["trace"] = new JsonObject
                {
                    ["trace_id"] = trace,
                    ["span_id"] = root,
                    ["op"] = "http.server",
                    ["status"] = "ok",
                    ["origin"] = "auto.http.django",
                    ["data"] = new JsonObject { ["http.response.status_code"] = 200, ["thread.name"] = "MainThread" },
                },
                ["runtime"] = new JsonObject { ["name"] = "CPython", ["version"] = "3.13.1" },
            },
            ["spans"] = new JsonArray([.. Children(random, trace, root, start)]),
        };
        return Encoding.UTF8.GetBytes(body.ToJsonString());
    }

    static IEnumerable<JsonObject> Children(Random random, string trace, string root, double start)
    {
        var parent = root;
        for (var i = 0; i < Spans; i++)
        {
            var (op, origin, description, data) = Work(random, i);
            var id = Hex(random, 8);
            data["thread.id"] = "140213";
            data["thread.name"] = "MainThread";
            yield return new()
            {
                ["trace_id"] = trace,
                ["span_id"] = id,
                ["parent_span_id"] = parent,
                ["same_process_as_parent"] = true,
                ["op"] = op,
                ["description"] = description,
                ["start_timestamp"] = Time(start + i * 0.01),
                ["timestamp"] = Time(start + i * 0.01 + random.NextDouble() * 0.01),
                ["status"] = "ok",
                ["origin"] = origin,
                ["data"] = data,
            };
            parent = i % 5 == 0 ? id : root;
        }
    }

    static (string Op, string Origin, string Description, JsonObject Data) Work(Random random, int number)
    {
        var table = Tables[random.Next(Tables.Length)];
        var host = $"{table}.internal.example.com";
        return (number % 10) switch
        {
            < 6 => (
                "db",
                "auto.db.psycopg",
                $"""SELECT "{table}"."id", "{table}"."name", "{table}"."created" FROM "{table}" WHERE ("{table}"."id" = {random.Next()} AND "{table}"."state" IN ('open', 'paid')) ORDER BY "{table}"."created" DESC LIMIT 21""",
                new()
                {
                    ["db.system"] = "postgresql",
                    ["db.name"] = "shop",
                    ["db.user"] = "shop",
                    ["server.address"] = "db-1.internal",
                    ["server.port"] = 5432,
                }
            ),
            6 => (
                "http.client",
                "auto.http.requests",
                $"GET https://{host}/v1/{table}/{random.Next()}",
                new()
                {
                    ["url"] = $"https://{host}/v1/{table}/{random.Next()}",
                    ["http.query"] = "expand=all",
                    ["http.method"] = "GET",
                    ["http.response.status_code"] = 200,
                }
            ),
            7 => (
                "cache.get",
                "auto.cache.django",
                $"{table}:{random.Next(90_000)}",
                new()
                {
                    ["cache.key"] = new JsonArray($"{table}:{random.Next(90_000)}"),
                    ["cache.hit"] = random.Next(2) == 0,
                    ["cache.item_size"] = random.Next(9_000),
                }
            ),
            8 => ("template.render", "auto.http.django", $"{table}/detail.html", new() { ["template.engine"] = "django" }),
            _ => ("middleware.django", "auto.http.django", "shop.middleware.Sessions.__call__", new()),
        };
    }

    static string Time(double seconds) =>
        DateTimeOffset.UnixEpoch.AddSeconds(seconds).ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);

    static string Hex(Random random, int bytes)
    {
        var room = new byte[bytes];
        random.NextBytes(room);
        return Convert.ToHexStringLower(room);
    }
}
