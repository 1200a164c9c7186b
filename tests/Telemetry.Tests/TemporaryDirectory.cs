namespace Telemetry.Tests;

sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tocsin-telemetry-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
