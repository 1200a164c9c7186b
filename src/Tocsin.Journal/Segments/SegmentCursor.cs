using System.Buffers;

namespace Tocsin.Journal.Segments;

/// <summary>
/// Walks the records of one segment in order, in big reads. Damage never stops it: what cannot be read or does not match its
/// checksum is passed over, and becomes a gap as soon as the next intact record shows how far it reaches.
/// </summary>
sealed class SegmentCursor(LayerFile? file, Segment segment, long position, JournalGap? before = null) : IDisposable
{
    const int SmallestRead = 4096;

    long position = position;
    long expected = position;
    JournalGap? before = before;
    string? damage = file is null ? "missing" : null;

    public Segment Segment => segment;

    /// <summary>End of the last intact record; before the first one, where its predecessor should have ended.</summary>
    public long Expected => before?.From ?? expected;

    /// <summary>Why bytes after <see cref="Expected"/> were passed over; null when none were.</summary>
    public string? Damage => damage;

    /// <summary>Why some bytes could not be read at all, though perhaps they can another time; null when all could.</summary>
    public string? Unreadable { get; private set; }

    /// <summary>
    /// The next records, about as many bytes as asked for but at least one record; null at the segment's present end. The batch may
    /// have no records where all that was read is damaged.
    /// </summary>
    public SegmentBatch? Read(int maxBytes, long from)
    {
        var end = segment.End;
        if (position >= end)
        {
            return null;
        }
        var records = new List<JournalRecord>();
        var gaps = new List<JournalGap>();
        long want = Math.Max(maxBytes, SmallestRead);
        while (true)
        {
            var length = (int)Math.Min(want, end - position);
            var buffer = ArrayPool<byte>.Shared.Rent(length);
            var read = Fill(buffer.AsSpan(0, length));
            want = Parse(buffer.AsMemory(0, read), end, cut: read < length, maxBytes, from, records, gaps);
            if (want == 0)
            {
                return new SegmentBatch(buffer, records, gaps, expected);
            }
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => file?.Dispose();

    /// <summary>Returns 0, or how many bytes must be read from the new position to hold its record.</summary>
    long Parse(
        ReadOnlyMemory<byte> bytes,
        long end,
        bool cut,
        int maxBytes,
        long from,
        List<JournalRecord> records,
        List<JournalGap> gaps
    )
    {
        var offset = 0;
        long needed = 0;
        while (offset < bytes.Length)
        {
            var here = position + offset;
            var rest = bytes[offset..];
            if (!RecordFrame.TryReadHeader(rest.Span, here, out var payloadBytes, out var checksum))
            {
                if (rest.Length < RecordFrame.HeaderBytes && here + rest.Length < end && !cut)
                {
                    break;
                }
                damage ??= Unreadable ?? "damaged record header";
                offset += RecordFrame.FindHeader(rest.Span, here);
                continue;
            }
            var size = RecordFrame.SizeOf(payloadBytes);
            if (here + size > end)
            {
                damage ??= "cut record";
                offset += RecordFrame.Alignment;
                continue;
            }
            if (size > rest.Length && !cut)
            {
                needed = records.Count == 0 ? size : 0;
                break;
            }
            if (records.Count > 0 && offset + size > maxBytes)
            {
                break;
            }
            if (size > rest.Length)
            {
                damage ??= "missing";
                break;
            }
            Accept(rest.Slice(RecordFrame.HeaderBytes, payloadBytes), here, size, checksum, from, records, gaps);
            offset += (int)size;
        }
        if (cut && needed == 0 && (records.Count == 0 || offset >= bytes.Length))
        {
            // The file ends before the segment does: nothing more can come from it.
            damage ??= "missing";
            position = end;
            return 0;
        }
        position += offset;
        return needed;
    }

    void Accept(
        ReadOnlyMemory<byte> payload,
        long at,
        long size,
        uint checksum,
        long from,
        List<JournalRecord> records,
        List<JournalGap> gaps
    )
    {
        if (Crc32C.Of(payload.Span) != checksum)
        {
            damage ??= Unreadable ?? "checksum mismatch";
            return;
        }
        if (before is not null)
        {
            gaps.Add(before);
            before = null;
        }
        if (at > expected && at > from)
        {
            gaps.Add(new JournalGap(Math.Max(expected, from), at, damage ?? "missing"));
        }
        damage = null;
        expected = at + size;
        if (at >= from)
        {
            records.Add(new JournalRecord(at, payload));
        }
    }

    int Fill(Span<byte> into)
    {
        if (file is null)
        {
            return 0;
        }
        var offset = position - segment.Start;
        try
        {
            return file.Read(offset, into);
        }
        catch (IOException fault)
        {
            return FillByBlocks(file, offset, into, fault);
        }
    }

    /// <summary>One bad block must cost what lies on it, not the whole read. When nothing can be read it is the device: no gap, but an error.</summary>
    int FillByBlocks(LayerFile source, long offset, Span<byte> into, IOException fault)
    {
        var total = 0;
        var good = 0;
        while (total < into.Length)
        {
            var left = SmallestRead - (int)((offset + total) % SmallestRead);
            var block = into.Slice(total, Math.Min(left, into.Length - total));
            try
            {
                var read = source.Read(offset + total, block);
                good++;
                total += read;
                if (read < block.Length)
                {
                    break;
                }
            }
            catch (IOException)
            {
                block.Clear();
                total += block.Length;
            }
        }
        // What was asked for may lie on that one block alone.
        if (good == 0 && !CanRead(source, 0) && !CanRead(source, source.Length - 1))
        {
            throw fault;
        }
        Unreadable = $"unreadable: {fault.Message}";
        return total;
    }

    static bool CanRead(LayerFile source, long offset)
    {
        Span<byte> one = stackalloc byte[1];
        try
        {
            return source.Read(offset, one) == one.Length;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
