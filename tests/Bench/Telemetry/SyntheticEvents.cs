using System.Globalization;
using Tocsin.Telemetry.Rows;

namespace Bench.Telemetry;

/// <summary>
/// Events as a mid-sized installation sees them: 24 projects of which one has 40 %, 5000 issues whose sizes fall off logarithmically, ten tags.
/// The same seed gives the same rows.
/// </summary>
sealed class SyntheticEvents(int seed)
{
    const int Issues = 5_000;

    readonly Random random = new(seed);

    public IReadOnlyList<EventRow> Take(int count, long from, long step) =>
        [.. Enumerable.Range(0, count).Select(number => Next(from + number * step))];

    EventRow Next(long time)
    {
        var issue = (long)Math.Pow(Issues, random.NextDouble());
        var project = random.Next(10) < 4 ? 1 : random.Next(2, 25);
        var release = $"shop@1.{random.Next(12)}.0";
        var user = random.Next(20_000);
        return new()
        {
            ProjectId = project,
            EventId = new((ulong)random.NextInt64(), (ulong)random.NextInt64()),
            IssueId = project * 10_000 + issue,
            Timestamp = time,
            Received = time + 300_000,
            Type = "error",
            Level = random.Next(20) == 0 ? "fatal" : "error",
            Platform = "python",
            Environment = random.Next(4) == 0 ? "staging" : "production",
            Release = release,
            Transaction = $"/api/orders/{issue % 200}",
            Title = $"ValueError: cannot convert field {issue} of the order",
            Culprit = $"shop.orders in convert_{issue % 300}",
            Message = $"cannot convert field {issue} of the order",
            ErrorType = "ValueError",
            ErrorValue = $"cannot convert field {issue} of the order",
            Handled = random.Next(3) == 0,
            ServerName = $"web-{random.Next(20)}",
            Url = $"https://shop.example/orders/{random.Next(5_000)}",
            User = string.Create(CultureInfo.InvariantCulture, $"id:{user}"),
            UserId = user.ToString(CultureInfo.InvariantCulture),
            SdkName = "sentry.python",
            SdkVersion = "2.19.0",
            TraceId = new((ulong)random.NextInt64(), (ulong)random.NextInt64()),
            SpanId = random.NextInt64(),
            Tags =
                $$"""{"browser":"Chrome {{random.Next(120, 131)}}","browser.name":"Chrome","os":"Linux","os.name":"Linux","runtime":"CPython 3.12.{{random.Next(8)}}","customer":"c{{random.Next(2_000)}}","region":"eu-{{random.Next(5)}}","plan":"p{{random.Next(4)}}","shard":"{{random.Next(16)}}","build":"{{random.Next(300)}}"}""",
            Segment = 1,
            Offset = time & 0xFFFFFF,
            Length = 3_000,
        };
    }
}
