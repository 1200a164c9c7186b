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
    const int Rounds = 9;

    static readonly DateOnly FirstDay = new(2026, 11, 7);

    public static async Task<int> RunAsync(long rows)
    {
        await AppendBesideRawAsync();
        using var directory = new BenchDirectory();
        var trace = await FillAsync(directory.Path, rows);
        var questions = SpanQuestions.Of(Microseconds(FirstDay.AddDays(Days)), trace).ToList();
        await AskBesideHandAsync(directory.Path, questions);
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
    static async Task<UInt128> FillAsync(string directory, long rows)
    {
        await using var store = await OpenAsync(directory);
        var perDay = (int)(rows / Days);
        var step = 86_400_000_000L / perDay;
        var position = 0;
        UInt128 trace = 0;
        for (var day = 0; day < Days; day++)
        {
            var date = FirstDay.AddDays(day);
            var spans = new SyntheticSpans(day);
            for (var done = 0; done < perDay; done += Batch)
            {
                var batch = spans.Take(Math.Min(Batch, perDay - done), Microseconds(date) + done * step, step);
                trace = day == 5 && done < perDay / 2 ? batch[^1].TraceId : trace;
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
        return trace;
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
        Console.WriteLine("question                                 rows   first ms  median ms  by hand ms   ratio");
        foreach (var question in questions)
        {
            var rows = 0;
            List<double> asked = [];
            List<double> byHand = [];
            for (var round = 0; round <= Rounds; round++)
            {
                asked.Add(
                    await TimeAsync(async () =>
                    {
                        var result = await store.QueryAsync(question.Query, CancellationToken.None);
                        rows = result.Partial
                            ? throw new InvalidOperationException($"{question.Name}: partial")
                            : result.Rows.Count;
                    })
                );
                byHand.Add(await TimeAsync(() => Task.Run(() => hand.Ask(question))));
            }
            var (ours, theirs) = (Median(asked.Skip(1)), Median(byHand.Skip(1)));
            Print($"{question.Name, -39} {rows, 5} {asked[0], 10:N1} {ours, 10:N1} {theirs, 11:N1} {ours / theirs, 7:N2}");
        }
    }

    static async Task<double> TimeAsync(Func<Task> ask)
    {
        var begun = Stopwatch.GetTimestamp();
        await ask();
        return Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
    }

    static double Median(IEnumerable<double> times) => times.Order().ElementAt(Rounds / 2);

    static async Task<DuckDbStore> OpenAsync(string directory) =>
        await DuckDbStore.OpenAsync(new DuckDbOptions(directory) { Threads = 2 }, CancellationToken.None);

    static long Microseconds(DateOnly day) =>
        (new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero) - DateTimeOffset.UnixEpoch).Ticks
        / TimeSpan.TicksPerMicrosecond;

    static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
