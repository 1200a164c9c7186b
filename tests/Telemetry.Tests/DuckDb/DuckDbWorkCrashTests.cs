using System.Globalization;
using Telemetry.Tests.Child;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Query;

namespace Telemetry.Tests.DuckDb;

/// <summary>Kills in the middle of what is done with a day beside its batches.</summary>
public sealed class DuckDbWorkCrashTests
{
    const int Kills = 8;

    static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_day_whose_closing_was_killed_is_whole_and_is_closed_later()
    {
        using var directory = new TemporaryDirectory();
        var random = new Random(11);
        var acknowledged = 0L;
        for (var kill = 0; kill < Kills; kill++)
        {
            acknowledged = await WorkAndKillAsync("close", Chores.Closes, directory, random);

            await using var store = await DuckDbStore.OpenAsync(Chores.Options(directory.Path), Cancellation);
            store.Applied.ShouldBeInRange(
                acknowledged,
                acknowledged + 1,
                "the last batch may be committed and not yet acknowledged"
            );
            var day = store.Days.ShouldHaveSingleItem();
            day.Damage.ShouldBeNull();
            (await store.QueryAsync(Some.Count(), Cancellation)).Rows.Single()[0].ShouldBe(store.Applied * Chores.RowsPerBatch);
            Directory.EnumerateFiles(directory.Path, "*.compact*").ShouldBeEmpty();
        }
        await using var last = await DuckDbStore.OpenAsync(Chores.Options(directory.Path), Cancellation);
        (await last.CloseAsync(Some.Day, Cancellation)).ShouldBeTrue();
        (await last.QueryAsync(Some.Count(), Cancellation)).Rows.Single()[0].ShouldBe(last.Applied * Chores.RowsPerBatch);
    }

    [Fact]
    public async Task A_day_whose_rebuild_was_killed_is_whole_or_says_that_it_is_not()
    {
        using var directory = new TemporaryDirectory();
        var random = new Random(12);
        for (var kill = 0; kill < Kills; kill++)
        {
            var acknowledged = await WorkAndKillAsync("rebuild", Chores.Rebuilds, directory, random);

            await using var store = await DuckDbStore.OpenAsync(Chores.Options(directory.Path), Cancellation);
            if (store.Days.ShouldHaveSingleItem().Damage is { } damage)
            {
                damage.ShouldBe("its replacement was interrupted");
                await store.RebuildAsync(Some.Day, Chores.BatchesUpTo(acknowledged), Cancellation);
            }
            store.Days.Single().Damage.ShouldBeNull();
            store.Applied.ShouldBeInRange(acknowledged, acknowledged + 1);
            (await store.QueryAsync(Some.Count(), Cancellation)).Rows.Single()[0].ShouldBe(store.Applied * Chores.RowsPerBatch);
            Directory.EnumerateFiles(directory.Path, "*.rebuild*").ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task A_day_whose_summing_up_was_killed_answers_by_its_sums_as_by_its_rows()
    {
        using var directory = new TemporaryDirectory();
        var random = new Random(13);
        for (var kill = 0; kill < Kills; kill++)
        {
            var acknowledged = await WorkAndKillAsync("sum", sign: null, directory, random);

            await using var store = await DuckDbStore.OpenAsync(Chores.SummingOptions(directory.Path), Cancellation);
            store.Applied.ShouldBeInRange(acknowledged, acknowledged + 1);
            var each = store.Applied * Chores.RowsPerBatch / 5;
            (await CountsAsync(store, "transaction")).ShouldBe([each, each, each, each, each]);
            (await CountsAsync(store, "span_id")).Sum().ShouldBe(5 * each);
        }
        using var file = Database.Open(directory.DayFile(Some.Day));
        using var connection = file.Connect();
        connection
            .Scalar($"SELECT count(*) FROM {Sums.Runs.Tables.TableOf(SumStep.Hour)}")
            .ShouldBeOfType<long>()
            .ShouldBePositive();

        // By the transaction sums answer, by the span's id only rows can.
        static async Task<IEnumerable<long>> CountsAsync(DuckDbStore store, string key)
        {
            var by = new Expression.Field(key);
            var result = await store.QueryAsync(
                new()
                {
                    Dataset = Dataset.Spans,
                    Range = TimeRange.All,
                    Where = new Filter.Compare(new Expression.Field("is_transaction"), Comparison.Equal, true),
                    Select = [new("key", by), new("count", Expression.Count)],
                    GroupBy = [by],
                    Limit = 100_000,
                },
                Cancellation
            );
            result.Partial.ShouldBeFalse();
            return result.Rows.Select(row => (long)row[1]!);
        }
    }

    /// <summary>Kills the process some moments into its work, and returns the last position of which it told.</summary>
    /// <param name="sign">What it prints when the work begins; null: it prints positions alone.</param>
    static async Task<long> WorkAndKillAsync(string work, string? sign, TemporaryDirectory directory, Random random)
    {
        using var child = ChildProcess.Start(work, directory.Path);
        var (position, left) = (0L, random.Next(1, 8));
        while (left > 0)
        {
            var line = await child.LineAsync(Cancellation);
            line.ShouldNotBeNull("the child died early");
            position = Later(position, line);
            left -= sign is null || line == sign ? 1 : 0;
        }
        await Task.Delay(random.Next(0, 60), Cancellation);
        child.Kill();
        while (await child.LineAsync(Cancellation) is { } line)
        {
            position = Later(position, line);
        }
        return position;
    }

    static long Later(long position, string line) =>
        long.TryParse(line, CultureInfo.InvariantCulture, out var next) ? next : position;
}
