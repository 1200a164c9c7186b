using Faults;
using Tocsin.Journal;

namespace Journal.Tests.Segments;

public sealed class JournalOnMemoryDiskTests : JournalContract
{
    protected override FileLayer Files { get; } = new MemoryDisk();

    protected override string Directory => "/data/journal";
}
