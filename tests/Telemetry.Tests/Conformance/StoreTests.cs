using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Telemetry.Tests.Conformance;

/// <summary>What every subject's tests need; an engine's class says how its store is opened.</summary>
public abstract class StoreTests : IAsyncLifetime
{
    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected TelemetryStore Store { get; private set; } = null!;

    /// <summary>Opens the same store again after <see cref="ReopenAsync"/> closed it.</summary>
    protected abstract Task<TelemetryStore> OpenAsync();

    protected async Task ReopenAsync()
    {
        await Store.DisposeAsync();
        Store = await OpenAsync();
    }

    protected Task ApplyAsync(TelemetryBatch batch) => Store.ApplyAsync(batch, Cancellation);

    protected Task<TelemetryResult> AskAsync(TelemetryQuery query) => Store.QueryAsync(query, Cancellation);

    protected async Task<long> CountAsync(Filter? where = null) => (long)(await AskAsync(Some.Count(where))).Rows.Single()[0]!;

    public async ValueTask InitializeAsync() => Store = await OpenAsync();

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }
}
