using System.Globalization;
using Server.Tests.Pipeline;
using Tocsin.Server.Hosting;
using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Hosting;

public sealed class MemoryBudgetTests
{
    const long MiB = 1 << 20;
    static readonly DateOnly Day = new(2026, 11, 20);

    [Theory]
    [InlineData(MemoryBudget.LeastMiB, 64, 32)]
    [InlineData(2_048, 341, 170)]
    [InlineData(16_384, 3_904, 192)]
    public void All_parts_together_stay_within_it(int whole, int telemetry, int closing)
    {
        // Code, stacks and what libraries have of their own.
        const int Native = 96;
        var budget = new MemoryBudget(whole * MiB);

        var limited = budget.Limit(new DuckDbOptions("telemetry"));

        MiBOf(limited.MemoryLimit).ShouldBe(telemetry);
        MiBOf(limited.CompactionMemory).ShouldBe(closing);
        (MiBOf(limited.MemoryLimit) + MiBOf(limited.CompactionMemory) + budget.Heap / MiB + Native).ShouldBeLessThanOrEqualTo(
            whole
        );
        budget.Bodies.ShouldBeLessThanOrEqualTo(budget.Heap / 2);
    }

    [Fact]
    public void Little_memory_sorts_and_sums_up_fewer_rows_at_once()
    {
        var usual = new DuckDbOptions("telemetry");

        var least = Least("telemetry");
        var large = new MemoryBudget(16_384 * MiB).Limit(usual);

        least.CompactionRows.ShouldBeInRange(1, usual.CompactionRows / 5);
        least.SpansSummedAtOnce.ShouldBeInRange(1, usual.SpansSummedAtOnce / 5);
        (large.CompactionRows, large.SpansSummedAtOnce).ShouldBe((usual.CompactionRows, usual.SpansSummedAtOnce));
    }

    [Fact]
    public async Task The_least_of_it_closes_a_day()
    {
        const int Batches = 100;
        using var directory = new TemporaryDirectory();
        await using TelemetryStore store = await DuckDbStore.OpenAsync(
            Least(directory.Path),
            TestContext.Current.CancellationToken
        );
        var description = new string('d', 500);
        for (var batch = 1; batch <= Batches; batch++)
        {
            SpanRow[] spans =
            [
                .. SomeSpans.Of(2_000, batch).Select(row => row with { Description = $"{description}{row.SpanId}" }),
            ];
            await store.ApplyAsync(new(batch, Day) { Spans = spans }, TestContext.Current.CancellationToken);
        }

        (await store.CloseAsync(Day, TestContext.Current.CancellationToken)).ShouldBeTrue();

        store.Days.ShouldHaveSingleItem().IsClosed.ShouldBeTrue();
    }

    static DuckDbOptions Least(string directory) =>
        new MemoryBudget(MemoryBudget.LeastMiB * MiB).Limit(new DuckDbOptions(directory));

    static long MiBOf(string limit)
    {
        limit.ShouldEndWith("MiB");
        return long.Parse(limit[..^3], CultureInfo.InvariantCulture);
    }
}
