using System.Diagnostics;
using System.Globalization;
using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;

namespace Bench.Telemetry;

/// <summary>
/// What a row costs and how long questions take. Absolute figures are the machine's; the ratio to raw appends in the same run is ours.
/// Memory is the process's, rows of the generator included.
/// </summary>
static class TelemetryBench
{
    const int Batch = 2_000;
    const int Rows = 1_000_000;
    const int Days = 7;

    static readonly DateOnly FirstDay = new(2026, 11, 14);

    public static async Task<int> RunAsync()
    {
        await ApplyBesideRawAsync();
        await AskAsync();
        return 0;
    }

    static async Task ApplyBesideRawAsync()
    {
        Console.WriteLine($"apply, batches of {Batch} events, three rounds of each, interleaved");
        Console.WriteLine("what            rows/s   µs CPU/row   commit p50/p99/max ms");
        for (var round = 0; round < 3; round++)
        {
            var batches = Enumerable
                .Range(0, 50)
                .Select(number => new SyntheticEvents(number).Take(Batch, Midnight(FirstDay), 1_000))
                .ToList();
            using (var directory = new BenchDirectory())
            {
                await using var store = await DuckDbStore.OpenAsync(
                    new DuckDbOptions(directory.Path) { Threads = 2 },
                    CancellationToken.None
                );
                var position = 0;
                await MeasureAsync(
                    "ApplyAsync",
                    batches,
                    events =>
                        store.ApplyAsync(new TelemetryBatch(++position, FirstDay) { Events = events }, CancellationToken.None)
                );
            }
            using (var directory = new BenchDirectory())
            {
                using var raw = new RawAppends(Path.Combine(directory.Path, "raw.duckdb"));
                await MeasureAsync("raw appends", batches, events => Task.Run(() => raw.Append(events)));
            }
        }
    }

    static async Task MeasureAsync(
        string what,
        IReadOnlyList<IReadOnlyList<EventRow>> batches,
        Func<IReadOnlyList<EventRow>, Task> apply
    )
    {
        await apply(batches[0]);
        var commits = new List<double>();
        var rows = 0L;
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var started = Stopwatch.GetTimestamp();
        foreach (var batch in batches.Skip(1))
        {
            var begun = Stopwatch.GetTimestamp();
            await apply(batch);
            commits.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            rows += batch.Count;
        }
        var elapsed = Stopwatch.GetElapsedTime(started);
        process.Refresh();
        var perRow = (process.TotalProcessorTime - cpu).TotalMicroseconds / rows;
        commits.Sort();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what, -12} {rows / elapsed.TotalSeconds, 9:N0} {perRow, 12:N1}   {commits[commits.Count / 2]:N1} / {commits[commits.Count * 99 / 100]:N1} / {commits[^1]:N1}"
            )
        );
    }

    static async Task AskAsync()
    {
        using var directory = new BenchDirectory();
        await using (
            var filling = await DuckDbStore.OpenAsync(new DuckDbOptions(directory.Path) { Threads = 2 }, CancellationToken.None)
        )
        {
            await FillAsync(filling);
        }
        var opening = Stopwatch.GetTimestamp();
        await using var store = await DuckDbStore.OpenAsync(
            new DuckDbOptions(directory.Path) { Threads = 2 },
            CancellationToken.None
        );
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"\nopen {Days} days of {Rows:N0} events: {Stopwatch.GetElapsedTime(opening).TotalMilliseconds:N0} ms, {store.Days.Sum(day => day.Bytes) / (double)Rows:N0} B/row"
            )
        );
        Console.WriteLine("question                                   rows   first ms   median of 9 ms");
        foreach (var (name, query) in Questions.Of(Midnight(FirstDay), Midnight(FirstDay.AddDays(Days))))
        {
            await TimeAsync(store, name, query);
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"working set {Environment.WorkingSet / 1e6:N0} MB"));
    }

    static async Task FillAsync(TelemetryStore store)
    {
        const int PerDay = Rows / Days;
        var position = 0;
        for (var day = 0; day < Days; day++)
        {
            var date = FirstDay.AddDays(day);
            var step = 86_400_000_000L / PerDay;
            for (var done = 0; done < PerDay; done += Batch)
            {
                var events = new SyntheticEvents(++position).Take(
                    Math.Min(Batch, PerDay - done),
                    Midnight(date) + done * step,
                    step
                );
                await store.ApplyAsync(new TelemetryBatch(position, date) { Events = events }, CancellationToken.None);
            }
        }
    }

    static async Task TimeAsync(TelemetryStore store, string name, TelemetryQuery query)
    {
        var times = new List<double>();
        var rows = 0;
        for (var round = 0; round < 10; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            var result = await store.QueryAsync(query, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            rows = result.Partial ? throw new InvalidOperationException($"{name} was not answered in time.") : result.Rows.Count;
        }
        var first = times[0];
        times.RemoveAt(0);
        times.Sort();
        Console.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{name, -40} {rows, 6} {first, 10:N1} {times[times.Count / 2], 10:N1}")
        );
    }

    static long Midnight(DateOnly day) =>
        (new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) - DateTimeOffset.UnixEpoch).Ticks
        / TimeSpan.TicksPerMicrosecond;
}
