using Tocsin.Telemetry.Rows;

namespace Bench.Spans;

/// <summary>
/// Spans as a mid-sized installation sends them: 24 projects of which one has 40 %, each trace passing one to three of them, 4 to 14 spans per
/// service, the parts of traces mixed as they arrive, random ids, 240 transactions whose sizes fall off, literals in every description.
/// The same seed gives the same rows.
/// </summary>
sealed class SyntheticSpans(int seed)
{
    const int Waiting = 60;

    static readonly (string Op, string Category, string Text)[] Kinds =
    [
        (
            "db.sql.query",
            "db",
            "SELECT * FROM orders WHERE customer_id = {0} AND state IN ('open', 'paid') ORDER BY created LIMIT 50"
        ),
        ("db.sql.query", "db", "UPDATE carts SET total = {0} WHERE id = {0}"),
        ("db.redis", "db", "GET session:{0}"),
        ("http.client", "http", "GET https://stock.example/v1/items/{0}"),
        ("cache.get", "cache", "cart:{0}"),
        ("template.render", "template", "orders/detail.html"),
        ("function", "function", "shop.pricing.discounts"),
        ("middleware.handle", "middleware", "AuthMiddleware"),
    ];

    readonly Random random = new(seed);
    readonly List<IReadOnlyList<SpanRow>> parts = [];

    /// <summary>Spans that begin from <paramref name="from"/> on, one per <paramref name="step"/> microseconds.</summary>
    public IReadOnlyList<SpanRow> Take(int count, long from, long step)
    {
        var spans = new List<SpanRow>(count);
        while (spans.Count < count)
        {
            while (parts.Count < Waiting)
            {
                parts.AddRange(Trace(from + spans.Count * step));
            }
            var at = random.Next(parts.Count);
            spans.AddRange(parts[at].Take(count - spans.Count));
            parts.RemoveAt(at);
        }
        return spans;
    }

    IEnumerable<IReadOnlyList<SpanRow>> Trace(long time)
    {
        var trace = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64());
        var user = $"id:{(int)Math.Pow(20_000, random.NextDouble())}";
        long? parent = null;
        for (var service = random.Next(1, 4); service > 0; service--)
        {
            var part = Part(trace, parent, user, time + random.Next(200_000));
            parent = part[^1].SpanId;
            yield return part;
        }
    }

    List<SpanRow> Part(UInt128 trace, long? parent, string user, long time)
    {
        var project = random.Next(10) < 4 ? 1 : random.Next(2, 25);
        var number = (int)Math.Pow(240, random.NextDouble());
        var duration = (long)(Math.Exp(random.NextDouble() * 3.5) * (1_000 + number * 400));
        var failed = random.Next(40) == 0;
        var root = new SpanRow
        {
            ProjectId = project,
            TraceId = trace,
            SpanId = random.NextInt64(),
            ParentSpanId = parent,
            IsSegment = true,
            Timestamp = time,
            Received = time + duration + 300_000,
            Duration = duration,
            SelfTime = duration / 5,
            Op = "http.server",
            Description = $"GET /api/shop/{number}",
            GroupName = $"GET /api/shop/{number}",
            Group = number,
            Category = "http",
            Status = failed ? "internal_error" : "ok",
            Failed = failed,
            Kind = "server",
            Origin = "auto.http",
            Transaction = $"GET /api/shop/{number}",
            TransactionOp = "http.server",
            Platform = "node",
            Environment = random.Next(4) == 0 ? "staging" : "production",
            Release = $"shop@1.{time / 86_400_000_000 % 30}.{project}",
            ServerName = $"web-{random.Next(20)}",
            SdkName = "sentry.javascript.node",
            SdkVersion = "10.12.0",
            User = user,
            HttpMethod = "GET",
            HttpStatus = failed ? 500 : 200,
            Url = $"https://shop.example/api/shop/{number}?page={random.Next(50)}",
            EventId = new((ulong)random.NextInt64(), (ulong)random.NextInt64()),
            ClientSampleRate = 0.25,
            Attributes =
                $$"""{"sentry.source":"route","thread.id":"{{random.Next(8)}}","customer":"c{{random.Next(2_000)}}","http.request.body.size":{{random.Next(9_000)}}}""",
            Segment = 1,
            Offset = time & 0xFFFFFF,
            Length = 2_500,
        };
        root = root with { SegmentId = root.SpanId };
        return [root, .. Enumerable.Range(0, random.Next(3, 14)).Select(_ => Child(root))];
    }

    SpanRow Child(SpanRow root)
    {
        var kind = Kinds[random.Next(Kinds.Length)];
        var duration = (long)(root.Duration * random.NextDouble() * 0.3);
        return root with
        {
            SpanId = random.NextInt64(),
            ParentSpanId = root.SpanId,
            IsSegment = false,
            Timestamp = root.Timestamp + random.Next((int)Math.Min(root.Duration, int.MaxValue) + 1),
            Duration = duration,
            SelfTime = duration,
            Op = kind.Op,
            Category = kind.Category,
            Description = string.Format(null, kind.Text, random.Next(100_000)),
            GroupName = kind.Text,
            Group = kind.Text.Length,
            Domain = "orders",
            Action = "SELECT",
            Status = "ok",
            Failed = false,
            Kind = "client",
            Origin = "auto.db",
            EventId = null,
            HttpMethod = null,
            HttpStatus = null,
            Url = null,
            Attributes = $$"""{"db.system":"postgresql","thread.id":"{{random.Next(8)}}","server.port":5432}""",
            Length = 0,
        };
    }
}
