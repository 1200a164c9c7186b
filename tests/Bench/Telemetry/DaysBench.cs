using System.Diagnostics;
using System.Runtime.CompilerServices;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.Query;
using static Tocsin.Telemetry.Query.Expression;

namespace Bench.Telemetry;

/// <summary>What closing a day costs and what it gives: fourteen days of spans, asked open and closed.</summary>
static class DaysBench
{
    const int Days = 14;
    static readonly DateOnly First = new(2026, 11, 7);
    static readonly Field Duration = new("span.duration");

    public static async Task<int> RunAsync(long millions)
    {
        var rows = millions * 1_000_000;
        using var directory = new BenchDirectory();
        var filling = Stopwatch.GetTimestamp();
        ManySpans.Fill(directory.Path, First, Days, rows);
        Say($"{millions} M spans written by DuckDB in {Stopwatch.GetElapsedTime(filling).TotalSeconds:N0} s");
        var options = new DuckDbOptions(directory.Path) { Threads = 2, MemoryLimit = "512MB" };
        var questions = Questions(rows, TraceId(options, rows));
        await using (var open = await DuckDbStore.OpenAsync(options, CancellationToken.None))
        {
            Say($"open: {open.Days.Sum(day => day.Bytes) / (double)rows:N1} B/span");
            await AskAsync(open, questions);
        }
        await using var store = await DuckDbStore.OpenAsync(options, CancellationToken.None);
        await CloseAsync(store, rows);
        Say($"closed: {store.Days.Sum(day => day.Bytes) / (double)rows:N1} B/span");
        await AskAsync(store, questions);
        return 0;
    }

    static async Task CloseAsync(DuckDbStore store, long rows)
    {
        using var process = Process.GetCurrentProcess();
        var (peak, cpu, started) = (0L, process.TotalProcessorTime, Stopwatch.GetTimestamp());
        using var sampler = new Timer(
            _ => peak = Math.Max(peak, Environment.WorkingSet),
            null,
            TimeSpan.Zero,
            TimeSpan.FromMilliseconds(50)
        );
        foreach (var day in store.Days)
        {
            await store.CloseAsync(day.Day, CancellationToken.None);
        }
        process.Refresh();
        var elapsed = Stopwatch.GetElapsedTime(started).TotalSeconds;
        Say(
            $"close {Days} days: {elapsed:N0} s, {rows / elapsed:N0} rows/s, {(process.TotalProcessorTime - cpu).TotalMicroseconds / rows:N1} µs CPU/row, working set up to {peak / 1e6:N0} MB"
        );
    }

    static UInt128 TraceId(DuckDbOptions options, long rows)
    {
        using var engine = DuckDbEngine.Open(options);
        return (UInt128)engine.Row(ManySpans.TraceOf(rows / 2))[0]!;
    }

    static IReadOnlyList<(string Name, TelemetryQuery Query)> Questions(long rows, UInt128 trace)
    {
        var segments = new Filter.Compare(new Field("is_transaction"), Comparison.Equal, true);
        Field[] keys = [new("project.id"), new("transaction"), new("transaction.op")];
        var list = Spans(
            Days,
            segments,
            [
                .. keys.Select(key => new Selected(key.Name, key)),
                new("count", Count),
                new("failed", CountIf(new Filter.Compare(new Field("span.failed"), Comparison.Equal, true))),
                new("users", Distinct(new Field("user"))),
                .. new[] { 0.5, 0.75, 0.95, 0.99 }.Select(share => new Selected($"p{share}", new Quantile(Duration, share))),
            ]
        ) with
        {
            GroupBy = keys,
            OrderBy = [new(Count, true)],
            Limit = 10_000,
        };
        var one = new Filter.And([
            segments,
            new Filter.Compare(new Field("transaction"), Comparison.Equal, "GET /shop/section-8/"),
        ]);
        var hour = new Bucket(TimeSpan.FromHours(1));
        Field[] group = [new("span.op"), new("span.group")];
        var byTrace = Spans(
            Days,
            new Filter.Compare(new Field("trace"), Comparison.Equal, trace),
            [
                new("span", new Field("span_id")),
                new("description", new Field("span.description")),
                new("at", new Field("timestamp")),
            ]
        );
        var middle = Midnight(0) + rows / 2 / ManySpans.PerTrace * (Days * 86_400_000_000 / (rows / ManySpans.PerTrace));
        return
        [
            ("transactions of a project, 14 d", list),
            ("the same, 24 h", list with { Range = new(Midnight(6), Midnight(7)) }),
            ("transactions of all projects, 14 d", list with { Projects = [] }),
            (
                "transactions without users, 14 d",
                list with
                {
                    Select = [.. list.Select.Where(selected => selected.Name != "users")],
                }
            ),
            (
                "one transaction's p95 by the hour, 14 d",
                Spans(Days, one, [new("hour", hour), new("p95", new Quantile(Duration, 0.95)), new("count", Count)]) with
                {
                    GroupBy = [hour],
                    Limit = 10_000,
                }
            ),
            (
                "groups of database spans, 14 d",
                Spans(
                    Days,
                    new Filter.Compare(new Field("span.category"), Comparison.Equal, "db"),
                    [
                        .. group.Select(key => new Selected(key.Name, key)),
                        new("count", Count),
                        new("p95", new Quantile(Duration, 0.95)),
                    ]
                ) with
                {
                    GroupBy = group,
                    OrderBy = [new(Count, true)],
                    Limit = 50,
                }
            ),
            ("slowest 50 spans, 24 h", Slowest()),
            ("trace by id, ± 1 h", byTrace with { Projects = [], Range = new(middle - 3_600_000_000, middle + 3_600_000_000) }),
            ("trace by id, 14 d", byTrace with { Projects = [] }),
        ];
    }

    static TelemetryQuery Slowest() =>
        Spans(1, null, [new("span", new Field("span_id")), new("duration", Duration)]) with
        {
            OrderBy = [new(Duration, true)],
            Limit = 50,
        };

    static TelemetryQuery Spans(int days, Filter? where, IReadOnlyList<Selected> select) =>
        new()
        {
            Dataset = Dataset.Spans,
            Projects = [1],
            Range = new(Midnight(0), Midnight(days)),
            Where = where,
            Select = select,
            Limit = 1_000,
            Budget = TimeSpan.FromMinutes(2),
        };

    static async Task AskAsync(DuckDbStore store, IReadOnlyList<(string Name, TelemetryQuery Query)> questions)
    {
        Console.WriteLine("question                                   rows   first ms   median of 5 ms");
        foreach (var (name, query) in questions)
        {
            var times = new List<double>();
            var rows = 0;
            for (var round = 0; round < 6; round++)
            {
                var begun = Stopwatch.GetTimestamp();
                var result = await store.QueryAsync(query, CancellationToken.None);
                times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
                rows = result.Partial
                    ? throw new InvalidOperationException($"{name} was not answered in time.")
                    : result.Rows.Count;
            }
            Say($"{name, -40} {rows, 6} {times[0], 10:N1} {times.Skip(1).Order().ElementAt(2), 10:N1}");
        }
    }

    static long Midnight(int day) =>
        (new DateTimeOffset(First.AddDays(day), TimeOnly.MinValue, TimeSpan.Zero) - DateTimeOffset.UnixEpoch).Ticks
        / TimeSpan.TicksPerMicrosecond;

    static void Say(DefaultInterpolatedStringHandler line) => Console.WriteLine(line.ToStringAndClear());
}
