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
    [InlineData(MemoryBudget.LeastMiB, 192)]
    [InlineData(16_384, 4_096)]
    public void All_parts_together_stay_within_it(int whole, int telemetry)
    {
        // Code, stacks and what libraries have of their own.
        const int Native = 96;
        var budget = new MemoryBudget(whole * MiB);

        var limited = budget.Limit(new DuckDbOptions("telemetry"));

        MiBOf(limited.MemoryLimit).ShouldBe(telemetry);
        limited.CompactionMemory.ShouldBe("192MiB");
        (MiBOf(limited.MemoryLimit) + MiBOf(limited.CompactionMemory) + budget.Heap / MiB + Native).ShouldBeLessThanOrEqualTo(
            whole
        );
        (budget.Heap - budget.Bodies).ShouldBeGreaterThanOrEqualTo(96 * MiB, "batches are made of them");
    }

    [Fact]
    public void Little_memory_sums_up_fewer_spans_at_once()
    {
        var usual = new DuckDbOptions("telemetry");

        var least = Least("telemetry");
        var large = new MemoryBudget(16_384 * MiB).Limit(usual);

        least.SpansSummedAtOnce.ShouldBeInRange(1, usual.SpansSummedAtOnce / 2);
        large.SpansSummedAtOnce.ShouldBe(usual.SpansSummedAtOnce);
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
