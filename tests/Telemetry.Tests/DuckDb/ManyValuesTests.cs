using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.Query;
using static Tocsin.Telemetry.Query.Expression;

namespace Telemetry.Tests.DuckDb;

/// <summary>
/// Clients that give each event tags of its own. The store has no table of values that could grow: they are counted when they are asked for, and
/// what does not fit into the engine's memory is counted slice by slice. In one piece a million of them takes more than this test allows.
/// </summary>
public sealed class ManyValuesTests
{
    const int Events = 40_000;
    const int Tags = 25;

    [Fact]
    public async Task A_million_tag_values_are_counted_exactly_in_less_memory_than_they_take()
    {
        using var directory = new TemporaryDirectory();
        await using var store = await DuckDbStore.OpenAsync(
            new(directory.Path) { MemoryLimit = "80MB" },
            TestContext.Current.CancellationToken
        );
        for (var first = 0; first < Events; first += 4_000)
        {
            await store.ApplyAsync(
                Some.Batch(first + 1, [.. Enumerable.Range(first, 4_000).Select(EventOf)]),
                TestContext.Current.CancellationToken
            );
        }

        var keys = await AskAsync(
            store,
            [new("key", Key), new("n", Count), new("unique", new Aggregate(AggregateKind.CountDistinct, Value))],
            [Key]
        );
        var top = await AskAsync(
            store,
            [new("key", Key), new("value", Value), new("n", Count)],
            [Key, Value],
            limit: 3,
            offset: 1
        );

        keys.Count(row => row.EndsWith($" {Events} {Events}", StringComparison.Ordinal)).ShouldBe(Tags);
        keys.ShouldContain($"cart {Events / 4} 100");
        // Texts in the order of texts.
        top.ShouldBe([$"cart 0 {Events / 400}", $"cart 1 {Events / 400}", $"cart 10 {Events / 400}"]);
    }

    static readonly Field Key = new("tag.key");
    static readonly Field Value = new("tag.value");

    static Tocsin.Telemetry.Rows.EventRow EventOf(int number)
    {
        var own = string.Join(
            ',',
            Enumerable.Range(0, Tags).Select(tag => $"\"t{tag}\":\"{number:D12}-of-this-event-alone-{tag}\"")
        );
        var cart = number % 4 == 0 ? $",\"cart\":\"{number / 4 % 100}\"" : "";
        return Some.Event((UInt128)number) with { Tags = $"{{{own}{cart}}}" };
    }

    static async Task<IReadOnlyList<string>> AskAsync(
        TelemetryStore store,
        IReadOnlyList<Selected> select,
        IReadOnlyList<Expression> by,
        int limit = 100,
        int offset = 0
    )
    {
        var answer = await store.QueryAsync(
            new()
            {
                Dataset = Dataset.EventTags,
                Range = TimeRange.All,
                Select = select,
                GroupBy = by,
                OrderBy = [new(Count, true), new(by[^1], false)],
                Limit = limit,
                Offset = offset,
                // How fast the machine is does not matter here.
                Budget = TimeSpan.FromMinutes(10),
            },
            TestContext.Current.CancellationToken
        );
        answer.Partial.ShouldBeFalse();
        return [.. answer.Rows.Select(row => string.Join(" ", row))];
    }
}
