using Tocsin.Journal;

namespace Tocsin.Server.Payloads;

/// <summary>
/// Takes records out of a segment whose other records stay where they are. A gap is marked and synced before its space is given back: stopped
/// in between, the next thinning gives it back.
/// </summary>
static class PayloadThinning
{
    /// <returns>Bytes of the records that went.</returns>
    public static long Thin(LayerFile file, int day, int segment, Func<PayloadRecord, bool> forgets)
    {
        var scan = new SegmentScan(file, day, segment, withBodies: false);
        var runs = new List<(long Offset, int Length)>();
        var thinned = 0L;
        foreach (var placed in scan.Records(0))
        {
            if (forgets(placed.Record))
            {
                Add(runs, placed.Location.Offset, placed.Location.Length);
                thinned += placed.Location.Length;
            }
        }
        foreach (var (offset, length) in runs)
        {
            file.Write(offset, [PayloadGap.Write(length)]);
        }
        if (runs.Count > 0)
        {
            file.Sync();
        }
        foreach (var (offset, length) in runs.Concat(scan.Gaps))
        {
            file.Release(offset + PayloadGap.HeaderLength, length - PayloadGap.HeaderLength);
        }
        return thinned;
    }

    /// <summary>Records that follow each other become one gap: only whole blocks of the disk can be given back.</summary>
    static void Add(List<(long Offset, int Length)> runs, long offset, int length)
    {
        if (runs is [.., var last] && last.Offset + last.Length == offset)
        {
            runs[^1] = (last.Offset, last.Length + length);
        }
        else
        {
            runs.Add((offset, length));
        }
    }
}
