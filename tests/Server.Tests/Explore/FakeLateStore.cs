using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Server.Tests.Explore;

/// <summary>A store in which every question runs out of time before a row of it is read.</summary>
sealed class FakeLateStore(TelemetryStore store) : TelemetryStore
{
    public override long Applied => store.Applied;
    public override IReadOnlyList<TelemetryDay> Days => store.Days;

    public override async Task<TelemetryResult> QueryAsync(TelemetryQuery query, CancellationToken cancellation)
    {
        // A question that makes no sense is refused all the same.
        var answer = await store.QueryAsync(query, cancellation);
        return new(answer.Columns, [], Partial: true);
    }

    public override Task ApplyAsync(TelemetryBatch batch, CancellationToken cancellation) =>
        store.ApplyAsync(batch, cancellation);

    public override Task RebuildAsync(DateOnly day, IAsyncEnumerable<TelemetryBatch> rows, CancellationToken cancellation) =>
        store.RebuildAsync(day, rows, cancellation);

    public override Task<bool> CloseAsync(DateOnly day, CancellationToken cancellation) => store.CloseAsync(day, cancellation);

    public override Task<bool> DropAsync(DateOnly day, RowKinds kinds, CancellationToken cancellation) =>
        store.DropAsync(day, kinds, cancellation);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
