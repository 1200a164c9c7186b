using Tocsin.Journal;

namespace Faults;

sealed class FaultyFile(FaultyFileLayer layer, LayerFile inner) : LayerFile
{
    public override string Path => inner.Path;

    public override long Length => inner.Length;

    public override void Write(long offset, IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        if (layer.Meet(FileOperation.Write, Path, offset, parts.Sum(part => part.Length), WritePart))
        {
            inner.Write(offset, parts);
        }

        void WritePart(int bytes)
        {
            var whole = parts.SelectMany(part => part.ToArray()).Take(bytes).ToArray();
            inner.Write(offset, [whole]);
        }
    }

    public override int Read(long offset, Span<byte> into) =>
        layer.Meet(FileOperation.Read, Path, offset, into.Length) ? inner.Read(offset, into) : 0;

    public override void Sync()
    {
        if (layer.Meet(FileOperation.Sync, Path))
        {
            inner.Sync();
        }
    }

    public override void Truncate(long length)
    {
        if (layer.Meet(FileOperation.Truncate, Path, length: length))
        {
            inner.Truncate(length);
        }
    }

    public override void Release(long offset, long length)
    {
        if (layer.Meet(FileOperation.Release, Path, offset, (int)length))
        {
            inner.Release(offset, length);
        }
    }

    public override long StoredLength => inner.StoredLength;

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }
    }
}
