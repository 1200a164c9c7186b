using System.Globalization;
using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;

namespace Telemetry.Tests.Child;

/// <summary>What child processes do.</summary>
static class Chores
{
    public const int RowsPerBatch = 200;

    public static DuckDbOptions Options(string directory) =>
        new(directory)
        {
            Threads = 2,
            MemoryLimit = "256MB",
            CheckpointBytes = 200_000,
        };

    /// <summary>What a process prints that applies no more and waits for its end.</summary>
    public const string Rests = "rests";

    /// <summary>Prints each position after its batch was acknowledged, until it is killed.</summary>
    public static async Task<int> ApplyForeverAsync(string directory)
    {
        await using var store = await DuckDbStore.OpenAsync(Options(directory), CancellationToken.None);
        Say(store.Applied.ToString(CultureInfo.InvariantCulture));
        while (true)
        {
            await ApplyOneAsync(store);
        }
    }

    /// <summary>
    /// Applies so many batches with checkpoints between them, and then more without, until the log has so many bytes; then rests until it is
    /// killed.
    /// </summary>
    public static async Task<int> ApplyAndRestAsync(string directory, long batches, long log)
    {
        await using (var store = await DuckDbStore.OpenAsync(Options(directory), CancellationToken.None))
        {
            while (store.Applied < batches)
            {
                await ApplyOneAsync(store);
            }
        }
        await using var last = await DuckDbStore.OpenAsync(
            Options(directory) with
            {
                CheckpointBytes = long.MaxValue / 8,
            },
            CancellationToken.None
        );
        while (Directory.EnumerateFiles(directory, "*.wal").Sum(file => new FileInfo(file).Length) < log)
        {
            await ApplyOneAsync(last);
        }
        Say(Rests);
        await Task.Delay(Timeout.Infinite);
        return 0;
    }

    static async Task ApplyOneAsync(DuckDbStore store)
    {
        var position = store.Applied + 1;
        await store.ApplyAsync(BatchAt(position), CancellationToken.None);
        Say(position.ToString(CultureInfo.InvariantCulture));
    }

    static TelemetryBatch BatchAt(long position) =>
        Some.Batch(position, Some.Events(RowsPerBatch, (UInt128)position * RowsPerBatch));

    /// <summary>All that was applied up to a position.</summary>
    public static IAsyncEnumerable<TelemetryBatch> BatchesUpTo(long position) =>
        Enumerable.Range(1, (int)position).Select(at => BatchAt(at)).ToAsyncEnumerable();

    /// <summary>
    /// Applies to one day and closes it, again and again, until it is killed. Prints each position after its batch was acknowledged, and when a
    /// closing begins and ends.
    /// </summary>
    public static async Task<int> CloseForeverAsync(string directory)
    {
        await using var store = await DuckDbStore.OpenAsync(
            Options(directory) with
            {
                CompactionRows = RowsPerBatch,
            },
            CancellationToken.None
        );
        while (true)
        {
            await ApplyOneAsync(store);
            Say(Closes);
            await store.CloseAsync(Some.Day, CancellationToken.None);
            Say(Closed);
        }
    }

    /// <summary>The same with a day that is built anew.</summary>
    public static async Task<int> RebuildForeverAsync(string directory)
    {
        await using var store = await DuckDbStore.OpenAsync(Options(directory), CancellationToken.None);
        while (true)
        {
            await ApplyOneAsync(store);
            Say(Rebuilds);
            await store.RebuildAsync(Some.Day, BatchesUpTo(store.Applied), CancellationToken.None);
            Say(Rebuilt);
        }
    }

    public const string Rebuilds = "rebuilds";
    public const string Rebuilt = "rebuilt";

    /// <summary>Runs of transactions are summed up soon.</summary>
    public static DuckDbOptions SummingOptions(string directory) =>
        Options(directory) with
        {
            RunsWorthSumming = RowsPerBatch,
            HoursWorthRolling = 50,
            SpansSummedAtOnce = RowsPerBatch,
        };

    /// <summary>
    /// Applies runs of transactions, which are summed up beside it, until it is killed. Prints each position after its batch was acknowledged. After
    /// some it closes the store, which waits for the sums, however little of the processor they get.
    /// </summary>
    public static async Task<int> SumForeverAsync(string directory)
    {
        while (true)
        {
            await using var store = await DuckDbStore.OpenAsync(SummingOptions(directory), CancellationToken.None);
            for (var batch = 0; batch < BatchesBetweenSums; batch++)
            {
                var position = store.Applied + 1;
                await store.ApplyAsync(new(position, Some.Day) { Spans = RunsAt(position) }, CancellationToken.None);
                Say(position.ToString(CultureInfo.InvariantCulture));
            }
        }
    }

    const int BatchesBetweenSums = 3;

    /// <summary>Of five transactions, in twelve hours.</summary>
    static IReadOnlyList<SpanRow> RunsAt(long position) =>
        [
            .. Enumerable
                .Range(0, RowsPerBatch)
                .Select(at => position * RowsPerBatch + at)
                .Select(id =>
                {
                    var span = Some.Span(id);
                    return span with
                    {
                        IsSegment = true,
                        Transaction = $"/{id % 5}",
                        Timestamp = span.Timestamp + (id % 12 * 3_600_000_000),
                    };
                }),
        ];

    public const string Closes = "closes";
    public const string Closed = "closed";

    /// <summary>Applies until it is killed, as <see cref="ApplyForeverAsync"/>, but tries a refused batch again and prints the refusal.</summary>
    public static async Task<int> ApplyStubbornlyAsync(string directory)
    {
        await using var store = await DuckDbStore.OpenAsync(Options(directory), CancellationToken.None);
        while (true)
        {
            var position = store.Applied + 1;
            try
            {
                await store.ApplyAsync(BatchAt(position), CancellationToken.None);
                var count = await store.QueryAsync(Some.Count(), CancellationToken.None);
                Say($"{position} {count.Rows[0][0]} {count.Partial}");
            }
            catch (TelemetryStoreException refused)
            {
                Say($"refused {refused.Message}");
                await Task.Delay(50);
            }
        }
    }

    /// <summary>Opens whatever lies there, reads every column, writes, reads again and closes. Exit code 0: nothing of it failed.</summary>
    public static async Task<int> SurviveAsync(string directory)
    {
        await using (var store = await DuckDbStore.OpenAsync(Options(directory), CancellationToken.None))
        {
            Say($"applied {store.Applied}");
            var all = await store.QueryAsync(
                Some.Query([.. FieldTable.Events.Fields.Select(field => field.Name)]) with
                {
                    Limit = 100_000,
                },
                CancellationToken.None
            );
            Say($"rows {all.Rows.Count} partial {all.Partial}");
            await store.ApplyAsync(Some.Batch(1_000_000, Some.Events(RowsPerBatch)), CancellationToken.None);
            var count = await store.QueryAsync(Some.Count(), CancellationToken.None);
            Say($"count {count.Rows[0][0]} partial {count.Partial}");
            foreach (var day in store.Days)
            {
                Say($"{day.Day:o}: {day.Damage ?? "whole"}");
            }
        }
        Say("closed");
        return 0;
    }

    static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
