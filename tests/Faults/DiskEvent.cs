namespace Faults;

/// <summary>What happened to a memory disk, in order. Files are known by number, as names come and go.</summary>
abstract record DiskEvent
{
    DiskEvent() { }

    internal sealed record Write(int File, long Offset, byte[] Bytes) : DiskEvent;

    internal sealed record Truncate(int File, long Length) : DiskEvent;

    internal sealed record Sync(int File) : DiskEvent;

    /// <summary>The kernel gave up on what was not synced: a later sync will not bring it to the disk.</summary>
    internal sealed record Forget(int File) : DiskEvent;

    internal sealed record Directory(string Path) : DiskEvent;

    internal sealed record Link(string Path, int File) : DiskEvent;

    internal sealed record Unlink(string Path) : DiskEvent;

    internal sealed record SyncDirectory(string Path) : DiskEvent;

    /// <summary>Something that the test wants to find again at its place in time.</summary>
    internal sealed record Mark(object Fact) : DiskEvent;
}
