using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Telemetry.Tests.Conformance;

public abstract class RetentionTests : StoreTests
{
    async Task GivenDaysAsync(int count)
    {
        for (var day = 0; day < count; day++)
        {
            await ApplyAsync(new TelemetryBatch(day + 1, Some.Day.AddDays(day)) { Events = Some.Events(10, (UInt128)day * 100) });
        }
    }

    Task<bool> DropAsync(int day, RowKinds kinds = RowKinds.All) => Store.DropAsync(Some.Day.AddDays(day), kinds, Cancellation);

    [Fact]
    public async Task A_day_that_does_not_exist_cannot_be_dropped() => (await DropAsync(0)).ShouldBeFalse();

    [Fact]
    public async Task One_kind_goes_and_the_others_stay()
    {
        await ApplyAsync(Some.Batch(3, Some.Events(5)) with { Outcomes = [Some.Outcome(), Some.Outcome()] });

        (await DropAsync(0, RowKinds.Events)).ShouldBeTrue();

        await ShouldHoldOutcomesAloneAsync();
        await ReopenAsync();
        await ShouldHoldOutcomesAloneAsync();
    }

    async Task ShouldHoldOutcomesAloneAsync()
    {
        (await CountAsync()).ShouldBe(0);
        (await AskAsync(Some.Count() with { Dataset = Dataset.Outcomes })).Rows.Single()[0].ShouldBe(2L);
        Store.Days.Single().Kinds.ShouldBe(RowKinds.Outcomes);
        Store.Applied.ShouldBe(3);
    }

    [Fact]
    public async Task A_day_goes_with_the_last_kind_of_its_rows()
    {
        await GivenDaysAsync(2);

        (await DropAsync(0, RowKinds.Events)).ShouldBeTrue();

        Store.Days.Select(day => day.Day).ShouldBe([Some.Day.AddDays(1)]);
    }

    [Fact]
    public async Task Days_that_are_dropped_are_forgotten()
    {
        await GivenDaysAsync(4);

        (await DropAsync(0)).ShouldBeTrue();
        (await DropAsync(1)).ShouldBeTrue();

        Store.Days.Select(day => day.Day).ShouldBe([Some.Day.AddDays(2), Some.Day.AddDays(3)]);
        (await CountAsync()).ShouldBe(20);
        Store.Applied.ShouldBe(4);
        await ReopenAsync();
        (await CountAsync()).ShouldBe(20);
    }

    [Fact]
    public async Task A_store_goes_on_after_all_is_forgotten()
    {
        await GivenDaysAsync(2);

        await DropAsync(0);
        await DropAsync(1);
        await ReopenAsync();
        Store.Applied.ShouldBe(2, "the position outlives its day");
        (await CountAsync()).ShouldBe(0);
        await ApplyAsync(new TelemetryBatch(10, Some.Day.AddDays(30)) { Events = Some.Events(3) });

        (await CountAsync()).ShouldBe(3);
    }

    [Fact]
    public async Task Queries_run_on_while_days_are_dropped()
    {
        await GivenDaysAsync(6);
        var asking = Task.Run(
            async () =>
            {
                for (var round = 0; round < 30; round++)
                {
                    ((await CountAsync()) % 10).ShouldBe(0);
                }
            },
            Cancellation
        );
        for (var day = 0; day < 5; day++)
        {
            await DropAsync(day);
        }
        await asking;
        (await CountAsync()).ShouldBe(10);
    }
}
