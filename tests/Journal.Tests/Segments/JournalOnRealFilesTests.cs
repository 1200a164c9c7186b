using Tocsin.Journal;
using Tocsin.Journal.Files;

namespace Journal.Tests.Segments;

public sealed class JournalOnRealFilesTests : JournalContract, IDisposable
{
    readonly TemporaryDirectory directory = new();

    protected override FileLayer Files { get; } = new DiskFileLayer();

    protected override string Directory => Path.Combine(directory.Path, "journal");

    public void Dispose() => directory.Dispose();
}
