using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Server.Tests.Explore;

/// <summary>A store whose answers are changed; everything else is the store's own.</summary>
abstract class FakeStore(TelemetryStore store) : TelemetryStore
{
    public override long Applied => store.Applied;
    public override IReadOnlyList<TelemetryDay> Days => store.Days;

    protected abstract TelemetryResult Change(TelemetryQuery query, TelemetryResult answer);

    /// <summary>A question that makes no sense is refused all the same.</summary>
    public override async Task<TelemetryResult> QueryAsync(TelemetryQuery query, CancellationToken cancellation) =>
        Change(query, await store.QueryAsync(query, cancellation));

    public override Task ApplyAsync(TelemetryBatch batch, CancellationToken cancellation) =>
        store.ApplyAsync(batch, cancellation);

    public override Task RebuildAsync(DateOnly day, IAsyncEnumerable<TelemetryBatch> rows, CancellationToken cancellation) =>
        store.RebuildAsync(day, rows, cancellation);

    public override Task<bool> CloseAsync(DateOnly day, CancellationToken cancellation) => store.CloseAsync(day, cancellation);

    public override Task<bool> DropAsync(DateOnly day, RowKinds kinds, CancellationToken cancellation) =>
        store.DropAsync(day, kinds, cancellation);

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
