using Telemetry.Tests.Conformance;
using Tocsin.Telemetry;
using Tocsin.Telemetry.DuckDb;

namespace Telemetry.Tests.DuckDb;

public sealed class DuckDbApplyingTests : ApplyingTests
{
    readonly TemporaryDirectory directory = new();

    protected override Task<TelemetryStore> OpenAsync() => directory.OpenStoreAsync();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        directory.Dispose();
    }
}

static class DuckDbDirectory
{
    public static async Task<TelemetryStore> OpenStoreAsync(this TemporaryDirectory directory) =>
        await DuckDbStore.OpenAsync(
            new DuckDbOptions(directory.Path) { Threads = 2, MemoryLimit = "256MB" },
            TestContext.Current.CancellationToken
        );
}
