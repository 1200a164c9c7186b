namespace Bench;

sealed class BenchDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("tocsin-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
