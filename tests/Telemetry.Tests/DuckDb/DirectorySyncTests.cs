using Tocsin.Telemetry.DuckDb;

namespace Telemetry.Tests.DuckDb;

public sealed class DirectorySyncTests : IDisposable
{
    readonly TemporaryDirectory directory = new();

    [Fact]
    public void A_directory_is_made_durable() => Should.NotThrow(() => DirectorySync.Sync(directory.Path));

    [Fact]
    public void A_directory_that_cannot_be_made_durable_is_told()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such call.");

        Should.Throw<IOException>(() => DirectorySync.Sync(Path.Combine(directory.Path, "gone"))).Message.ShouldContain("gone");
    }

    public void Dispose() => directory.Dispose();
}
