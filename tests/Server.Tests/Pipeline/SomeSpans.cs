using Tocsin.Telemetry.Rows;

namespace Server.Tests.Pipeline;

/// <summary>Span rows of one item with every column in use somewhere; the same seed gives the same rows.</summary>
static class SomeSpans
{
    public static IReadOnlyList<SpanRow> Of(int count, int seed)
    {
        var random = new Random(seed);
        var trace = new UInt128((ulong)random.NextInt64(), (ulong)random.NextInt64());
        var ids = Enumerable.Range(0, count).Select(_ => random.NextInt64(long.MinValue, long.MaxValue)).ToArray();
        return
        [
            .. Enumerable
                .Range(0, count)
                .Select(i => new SpanRow
                {
                    ProjectId = 42,
                    TraceId = random.Next(8) == 0 ? trace + 1 : trace,
                    SpanId = ids[i],
                    ParentSpanId =
                        i == 0 ? null
                        : random.Next(10) == 0 ? random.NextInt64()
                        : ids[random.Next(i)],
                    SegmentId = ids[0],
                    IsSegment = i == 0,
                    Timestamp = 1_795_262_400_000_000 + random.Next(-1_000_000, 1_000_000),
                    Received = 1_795_262_401_000_000,
                    Duration = random.Next(0, 5_000_000),
                    SelfTime = random.Next(0, 5_000_000),
                    Op = Any(random, "db", "default", "http.client") ?? "default",
                    Description = Any(random, "SELECT 1", "", "GET /ü/€/😀"),
                    GroupName = Any(random, "SELECT %s"),
                    Group = random.NextInt64(long.MinValue, long.MaxValue),
                    Category = Any(random, "db", "http"),
                    Domain = Any(random, "users"),
                    Action = Any(random, "SELECT"),
                    Status = Any(random, "ok", "internal_error") ?? "unknown",
                    Failed = random.Next(2) == 0,
                    Kind = Any(random, "client"),
                    Origin = Any(random, "auto.db.pg"),
                    Transaction = Any(random, "GET /cart"),
                    TransactionOp = Any(random, "http.server"),
                    Service = Any(random, "cart"),
                    Platform = Any(random, "node", "python") ?? "other",
                    Environment = Any(random, "production"),
                    Release = Any(random, "shop@1.0"),
                    Dist = Any(random, "7"),
                    ServerName = Any(random, "web-1"),
                    SdkName = Any(random, "sentry.javascript.node"),
                    SdkVersion = Any(random, "10.1.0"),
                    User = Any(random, "id:7"),
                    Browser = Any(random, "Chrome"),
                    BrowserVersion = Any(random, "131.0"),
                    Os = Any(random, "Linux"),
                    Device = Any(random, "desktop"),
                    Connection = Any(random, "4g"),
                    Country = Any(random, "AT"),
                    HttpMethod = Any(random, "GET"),
                    HttpStatus = random.Next(2) == 0 ? null : random.Next(0, 600),
                    Url = Any(random, "https://shop.example.com/cart"),
                    EventId = random.Next(3) == 0 ? trace + 7 : null,
                    ProfileId = random.Next(3) == 0 ? trace + 8 : null,
                    ReplayId = random.Next(3) == 0 ? UInt128.MaxValue : null,
                    Lcp = Maybe(random),
                    Fcp = Maybe(random),
                    Cls = Maybe(random),
                    Inp = Maybe(random),
                    Ttfb = Maybe(random),
                    Fid = Maybe(random),
                    Weight = random.Next(2) == 0 ? 1 : 1 / 0.3,
                    ClientSampleRate = Maybe(random),
                    Measurements = random.Next(2) == 0 ? "{}" : """{"lcp":{"value":1.5,"unit":"millisecond"}}""",
                    Attributes = random.Next(2) == 0 ? "{}" : $$"""{"row":{{i}}}""",
                    Links = random.Next(4) == 0 ? "[]" : null,
                }),
        ];
    }

    static string? Any(Random random, params string[] values) =>
        random.Next(values.Length + 1) is var at && at == values.Length ? null : values[at];

    static double? Maybe(Random random) => random.Next(2) == 0 ? null : random.NextDouble() * 1000;
}
