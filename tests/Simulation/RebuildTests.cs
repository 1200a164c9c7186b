using Simulation.World;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Traces;
using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.Query;

namespace Simulation;

/// <summary>The simulation's telemetry is a list in memory; what a lost day becomes in the real one is asked here.</summary>
public sealed class RebuildTests
{
    static readonly string[] Fields =
    [
        "project.id",
        "trace",
        "span_id",
        "parent_span",
        "segment.id",
        "is_transaction",
        "event.id",
        "timestamp",
        "received",
        "span.duration",
        "span.self_time",
        "span.op",
        "span.description",
        "span.group",
        "span.category",
        "span.status",
        "transaction",
        "service.name",
        "platform",
        "sampling.weight",
    ];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_lost_day_of_the_real_store_gets_the_same_spans_again()
    {
        using var run = SeededRun.Recording(seed: 1, sendings: 40, Bug.None);
        run.Play();
        var server = run.Server;
        server.Telemetry.Spans.Count().ShouldBeGreaterThan(30);
        var directory = Directory.CreateTempSubdirectory("tocsin-simulation-");
        try
        {
            await using var store = await DuckDbStore.OpenAsync(new(directory.FullName) { Threads = 1 }, Stop);
            foreach (var batch in server.Telemetry.Batches)
            {
                await store.ApplyAsync(batch, Stop);
            }
            var first = await RowsAsync(store);
            first.Count.ShouldBe(server.Telemetry.Spans.Count());

            var rows = new StoredRows(server.Payloads, server.Metadata);
            foreach (var day in server.Payloads.Days)
            {
                (await store.DropAsync(ArrivalDay.ToDate(day), RowKinds.All, Stop)).ShouldBeTrue();
            }
            (await RowsAsync(store)).ShouldBeEmpty();
            foreach (var day in server.Payloads.Days)
            {
                await store.RebuildAsync(ArrivalDay.ToDate(day), rows.OfDayAsync(day, _ => { }, (_, _) => { }, Stop), Stop);
            }
            (await RowsAsync(store)).ShouldBe(first);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    /// <summary>As text, in one order.</summary>
    static async Task<List<string>> RowsAsync(DuckDbStore store)
    {
        var found = await store.QueryAsync(
            new()
            {
                Dataset = Dataset.Spans,
                Range = TimeRange.All,
                Select = [.. Fields.Select(field => new Selected(field.Replace('.', '_'), SpanField.Of(field)))],
                Limit = 10_000,
            },
            Stop
        );
        return [.. found.Rows.Select(row => string.Join('|', row)).Order(StringComparer.Ordinal)];
    }
}
