using System.Collections.Concurrent;
using Tocsin.Journal;

namespace Tocsin.Server.Payloads;

/// <summary>
/// Segments that get nothing more, in either form: as they were written, or packed. What is changed in a packed one is written to a new file
/// that takes its place by a rename, so that after a crash the one or the other is there, and both hold every record that is asked for.
/// </summary>
sealed class SegmentFiles(FileLayer files, int blockBytes)
{
    public const string Unfinished = ".new";

    /// <summary>More packed segments than these are seldom read at once; an index has some 20 bytes per record.</summary>
    const int MostIndexes = 32;

    readonly ConcurrentDictionary<(string Path, long Length), PackedIndex> indexes = [];

    public PayloadReading Read(string path, PayloadLocation location)
    {
        using var file = files.Open(path, writable: false);
        if (PackedSegment.Is(file))
        {
            var packed = new PackedSegment(file, location.Day, location.Segment);
            return packed.Read(IndexOf(path, file, packed), location.Offset);
        }
        var frame = new byte[location.Length];
        var read = file.Read(location.Offset, frame);
        if (PayloadGap.LengthOf(frame) is not null)
        {
            return new PayloadReading.Gone();
        }
        return read == frame.Length && PayloadFrame.Read(frame, withBody: true) is { } record
            ? new PayloadReading.Found(record)
            : new PayloadReading.Damaged($"The record at {location.Offset} of {path} does not match its checksum.");
    }

    PackedIndex IndexOf(string path, LayerFile file, PackedSegment packed)
    {
        if (indexes.Count > MostIndexes)
        {
            indexes.Clear();
        }
        return indexes.GetOrAdd((path, file.Length), _ => packed.Index());
    }

    /// <summary>In the order of their writing.</summary>
    public IEnumerable<PlacedRecord> Scan(
        string path,
        int day,
        int segment,
        Action<string, long> damaged,
        bool withBodies = false
    )
    {
        using var file = files.Open(path, writable: false);
        var lost = 0L;
        if (PackedSegment.Is(file))
        {
            var packed = new PackedSegment(file, day, segment);
            foreach (var placed in packed.Records(withBodies))
            {
                yield return placed;
            }
            lost = packed.DamagedBytes;
        }
        else
        {
            var scan = new SegmentScan(file, day, segment, withBodies);
            foreach (var placed in scan.Records(0))
            {
                yield return placed;
            }
            lost = scan.DamagedBytes;
        }
        if (lost > 0)
        {
            damaged(path, lost);
        }
    }

    public bool IsPacked(string path)
    {
        using var file = files.Open(path, writable: false);
        return PackedSegment.Is(file);
    }

    /// <returns>False: it is damaged, or would not become smaller; it stays as it is.</returns>
    public bool Pack(string path, int day, int segment, PackingEffort effort, CancellationToken cancellation) =>
        IsPacked(path) || TryReplace(path, day, segment, _ => true, effort, isThinning: false, cancellation);

    /// <summary>
    /// What is forgotten must go, whatever it costs: of a packed segment the other records are written anew, be they larger than before, and what of it
    /// is damaged goes as well, since nobody can tell whose it was.
    /// </summary>
    /// <returns>Bytes of the records that went.</returns>
    /// <exception cref="IOException">They are all still there.</exception>
    public long Thin(string path, int day, int segment, Func<PayloadRecord, bool> forgets)
    {
        if (!IsPacked(path))
        {
            using var file = files.Open(path, writable: true);
            return PayloadThinning.Thin(file, day, segment, forgets);
        }
        var damage = 0L;
        var going = Scan(path, day, segment, (_, bytes) => damage += bytes)
            .Where(placed => forgets(placed.Record))
            .Sum(placed => (long)placed.Location.Length);
        if (
            going + damage > 0
            && !TryReplace(
                path,
                day,
                segment,
                record => !forgets(record),
                PackingEffort.Quick,
                isThinning: true,
                CancellationToken.None
            )
        )
        {
            throw new IOException($"The records that stay in {path} could not be written anew.");
        }
        return going;
    }

    bool TryReplace(
        string path,
        int day,
        int segment,
        Func<PayloadRecord, bool> keeps,
        PackingEffort effort,
        bool isThinning,
        CancellationToken cancellation
    )
    {
        var next = path + Unfinished;
        if (files.Exists(next))
        {
            files.Delete(next);
        }
        var (damage, count) = (0L, 0);
        bool written;
        using (var file = files.Create(next))
        {
            var records = Scan(path, day, segment, (_, bytes) => damage += bytes, withBodies: true)
                .Where(placed => keeps(placed.Record))
                .Select(placed =>
                {
                    count++;
                    return placed;
                });
            written =
                PackedSegment.Write(file, records, effort, blockBytes, mayGrow: isThinning, cancellation)
                && (damage == 0 || isThinning)
                && new PackedSegment(file, day, segment).Records(withBodies: false).Count() == count;
        }
        if (written)
        {
            files.Rename(next, path);
            // One of them was of the file that is gone, and the new one may be as long.
            indexes.Clear();
        }
        else
        {
            files.Delete(next);
        }
        files.SyncDirectory(Path.GetDirectoryName(path)!);
        return written;
    }
}
