using Tocsin.Telemetry;

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

    [Fact]
    public async Task Days_before_the_given_one_are_forgotten()
    {
        await GivenDaysAsync(4);

        await Store.DropAsync(Some.Day.AddDays(2), Cancellation);

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

        await Store.DropAsync(Some.Day.AddDays(30), Cancellation);
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
        for (var day = 1; day <= 5; day++)
        {
            await Store.DropAsync(Some.Day.AddDays(day), Cancellation);
        }
        await asking;
        (await CountAsync()).ShouldBe(10);
    }
}
