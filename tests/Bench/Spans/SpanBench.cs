using System.Diagnostics;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.DuckDb.Native;

namespace Bench.Spans;

/// <summary>
/// What spans cost to keep and how long the questions of tracing take, beside raw DuckDB over the same files: appends without anything else, and SQL
/// written by hand. Thirteen of the fourteen days are closed, the last is as it was written.
/// </summary>
static class SpanBench
{
    const int Batch = 5_000;
    const int Days = 14;
    const int Rounds = 41;

    /// <summary>The runtime compiles what it runs often three times, the last time after some hundreds of questions.</summary>
    const int WarmUp = 200;

    static readonly DateOnly FirstDay = new(2026, 11, 7);

    /// <param name="kept">Where the store is made, or was by an earlier run with the same number, and stays; null: nowhere.</param>
    public static async Task<int> RunAsync(long rows, string? kept = null)
    {
        using var temporary = new BenchDirectory();
        var directory = kept ?? temporary.Path;
        if (DayFile.In(Directory.CreateDirectory(directory).FullName).ToList().Count == 0)
        {
            await AppendBesideRawAsync();
            await FillAsync(directory, rows);
        }
        var questions = SpanQuestions.Of(Microseconds(FirstDay.AddDays(Days)), Trace(directory)).ToList();
        await AskBesideHandAsync(directory, questions);
        Print($"working set {Environment.WorkingSet / 1e6:N0} MB");
        return 0;
    }

    static async Task AppendBesideRawAsync()
    {
        Print($"append, batches of {Batch} spans, three rounds of each, interleaved");
        for (var round = 0; round < 3; round++)
        {
            var batches = Enumerable
                .Range(0, 40)
                .Select(number => new SyntheticSpans(number).Take(Batch, Microseconds(FirstDay), 1_000))
                .ToList();
            using (var directory = new BenchDirectory())
            {
                await using var store = await OpenAsync(directory.Path);
                var position = 0;
                await MeasureAsync(
                    "ApplyAsync",
                    batches.Count * Batch,
                    async () =>
                    {
                        foreach (var batch in batches)
                        {
                            await store.ApplyAsync(new(++position, FirstDay) { Spans = batch }, CancellationToken.None);
                        }
                    }
                );
            }
            using (var directory = new BenchDirectory())
            {
                var path = Path.Combine(directory.Path, "raw.duckdb");
                using var database = Database.Open(path, ("threads", "2"), ("memory_limit", "512MB"));
                using var connection = database.Connect();
                connection.Execute(Tables.Spans.Create("raw"));
                await MeasureAsync(
                    "raw appends",
                    batches.Count * Batch,
                    () =>
                        Task.Run(() =>
                        {
                            foreach (var batch in batches)
                            {
                                connection.Transact(() => Tables.Spans.Append(connection, "raw", batch, position: 0));
                            }
                        })
                );
            }
        }
    }

    static async Task MeasureAsync(string what, int rows, Func<Task> work)
    {
        using var process = Process.GetCurrentProcess();
        var cpu = process.TotalProcessorTime;
        var begun = Stopwatch.GetTimestamp();
        await work();
        var elapsed = Stopwatch.GetElapsedTime(begun);
        process.Refresh();
        Print(
            $"{what, -12} {rows / elapsed.TotalSeconds, 9:N0} spans/s {(process.TotalProcessorTime - cpu).TotalMicroseconds / rows, 6:N1} µs CPU/span"
        );
    }

    /// <summary>A trace of the sixth day.</summary>
    static UInt128 Trace(string directory)
    {
        using var engine = DuckDbEngine.Open(new(directory) { Threads = 1 });
        var day = DayFile.In(directory).ElementAt(5);
        engine.AttachReadOnly(day.FilePath, day.Catalog);
        return (UInt128)engine.Row($"SELECT min(trace_id) FROM {day.Catalog}.{Tables.Segments.Name}")[0]!;
    }

