using System.Globalization;
using Telemetry.Tests.Child;
using Tocsin.Telemetry.DuckDb;

namespace Telemetry.Tests.DuckDb;

public sealed class DuckDbClosingCrashTests
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
            acknowledged = await CloseAndKillAsync(directory, random.Next(1, 8), random.Next(0, 60));

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

    /// <summary>Kills the process some moments into one of its closings, and returns the last position of which it told.</summary>
    static async Task<long> CloseAndKillAsync(TemporaryDirectory directory, int closings, int milliseconds)
    {
        using var child = ChildProcess.Start("close", directory.Path);
        var position = 0L;
        while (closings > 0)
        {
            var line = await child.LineAsync(Cancellation);
            line.ShouldNotBeNull("the child died early");
            position = Later(position, line);
            closings -= line == Chores.Closes ? 1 : 0;
        }
        await Task.Delay(milliseconds, Cancellation);
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
