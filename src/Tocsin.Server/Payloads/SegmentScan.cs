using Tocsin.Journal;

namespace Tocsin.Server.Payloads;

/// <summary>A record and where it lies.</summary>
readonly record struct PlacedRecord(PayloadLocation Location, PayloadRecord Record);

/// <summary>
/// Reads one segment from its beginning. Damaged bytes cost the records they touch: the scan goes on at the next place where magic, length
/// and checksum agree.
/// </summary>
sealed class SegmentScan(LayerFile file, int day, int segment, bool withBodies)
{
    const int Window = 1 << 20;

    byte[] window = new byte[Window];
    long start;
    int filled;

    /// <summary>Bytes passed over because they were damaged.</summary>
    public long DamagedBytes { get; private set; }

    /// <summary>Where records were forgotten.</summary>
    public List<(long Offset, int Length)> Gaps { get; } = [];

    public IEnumerable<PlacedRecord> Records(long from)
    {
        var offset = from;
        var length = file.Length;
        while (offset + PayloadFrame.HeaderLength <= length)
        {
            if (ReadAt(offset, length) is { } found)
            {
                yield return found;
                offset += found.Location.Length;
            }
            else if (PayloadGap.LengthOf(Bytes(offset, PayloadGap.HeaderLength)) is { } gap && offset + gap <= length)
            {
                Gaps.Add((offset, gap));
                offset += gap;
            }
            else
            {
                var next = FindMagic(offset + 1, length);
                DamagedBytes += next - offset;
                offset = next;
            }
        }
    }

    PlacedRecord? ReadAt(long offset, long length)
    {
        if (PayloadFrame.LengthOf(Bytes(offset, PayloadFrame.LeadLength)) is not { } frame || offset + frame > length)
        {
            return null;
        }
        return PayloadFrame.Read(Bytes(offset, frame), withBodies) is { } record
            ? new(new(day, segment, offset, frame), record)
            : null;
    }

    long FindMagic(long offset, long length)
    {
        while (offset < length)
        {
            var bytes = Bytes(offset, (int)Math.Min(Window / 2, length - offset));
            var at = bytes.IndexOf(PayloadFrame.Magic);
            if (at >= 0)
            {
                return offset + at;
            }
            // The magic may lie across the edge of the window.
            offset += Math.Max(1, bytes.Length - PayloadFrame.Magic.Length + 1);
        }
        return length;
    }

    /// <summary>Fewer bytes only at the end of the file.</summary>
    ReadOnlySpan<byte> Bytes(long offset, int count)
    {
        if (offset < start || offset + count > start + filled)
        {
            if (count > window.Length)
            {
                window = new byte[count];
            }
            start = offset;
            filled = file.Read(offset, window);
        }
        var at = (int)(offset - start);
        return window.AsSpan(at, Math.Min(count, filled - at));
    }
}
