using System.Diagnostics;
using System.Runtime.CompilerServices;
using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;

namespace Bench.Telemetry;

/// <summary>What commits of today's batches take while yesterday is being closed, beside the same without it, round by round.</summary>
static class ClosingBench
{
    const int Rounds = 5;
    const int Batch = 500;
    const long Spans = 3_000_000;
    static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Alone = TimeSpan.FromSeconds(8);
    static readonly DateOnly First = new(2026, 11, 10);

    public static async Task<int> RunAsync()
    {
        using var directory = new BenchDirectory();
        ManySpans.Fill(directory.Path, First, Rounds, Spans);
        await using var store = await DuckDbStore.OpenAsync(
            new DuckDbOptions(directory.Path) { Threads = 2 },
            CancellationToken.None
        );
        var (alone, beside) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            await CommitAsync(store, alone, Task.Delay(Alone));
            await CommitAsync(store, beside, store.CloseAsync(First.AddDays(round), CancellationToken.None));
        }
        Report("alone", alone);
        Report("while a day is closed", beside);
        Say($"p99 ratio {At(beside, 0.99) / At(alone, 0.99):N2}");
        return 0;
    }

    static async Task CommitAsync(DuckDbStore store, List<double> times, Task until)
    {
        var today = First.AddDays(Rounds + 1);
        while (!until.IsCompleted)
        {
            var position = store.Applied + 1;
            var events = new SyntheticEvents((int)position).Take(Batch, 1_795_000_000_000_000 + position * 1_000_000, 1_000);
            var begun = Stopwatch.GetTimestamp();
            await store.ApplyAsync(new TelemetryBatch(position, today) { Events = events }, CancellationToken.None);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            await Task.Delay(Pace);
        }
        await until;
    }

    static void Report(string what, List<double> times) =>
        Say(
            $"{what, -24} {times.Count, 6} commits of {Batch} events: p50 {At(times, 0.5):N1} ms, p99 {At(times, 0.99):N1} ms, max {times.Max():N1} ms"
        );

    static double At(List<double> times, double share) => times.Order().ElementAt((int)(times.Count * share));

    static void Say(DefaultInterpolatedStringHandler line) => Console.WriteLine(line.ToStringAndClear());
}
