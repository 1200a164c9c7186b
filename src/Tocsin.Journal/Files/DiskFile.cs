using Microsoft.Win32.SafeHandles;

namespace Tocsin.Journal.Files;

sealed class DiskFile(string path, SafeFileHandle handle) : LayerFile
{
    public override string Path => path;

    public override long Length => RandomAccess.GetLength(handle);

    public override void Write(long offset, IReadOnlyList<ReadOnlyMemory<byte>> parts) =>
        RandomAccess.Write(handle, parts, offset);

    public override int Read(long offset, Span<byte> into)
    {
        var total = 0;
        while (total < into.Length)
        {
            var read = RandomAccess.Read(handle, into[total..], offset + total);
            if (read == 0)
            {
                break;
            }
            total += read;
        }
        return total;
    }

    public override void Sync()
    {
        if (OperatingSystem.IsLinux())
        {
            Posix.DataSync(handle, path);
        }
        else
        {
            RandomAccess.FlushToDisk(handle);
        }
    }

    public override void Truncate(long length) => RandomAccess.SetLength(handle, length);

    public override void Release(long offset, long length)
    {
        if (OperatingSystem.IsLinux())
        {
            Posix.PunchHole(handle, path, offset, length);
        }
    }

    public override long StoredLength => OperatingSystem.IsLinux() ? Posix.StoredLength(handle, Length) : Length;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            handle.Dispose();
        }
    }
}
