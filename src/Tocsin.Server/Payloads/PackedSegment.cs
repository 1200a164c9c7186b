using Tocsin.Journal;

namespace Tocsin.Server.Payloads;

/// <summary>A segment of a closed day: the same records under the same locations, compressed in blocks of many.</summary>
sealed class PackedSegment(LayerFile file, int day, int segment)
{
    /// <summary>A block's compression is not broken off; the rest after it is.</summary>
    const int LongestRest = 3_000;

    const int Window = 1 << 16;

    /// <summary>Bytes passed over because they were damaged.</summary>
    public long DamagedBytes { get; private set; }

    public static bool Is(LayerFile file)
    {
        var magic = new byte[PackedBlock.Magic.Length];
        return file.Read(0, magic) == magic.Length && magic.AsSpan().SequenceEqual(PackedBlock.Magic);
    }

    /// <summary>Writes the records, bodies included, into the empty file and syncs it. False: nothing is gained by it.</summary>
    public static bool Write(
        LayerFile file,
        IEnumerable<PlacedRecord> records,
        PackingEffort effort,
        int blockBytes,
        CancellationToken cancellation
    )
    {
        var end = 0L;
        using var block = new BlockPacker(effort, blockBytes);
        foreach (var (location, record) in records)
        {
            block.Add(location, record);
            if (block.IsFull && !Flush())
            {
                return false;
            }
        }
        if (!block.IsEmpty && !Flush())
        {
            return false;
        }
        file.Sync();
        return end > 0;

        bool Flush()
        {
            var started = Environment.TickCount64;
            var bytes = block.Finish();
            if (bytes.IsEmpty)
            {
                return false;
            }
            file.Write(end, [bytes]);
            end += bytes.Length;
            // Half of the time is left to those for whom somebody waits.
            cancellation.WaitHandle.WaitOne((int)Math.Min(LongestRest, Environment.TickCount64 - started));
            cancellation.ThrowIfCancellationRequested();
            return true;
        }
    }

    public IEnumerable<PlacedRecord> Records(bool withBodies)
    {
        foreach (var (at, block) in Blocks())
        {
            using var data = block.Unpack(file, at);
            if (data is null)
            {
                DamagedBytes += block.Length;
                continue;
            }
            foreach (var entry in block.Entries)
            {
                if (PayloadFrame.Read(data.Memory.Span.Slice(entry.Begin, entry.Size), withBodies) is { } record)
                {
                    yield return new(new(day, segment, entry.Offset, entry.Length), record);
                }
            }
        }
    }

    /// <summary>Where the blocks are and what is in them.</summary>
    public IReadOnlyList<(long At, PackedBlock Block)> Index() => [.. Blocks()];

    /// <summary>The record that was at the offset before.</summary>
    public PayloadReading Read(IReadOnlyList<(long At, PackedBlock Block)> index, long offset)
    {
        foreach (var (at, block) in index)
        {
            if (block.Entries is [var first, .., var last] ? first.Offset > offset || last.Offset < offset : false)
            {
                continue;
            }
            foreach (var entry in block.Entries.Where(entry => entry.Offset == offset))
            {
                using var data = block.Unpack(file, at);
                return
                    data is not null
                    && PayloadFrame.Read(data.Memory.Span.Slice(entry.Begin, entry.Size), withBody: true) is { } record
                    ? new PayloadReading.Found(record)
                    : new PayloadReading.Damaged($"The block at {at} of {file.Path} does not match its checksum.");
            }
        }
        return DamagedBytes > 0
            ? new PayloadReading.Damaged($"{DamagedBytes} bytes of {file.Path} do not match their checksums.")
            : new PayloadReading.Gone();
    }

    IEnumerable<(long At, PackedBlock Block)> Blocks()
    {
        DamagedBytes = 0;
        var at = 0L;
        while (at < file.Length)
        {
            if (PackedBlock.ReadHead(file, at) is { } block)
            {
                yield return (at, block);
                at += block.Length;
            }
            else
            {
                var next = FindMagic(at + 1);
                DamagedBytes += next - at;
                at = next;
            }
        }
    }

    long FindMagic(long from)
    {
        var window = new byte[Window];
        for (var at = from; at < file.Length; at += Window - PackedBlock.Magic.Length + 1)
        {
            var read = file.Read(at, window);
            var found = window.AsSpan(0, read).IndexOf(PackedBlock.Magic);
            if (found >= 0)
            {
                return at + found;
            }
        }
        return file.Length;
    }
}
