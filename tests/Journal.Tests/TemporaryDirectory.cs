namespace Journal.Tests;

sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tocsin-journal-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
