using Tocsin.Telemetry;

namespace Telemetry.Tests.Conformance;

public abstract class RebuildTests : StoreTests
{
    static async IAsyncEnumerable<TelemetryBatch> Batches(params IReadOnlyList<TelemetryBatch> batches)
    {
        foreach (var batch in batches)
        {
            await Task.Yield();
            yield return batch;
        }
    }

    [Fact]
    public async Task A_rebuilt_day_holds_the_given_rows_instead_of_its_own()
    {
        await ApplyAsync(Some.Batch(10, Some.Events(5)));

        await Store.RebuildAsync(
            Some.Day,
            Batches(Some.Batch(4, Some.Events(2, 100)), Some.Batch(10, Some.Events(1, 200))),
            Cancellation
        );

        (await CountAsync()).ShouldBe(3);
        Store.Applied.ShouldBe(10);
        await ReopenAsync();
        (await CountAsync()).ShouldBe(3);
        Store.Applied.ShouldBe(10);
    }

    [Fact]
    public async Task Batches_after_the_given_ones_stay()
    {
        await ApplyAsync(Some.Batch(10, Some.Events(5)));
        await ApplyAsync(Some.Batch(20, Some.Events(7, 100)));

        await Store.RebuildAsync(Some.Day, Batches(Some.Batch(10, Some.Events(2))), Cancellation);

        (await CountAsync()).ShouldBe(9);
        Store.Applied.ShouldBe(20);
    }

    [Fact]
    public async Task A_batch_that_arrives_during_the_rebuild_is_not_lost()
    {
        await ApplyAsync(Some.Batch(10, Some.Events(5)));

        await Store.RebuildAsync(Some.Day, WithAnArrival(), Cancellation);

        (await CountAsync()).ShouldBe(3 + 4);
        Store.Applied.ShouldBe(11);

        async IAsyncEnumerable<TelemetryBatch> WithAnArrival()
        {
            yield return Some.Batch(5, Some.Events(3));
            await ApplyAsync(Some.Batch(11, Some.Events(4, 100)));
            yield return Some.Batch(10);
        }
    }

    [Fact]
    public async Task Other_days_are_left_alone()
    {
        await ApplyAsync(Some.Batch(10, Some.Events(5)));
        await ApplyAsync(new TelemetryBatch(20, Some.Day.AddDays(1)) { Events = Some.Events(7) });

        await Store.RebuildAsync(Some.Day, Batches(Some.Batch(10)), Cancellation);

        (await CountAsync()).ShouldBe(7);
        Store.Applied.ShouldBe(20);
    }

    [Fact]
    public async Task A_rebuild_that_fails_changes_nothing()
    {
        await ApplyAsync(Some.Batch(10, Some.Events(5)));

        await Should.ThrowAsync<InvalidDataException>(() => Store.RebuildAsync(Some.Day, Failing(), Cancellation));

        (await CountAsync()).ShouldBe(5);
        await Store.RebuildAsync(Some.Day, Batches(Some.Batch(10, Some.Events(2))), Cancellation);
        (await CountAsync()).ShouldBe(2);

        static async IAsyncEnumerable<TelemetryBatch> Failing()
        {
            yield return Some.Batch(10, Some.Events(1));
            await Task.Yield();
            throw new InvalidDataException("the segment is unreadable");
        }
    }

    [Fact]
    public async Task A_day_that_was_never_there_can_be_built()
    {
        await Store.RebuildAsync(Some.Day, Batches(Some.Batch(10, Some.Events(5))), Cancellation);

        (await CountAsync()).ShouldBe(5);
        Store.Applied.ShouldBe(10);
        Store.Days.Single().Damage.ShouldBeNull();
    }
}
