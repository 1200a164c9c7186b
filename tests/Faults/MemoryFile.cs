using Tocsin.Journal;

namespace Faults;

/// <summary>The content of a file as a running system sees it.</summary>
sealed class MemoryContent(int number)
{
    byte[] bytes = [];

    public int Number => number;

    public long Length { get; private set; }

    public void Write(long offset, ReadOnlySpan<byte> from)
    {
        Grow(Math.Max(Length, offset + from.Length));
        from.CopyTo(bytes.AsSpan((int)offset));
    }

    public int Read(long offset, Span<byte> into)
    {
        var count = (int)Math.Clamp(Length - offset, 0, into.Length);
        bytes.AsSpan((int)Math.Min(offset, Length), count).CopyTo(into);
        return count;
    }

    /// <summary>Cuts the content or adds zeroes.</summary>
    public void SetLength(long length)
    {
        Grow(length);
        bytes.AsSpan((int)length, (int)(Length - length)).Clear();
        Length = length;
    }

    public byte[] ToArray() => bytes.AsSpan(0, (int)Length).ToArray();

    void Grow(long length)
    {
        if (length > bytes.Length)
        {
            Array.Resize(ref bytes, (int)Math.Max(length, bytes.Length * 2L));
        }
        Length = Math.Max(Length, length);
    }
}

sealed class MemoryFile(MemoryDisk disk, string path, MemoryContent content) : LayerFile
{
    public override string Path => path;

    public override long Length => disk.With(() => content.Length);

    public override void Write(long offset, IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        var bytes = new byte[parts.Sum(part => part.Length)];
        var used = 0;
        foreach (var part in parts)
        {
            part.Span.CopyTo(bytes.AsSpan(used));
            used += part.Length;
        }
        disk.Record(new DiskEvent.Write(content.Number, offset, bytes), () => content.Write(offset, bytes));
    }

    public override int Read(long offset, Span<byte> into)
    {
        lock (disk.Gate)
        {
            return content.Read(offset, into);
        }
    }

    public override void Sync() => disk.Record(new DiskEvent.Sync(content.Number), () => { });

    public override void Truncate(long length) =>
        disk.Record(new DiskEvent.Truncate(content.Number, length), () => content.SetLength(length));

    protected override void Dispose(bool disposing) { }
}
