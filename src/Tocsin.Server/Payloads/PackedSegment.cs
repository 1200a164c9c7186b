using Tocsin.Journal;

namespace Tocsin.Server.Payloads;

/// <summary>A segment of a closed day: the same records under the same locations, compressed in blocks of many.</summary>
sealed class PackedSegment(LayerFile file, int day, int segment)
{
    /// <summary>A block's compression is not broken off; the rest after it is.</summary>
    const int LongestRest = 3_000;

    const int Window = 1 << 16;

    /// <summary>Two blocks and their heads are shorter: behind a damaged one the next begins before.</summary>
    const long FirstBlocks = 32 << 20;

    /// <summary>Bytes passed over because they were damaged.</summary>
    public long DamagedBytes { get; private set; }

    /// <summary>By its first bytes; where these are damaged, by the first head of a block that is whole.</summary>
    public static bool Is(LayerFile file)
    {
        Span<byte> magic = stackalloc byte[PackedBlock.Magic.Length];
        magic = magic[..file.Read(0, magic)];
        if (
            magic.SequenceEqual(PackedBlock.Magic)
            || magic.SequenceEqual(PayloadFrame.Magic)
            || magic.SequenceEqual(PayloadGap.Magic)
        )
        {
            return magic.SequenceEqual(PackedBlock.Magic);
        }
        var end = Math.Min(file.Length, FirstBlocks);
        for (var at = FindMagic(file, 1, end); at < end; at = FindMagic(file, at + 1, end))
        {
            if (PackedBlock.ReadHead(file, at) is not null)
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>
    /// Writes the records, bodies included, into the empty file and syncs it. False: nothing is gained by it, which is no reason when it may grow, or
    /// there is no library.
    /// </summary>
    public static bool Write(
        LayerFile file,
        IEnumerable<PlacedRecord> records,
        PackingEffort effort,
        int blockBytes,
        bool mayGrow,
        CancellationToken cancellation
    )
    {
        var end = 0L;
        using var block = new BlockPacker(effort, blockBytes, mayGrow);
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
        return end > 0 || mayGrow;

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

    public PackedIndex Index()
    {
        List<(long, PackedBlock)> blocks = [.. Blocks()];
        return new(blocks, DamagedBytes);
    }

    /// <summary>The record that was at the offset before.</summary>
    public PayloadReading Read(PackedIndex index, long offset)
    {
        foreach (var (at, block) in index.Blocks)
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
        return index.DamagedBytes > 0
            ? new PayloadReading.Damaged($"{index.DamagedBytes} bytes of {file.Path} do not match their checksums.")
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
                var next = FindMagic(file, at + 1, file.Length);
                DamagedBytes += next - at;
                at = next;
            }
        }
    }

    /// <summary>The end, where there is none before it.</summary>
    static long FindMagic(LayerFile file, long from, long end)
    {
        var window = new byte[Window];
        for (var at = from; at < end; at += Window - PackedBlock.Magic.Length + 1)
        {
            var read = file.Read(at, window);
            var found = window.AsSpan(0, read).IndexOf(PackedBlock.Magic);
            if (found >= 0)
            {
                return at + found;
            }
        }
        return end;
    }
}

/// <summary>Where the blocks are and what is in them; and how many bytes belong to none.</summary>
sealed record PackedIndex(IReadOnlyList<(long At, PackedBlock Block)> Blocks, long DamagedBytes);
