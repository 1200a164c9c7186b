using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Telemetry.Tests.Conformance;

/// <summary>An engine's class says what its damages are and does them to the closed store.</summary>
public abstract class DamageTests : StoreTests
{
    /// <summary>Each makes the rows of the day unreadable, at once or when they are read.</summary>
    protected abstract void Damage(string kind, DateOnly day);

    protected async Task GivenDamageAsync(string kind, bool closed = false)
    {
        await ApplyAsync(new TelemetryBatch(10, Some.Day.AddDays(-1)) { Events = Some.Events(3) });
        await ApplyAsync(Some.Batch(20, Some.Events(20_000, 1_000)));
        if (closed)
        {
            foreach (var day in Store.Days)
            {
                (await Store.CloseAsync(day.Day, Cancellation)).ShouldBeTrue();
            }
            // Whatever a store notes of its days, it has noted now.
            await ReopenAsync();
        }
        await Store.DisposeAsync();
        Damage(kind, Some.Day);
        await ReopenAsync();
    }

    /// <summary>Reads every value, so that damage shows at the latest now.</summary>
    protected async Task<TelemetryResult> ReadAllAsync() =>
        await AskAsync(
            Some.Query("id", "title", "timestamp", "tags", "issue.id", "received", "payload.offset") with
            {
                Limit = 100_000,
            }
        );

    protected async Task A_damaged_day_is_set_aside_and_the_rest_goes_on(string kind, bool closed = false)
    {
        await GivenDamageAsync(kind, closed);

        var read = await ReadAllAsync();

        read.Partial.ShouldBeTrue();
        read.Rows.Count.ShouldBe(3);
        Store.Days[1].Damage.ShouldNotBeNullOrEmpty();
        Store.Days[0].Damage.ShouldBeNull();
        Store.Applied.ShouldBe(10);
        await ApplyAsync(Some.Batch(21, Some.Events(2, 100)));
        (await CountAsync()).ShouldBe(5);
        await ReopenAsync();
        Store.Days[1].Damage.ShouldNotBeNullOrEmpty("a restart mends nothing");
        (await AskAsync(Some.Count())).Partial.ShouldBeTrue();
        await Store.RebuildAsync(Some.Day, Rows(), Cancellation);
        Store.Days[1].Damage.ShouldBeNull();
        var mended = await AskAsync(Some.Count());
        mended.Partial.ShouldBeFalse();
        mended.Rows.Single()[0].ShouldBe(3L + 4 + 2);
        await ReopenAsync();
        Store.Days[1].Damage.ShouldBeNull();

        static async IAsyncEnumerable<TelemetryBatch> Rows()
        {
            await Task.Yield();
            yield return Some.Batch(20, Some.Events(4, 1_000));
        }
    }

    protected async Task A_query_that_cannot_touch_the_damaged_day_is_whole(string kind)
    {
        await GivenDamageAsync(kind);
        await ReadAllAsync();

        var earlier = new TimeRange(0, Some.TimeOf(Some.Day.AddDays(-3), TimeSpan.Zero));

        (await AskAsync(Some.Count() with { Range = earlier })).Partial.ShouldBeFalse();
    }
}
