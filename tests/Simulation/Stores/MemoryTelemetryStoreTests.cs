using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;

namespace Simulation.Stores;

/// <summary>What the simulation's store does is what the real one does, for any run of calls.</summary>
public sealed class MemoryTelemetryStoreTests
{
    static readonly DateOnly First = new(2026, 11, 18);

    static readonly RowKinds[] Kinds = [RowKinds.All, RowKinds.All, RowKinds.Events, RowKinds.Spans];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task It_commits_rebuilds_closes_and_forgets_like_the_real_one(int seed)
    {
        var chance = new Random(seed);
        var directory = Directory.CreateTempSubdirectory("tocsin-simulation-");
        TelemetryStore real = await OpenAsync();
        var memory = new MemoryTelemetryStore(TelemetryDays.Empty);
        try
        {
            for (var call = 0; call < 40; call++)
            {
                var day = First.AddDays(chance.Next(3));
                switch (chance.Next(12))
                {
                    case 0:
                        var rows = Enumerable
                            .Range(1, chance.Next(4))
                            .Select(i => Batch(call, day, real.Applied - i, i))
                            .Reverse();
                        List<TelemetryBatch> given = [.. rows.Where(batch => batch.Position > 0)];
                        await real.RebuildAsync(day, given.ToAsyncEnumerable(), Stop);
                        await memory.RebuildAsync(day, given.ToAsyncEnumerable(), Stop);
                        break;
                    case 1:
                        var kinds = Kinds[chance.Next(Kinds.Length)];
                        var dropped = await real.DropAsync(day, kinds, Stop);
                        (await memory.DropAsync(day, kinds, Stop)).ShouldBe(dropped, $"call {call}");
                        break;
                    case 3:
                    case 4:
                        var closed = await real.CloseAsync(day, Stop);
                        (await memory.CloseAsync(day, Stop)).ShouldBe(closed, $"call {call}");
                        break;
                    case 2:
                        await real.DisposeAsync();
                        real = await OpenAsync();
                        memory = new(memory.State);
                        break;
                    default:
                        var batch = Batch(call, day, real.Applied + chance.Next(-3, 20), chance.Next(4));
                        await real.ApplyAsync(batch, Stop);
                        await memory.ApplyAsync(batch, Stop);
                        break;
                }
                memory.Applied.ShouldBe(real.Applied, $"call {call}");
                memory.Days.Select(FormOf).ShouldBe(real.Days.Select(FormOf), $"call {call}");
                (await IdsAsync(real, Dataset.Events, "id")).ShouldBe(
                    memory.Events.Select(row => row.EventId).Order(),
                    $"call {call}"
                );
                (await IdsAsync(real, Dataset.Spans, "trace")).ShouldBe(
                    memory.Spans.Select(row => row.TraceId).Order(),
                    $"call {call}"
                );
            }
        }
        finally
        {
            await real.DisposeAsync();
            directory.Delete(recursive: true);
        }

        async Task<TelemetryStore> OpenAsync() => await DuckDbStore.OpenAsync(new(directory.FullName) { Threads = 1 }, Stop);
    }

    static async Task<IEnumerable<UInt128>> IdsAsync(TelemetryStore store, Dataset dataset, string field)
    {
        var found = await store.QueryAsync(
            new()
            {
                Dataset = dataset,
                Range = TimeRange.All,
                Select = [new("id", new Expression.Field(field))],
                Limit = 10_000,
            },
            Stop
        );
        return found.Rows.Select(row => (UInt128)row[0]!).Order();
    }

    static (DateOnly, RowKinds, bool) FormOf(TelemetryDay day) => (day.Day, day.Kinds, day.IsClosed);

    static TelemetryBatch Batch(int call, DateOnly day, long position, int rows) =>
        new(Math.Max(1, position), day)
        {
            Events =
            [
                .. Enumerable
                    .Range(0, rows)
                    .Select(row => new EventRow
                    {
                        ProjectId = 1,
                        EventId = (UInt128)(call * 1000 + rows * 10 + row + 1),
                        IssueId = 1,
                        Timestamp = 1,
                        Received = 1,
                        Type = "error",
                        Level = "error",
                        Title = "x",
                    }),
            ],
            Spans =
            [
                .. Enumerable
                    .Range(0, 3 - rows)
                    .Select(row => new SpanRow
                    {
                        ProjectId = 1,
                        TraceId = (UInt128)(call * 1000 + rows * 10 + row + 1),
                        SpanId = row + 1,
                        Timestamp = 1,
                        Received = 1,
                        Duration = 1,
                        SelfTime = 1,
                    }),
            ],
        };
}