    static async Task FillAsync(string directory, long rows)
    {
        await using var store = await OpenAsync(directory);
        var perDay = (int)(rows / Days);
        var step = 86_400_000_000L / perDay;
        var position = 0;
        for (var day = 0; day < Days; day++)
        {
            var date = FirstDay.AddDays(day);
            var spans = new SyntheticSpans(day);
            for (var done = 0; done < perDay; done += Batch)
            {
                var batch = spans.Take(Math.Min(Batch, perDay - done), Microseconds(date) + done * step, step);
                await store.ApplyAsync(new(++position, date) { Spans = batch }, CancellationToken.None);
            }
        }
        Print($"filled with {rows:N0} spans: {store.Days.Sum(day => day.Bytes) / (double)rows:N0} B/span as written");
        var begun = Stopwatch.GetTimestamp();
        for (var day = 0; day < Days - 1; day++)
        {
            await store.CloseAsync(FirstDay.AddDays(day), CancellationToken.None);
        }
        Print(
            $"{Days - 1} days closed in {Stopwatch.GetElapsedTime(begun).TotalSeconds:N0} s: {store.Days.Sum(day => day.Bytes) / (double)rows:N0} B/span"
        );
    }

    /// <summary>In turns, so that both meet the same load; by hand over a copy of the files, which only one instance may open.</summary>
    static async Task AskBesideHandAsync(string directory, IReadOnlyList<SpanQuestion> questions)
    {
        using var copy = new BenchDirectory();
        foreach (var file in Directory.EnumerateFiles(directory))
        {
            File.Copy(file, Path.Combine(copy.Path, Path.GetFileName(file)));
        }
        var opening = Stopwatch.GetTimestamp();
        await using var store = await OpenAsync(directory);
        Print($"{Days} days opened in {Stopwatch.GetElapsedTime(opening).TotalMilliseconds:N0} ms");
        using var hand = new ByHand(copy.Path);
        Console.WriteLine(
            "question                                 rows   first ms  median ms  by hand ms   ratio     CPU ms  by hand ms   ratio"
        );
        foreach (var question in questions)
        {
            var rows = 0;
            List<Cost> asked = [];
            List<Cost> byHand = [];
            for (var round = 0; round < WarmUp + Rounds; round++)
            {
                asked.Add(
                    await CostAsync(async () =>
                    {
                        var result = await store.QueryAsync(question.Query, CancellationToken.None);
                        rows = result.Partial
                            ? throw new InvalidOperationException($"{question.Name}: partial")
                            : result.Rows.Count;
                    })
                );
                byHand.Add(await CostAsync(() => Task.Run(() => hand.Ask(question))));
            }
            var (ours, theirs) = (Median(asked), Median(byHand));
            Print(
                $"{question.Name, -39} {rows, 5} {asked[0].Time, 10:N1} {ours.Time, 10:N1} {theirs.Time, 11:N1} {ours.Time / theirs.Time, 7:N2} {ours.Cpu, 10:N1} {theirs.Cpu, 11:N1} {ours.Cpu / theirs.Cpu, 7:N2}"
            );
        }
    }

    static async Task<Cost> CostAsync(Func<Task> ask)
    {
        var (begun, cpu) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        await ask();
        return new(Stopwatch.GetElapsedTime(begun).TotalMilliseconds, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
    }

    /// <summary>Of the rounds in which both are warm.</summary>
    static Cost Median(IEnumerable<Cost> costs)
    {
        var later = costs.Skip(WarmUp).ToList();
        return new(
            later.Select(cost => cost.Time).Order().ElementAt(Rounds / 2),
            later.Select(cost => cost.Cpu).Order().ElementAt(Rounds / 2)
        );
    }

    /// <summary>Milliseconds by the clock and of the processors.</summary>
    readonly record struct Cost(double Time, double Cpu);

    static async Task<DuckDbStore> OpenAsync(string directory) =>
        await DuckDbStore.OpenAsync(new DuckDbOptions(directory) { Threads = 2 }, CancellationToken.None);

    static long Microseconds(DateOnly day) =>
        (new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) - DateTimeOffset.UnixEpoch).Ticks
        / TimeSpan.TicksPerMicrosecond;

    static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
