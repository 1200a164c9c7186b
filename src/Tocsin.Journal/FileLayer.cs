namespace Tocsin.Journal;

/// <summary>
/// Every touch of the file system by the journal and the payload segments, so that a test can inject faults and crash states.
/// Paths are absolute. Failures are <see cref="IOException"/>; a full disk is one whose HResult names ENOSPC.
/// </summary>
public abstract class FileLayer
{
    /// <summary>With those above it; one that is there already is none too many.</summary>
    public abstract void CreateDirectory(string path);

    /// <summary>Full paths, ordinal order.</summary>
    public abstract IReadOnlyList<string> List(string directory, string pattern);

    /// <summary>Of files; a directory is none.</summary>
    public abstract bool Exists(string path);

    /// <summary>Fails when the file exists.</summary>
    public abstract LayerFile Create(string path);

    /// <summary>Fails when the file is missing.</summary>
    public abstract LayerFile Open(string path, bool writable);

    /// <summary>Takes the place of the file that is there, as one step; durable with <see cref="SyncDirectory"/>.</summary>
    public abstract void Rename(string from, string to);

    /// <summary>Durable with <see cref="SyncDirectory"/>. Who has the file open goes on reading it.</summary>
    public abstract void Delete(string path);

    /// <summary>Makes creations, renames and deletions in the directory durable.</summary>
    public abstract void SyncDirectory(string path);

    /// <summary>Null when another process holds it. Freed by dispose and by the end of the process.</summary>
    public abstract IDisposable? TryLock(string path);

    /// <summary>Bytes left for the data on this path.</summary>
    public abstract long FreeBytes(string path);
}

/// <summary>An open file, addressed by offset. Not safe for concurrent writers; readers may run beside one writer.</summary>
public abstract class LayerFile : IDisposable
{
    public abstract string Path { get; }

    /// <summary>Bytes, as far as the file was ever written.</summary>
    public abstract long Length { get; }

    /// <summary>Writes all bytes or throws; after a throw the range's content is undefined.</summary>
    public abstract void Write(long offset, IReadOnlyList<ReadOnlyMemory<byte>> parts);

    /// <summary>Returns the bytes read, fewer only at the end of the file.</summary>
    public abstract int Read(long offset, Span<byte> into);

    /// <summary>fdatasync. A failure means that nothing written since the last success may be taken as durable.</summary>
    public abstract void Sync();

    /// <summary>Cuts the end off; durable with <see cref="Sync"/>.</summary>
    public abstract void Truncate(long length);

    /// <summary>
    /// Gives back the disk's blocks that lie wholly in the range, which reads as zeroes then. What is left of it at its edges is undefined. Where
    /// the file system cannot do it, nothing happens.
    /// </summary>
    public virtual void Release(long offset, long length) { }

    /// <summary>Bytes that take space on the disk: <see cref="Length"/> less what was released.</summary>
    public virtual long StoredLength => Length;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
