namespace Server.Tests;

sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tocsin-server-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
