using System.Collections.Concurrent;
using System.Globalization;
using Tocsin.Journal;

namespace Tocsin.Server.Payloads;

/// <summary>
/// Bodies and rows as append-only segment files of one arrival day each: what DuckDB holds can be made from them again.
/// One writer; readers and whoever looks after past days beside it. Records past the position that the metadata has applied are referenced by
/// nobody.
/// </summary>
sealed class PayloadStore : IDisposable
{
    /// <summary>As it came. Some 1.2 million events, which take an hour and a half of one processor that nobody else wants.</summary>
    const long MostThorough = 8L << 30;

    readonly FileLayer files;
    readonly string directory;
    readonly long segmentBytes;

    /// <summary>Held by who writes to the open segment or changes which one that is.</summary>
    readonly Lock writing = new();
    LayerFile? current;
    int day;
    int segment;
    long end;
    PayloadEnd? resumed;

    /// <summary>Of segments that get nothing more, so that nobody has to ask the disk again and again.</summary>
    readonly ConcurrentDictionary<string, long> stored = new(StringComparer.Ordinal);

    /// <summary>Days of which no segment can be packed any further.</summary>
    readonly ConcurrentDictionary<int, bool> packed = [];

    /// <summary>The position of the last batch in each segment that was written to since the start.</summary>
    readonly ConcurrentDictionary<string, long> written = new(StringComparer.Ordinal);

    readonly SegmentFiles segments;

    PayloadStore(FileLayer files, string directory, long segmentBytes, int blockBytes)
    {
        this.files = files;
        segments = new(files, blockBytes);
        this.directory = directory;
        this.segmentBytes = segmentBytes;
    }

    /// <param name="committed">Where the last batch ends that the metadata has applied; null: none is.</param>
    /// <param name="segmentBytes">A segment that has so many gets nothing more.</param>
    /// <param name="blockBytes">Of a packed segment, raw: more compress better, but all of them are unpacked for one (8 MB in some 3 ms), and lost with a damaged bit.</param>
    public static PayloadStore Open(
        FileLayer files,
        string directory,
        PayloadEnd? committed,
        long segmentBytes = 256 << 20,
        int blockBytes = 8 << 20
    )
    {
        files.CreateDirectory(directory);
        foreach (var path in files.List(directory, "*.seg" + SegmentFiles.Unfinished))
        {
            files.Delete(path);
        }
        var store = new PayloadStore(files, directory, segmentBytes, blockBytes);
        store.ResumeAt(committed);
        return store;
    }

    /// <summary>
    /// Cuts off what was written behind the last applied batch. That can be one batch at most; more of them mean that the metadata was put
    /// back to an older state. Then they may be the only copy: they stay, and new segments are begun behind them.
    /// </summary>
    public void ResumeAt(PayloadEnd? committed)
    {
        using var held = writing.EnterScope();
        Abandon();
        resumed = committed;
        foreach (var path in files.List(directory, "*.seg"))
        {
            var isCommitted = committed is not null && DayOf(path) == committed.Day && NumberOf(path) == committed.Segment;
            if (isCommitted)
            {
                Continue(path, committed!);
            }
            else if (ReadableBatchesIn(path, 0, committed?.Position ?? 0) is 0 or 1)
            {
                files.Delete(path);
                files.SyncDirectory(directory);
            }
        }
    }

    public long FreeBytes => files.FreeBytes(directory);

    /// <summary>Days with records, oldest first, as yyyymmdd.</summary>
    public IReadOnlyList<int> Days => [.. files.List(directory, "*.seg").Select(DayOf).Distinct().Order()];

    /// <summary>Writes the frames one after the other into one segment and makes them durable with one sync.</summary>
    /// <param name="position">Of the journal behind them.</param>
    /// <exception cref="IOException">Nothing of it counts; the next append begins a new segment.</exception>
    public PayloadAppend Append(int day, long position, IReadOnlyList<ReadOnlyMemory<byte>> frames)
    {
        using var held = writing.EnterScope();
        if (current is null || day != this.day || end >= segmentBytes)
        {
            Begin(day);
        }
        var locations = new PayloadLocation[frames.Count];
        var offset = end;
        for (var i = 0; i < frames.Count; i++)
        {
            locations[i] = new(this.day, segment, offset, frames[i].Length);
            offset += frames[i].Length;
        }
        try
        {
            current!.Write(end, frames);
            current.Sync();
        }
        catch (IOException)
        {
            // After a failed sync the kernel may call pages clean that it never wrote: this file gets nothing more.
            Abandon();
            throw;
        }
        var begin = end;
        end = offset;
        written[SegmentPath(this.day, segment)] = position;
        return new(locations, begin, new(this.day, segment, end, position));
    }

    /// <summary>Takes back the last append, which no metadata refers to.</summary>
    public void TakeBack(PayloadAppend append)
    {
        using var held = writing.EnterScope();
        if (current is not null && (append.End.Day, append.End.Segment, append.End.Offset) == (day, segment, end))
        {
            current.Truncate(append.Begin);
            end = append.Begin;
        }
    }

    public PayloadReading Read(PayloadLocation location)
    {
        var path = SegmentPath(location.Day, location.Segment);
        if (location.IsEmpty || !files.Exists(path))
        {
            return new PayloadReading.Gone();
        }
        return segments.Read(path, location);
    }

    /// <summary>
    /// The record that is asked for. Whole as it may be, another one in its place is damage: its file stands where it should not, and nobody may
    /// be given what is somebody else's.
    /// </summary>
    public PayloadReading Read(PayloadLocation location, Func<PayloadRecord, bool> isIt) =>
        Read(location) switch
        {
            PayloadReading.Found { Record: var record } when !isIt(record) => new PayloadReading.Damaged(
                $"The record at {location.Offset} of {SegmentPath(location.Day, location.Segment)} is another one."
            ),
            var reading => reading,
        };

    /// <summary>
    /// A day's records without bodies: the newest segment first, within it in the order of their writing. So what was written again after a
    /// failure comes before what the failure left behind. <paramref name="damaged"/> is told of bytes passed over.
    /// </summary>
    public IEnumerable<PlacedRecord> Scan(int day, Action<string, long> damaged)
    {
        foreach (var path in Segments(day).Reverse())
        {
            foreach (var placed in segments.Scan(path, day, NumberOf(path), damaged))
            {
                yield return placed;
            }
        }
    }

    /// <summary>
    /// The records between two offsets of one segment, in order. <paramref name="damaged"/> is told of bytes that cannot be read: all of them, when
    /// the segment is gone.
    /// </summary>
    public IReadOnlyList<PlacedRecord> Read(int day, int segment, long from, long to, Action<string, long> damaged)
    {
        var path = SegmentPath(day, segment);
        if (!files.Exists(path))
        {
            damaged(path, to - from);
            return [];
        }
        if (segments.IsPacked(path))
        {
            var records = segments.Scan(path, day, segment, damaged);
            return [.. records.Where(placed => placed.Location.Offset >= from && placed.Location.Offset < to)];
        }
        using var file = files.Open(path, writable: false);
        var scan = new SegmentScan(file, day, segment, withBodies: false);
        PlacedRecord[] read = [.. scan.Records(from).TakeWhile(placed => placed.Location.Offset < to)];
        var passed =
            read.Sum(placed => (long)placed.Location.Length) + scan.Gaps.Where(gap => gap.Offset < to).Sum(gap => gap.Length);
        if (from + passed < to)
        {
            damaged(path, to - from - passed);
        }
        return read;
    }

    /// <summary>What the day takes on the disk.</summary>
    public long BytesOf(int day) =>
        Segments(day).Sum(path => day == Volatile.Read(ref this.day) ? StoredLength(path) : stored.GetOrAdd(path, StoredLength));

    /// <summary>
    /// Forgets records of a day before the others, whose locations stay. Of a day that is over; but a batch may be on its way to it, which the
    /// metadata will refer to when it is committed.
    /// </summary>
    /// <param name="day">As yyyymmdd.</param>
    /// <param name="committed">The position up to which the metadata has batches; records behind it stay.</param>
    /// <param name="forgets">Asked of the others.</param>
    /// <returns>Bytes of the records that went; 0 when they were gone already.</returns>
    public long Thin(int day, long committed, Func<PayloadRecord, bool> forgets) =>
        Segments(day).Sum(path => Thin(path, day, committed, forgets));

    /// <summary>
    /// Compresses the day's records in blocks of many; their locations stay. Of a day that is over: what comes for it all the same goes to a
    /// segment of its own, for the next time. It may end at any moment, and goes on with the segments that are left.
    /// </summary>
    public void Pack(int day, CancellationToken cancellation)
    {
        var effort = BytesOf(day) <= MostThorough ? PackingEffort.Thorough : PackingEffort.Quick;
        var paths = LetGo(day);
        foreach (var path in paths)
        {
            cancellation.ThrowIfCancellationRequested();
            segments.Pack(path, day, NumberOf(path), effort, cancellation);
            stored.TryRemove(path, out _);
        }
        using var held = writing.EnterScope();
        packed[day] = Segments(day).Count == paths.Count;
    }

    /// <summary>Whether packing was tried on all of it.</summary>
    public bool IsPacked(int day) => packed.GetOrAdd(day, _ => Segments(day).All(segments.IsPacked));

    /// <summary>Forgets a day for good; its locations read as gone. Like <see cref="Thin(int, long, Func{PayloadRecord, bool})"/>, not what is on its way.</summary>
    public void DropDay(int day, long committed)
    {
        foreach (var path in LetGo(day))
        {
            if (written.GetValueOrDefault(path) > committed)
            {
                Thin(path, day, committed, _ => true);
                continue;
            }
            files.Delete(path);
            stored.TryRemove(path, out _);
            written.TryRemove(path, out _);
        }
        files.SyncDirectory(directory);
    }

    long Thin(string path, int day, long committed, Func<PayloadRecord, bool> forgets)
    {
        var thinned = segments.Thin(path, day, NumberOf(path), record => record.IsUpTo(committed) && forgets(record));
        stored.TryRemove(path, out _);
        return thinned;
    }

    public void Dispose()
    {
        using var held = writing.EnterScope();
        Abandon();
    }

    /// <summary>The day's segments, none of which is written to from now on.</summary>
    IReadOnlyList<string> LetGo(int day)
    {
        using var held = writing.EnterScope();
        if (day == this.day)
        {
            Abandon();
        }
        return Segments(day);
    }

    /// <summary>A segment that was packed meanwhile gets nothing more.</summary>
    void Continue(string path, PayloadEnd committed)
    {
        if (!MayGetMore(path, committed))
        {
            return;
        }
        current = files.Open(path, writable: true);
        (day, segment, end) = (committed.Day, committed.Segment, committed.Offset);
        if (current.Length > end)
        {
            current.Truncate(end);
        }
    }

    bool MayGetMore(string path, PayloadEnd committed)
    {
        try
        {
            return !segments.IsPacked(path) && BatchesIn(path, committed.Offset, committed.Position) is 0 or 1;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>One that the disk does not give out is damaged: it must not keep the others from being taken up.</summary>
    int? ReadableBatchesIn(string path, long from, long position)
    {
        try
        {
            return BatchesIn(path, from, position);
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>
    /// The batches from there on, counted up to two; null when the first record is an applied one or cannot be read: then the segment is
    /// damaged rather than unfinished, and is left alone.
    /// </summary>
    int? BatchesIn(string path, long from, long position)
    {
        using var file = files.Open(path, writable: false);
        if (file.Length < from)
        {
            return null;
        }
        var header = new byte[PayloadFrame.HeaderLength];
        if (file.Read(from, header) < header.Length || PayloadFrame.LengthOf(header) is null)
        {
            return from == 0 ? null : 0;
        }
        if (PayloadFrame.PositionOf(header) < position)
        {
            return null;
        }
        var records = new SegmentScan(file, DayOf(path), NumberOf(path), withBodies: false).Records(from);
        // A whole segment goes by a record that is whole, too: one flipped bit makes an old position a new one.
        if (from == 0 && records.Select(placed => placed.Record.Position).FirstOrDefault(position) < position)
        {
            return null;
        }
        return records.Where(placed => placed.Record.Kind == PayloadKind.Batch).Take(2).Count();
    }

    void Begin(int day)
    {
        Abandon();
        // Not the number of one that is gone, to which the index still leads.
        var committed = resumed?.Day == day ? resumed.Segment : 0;
        var segment = Segments(day).Select(NumberOf).Append(committed).Max() + 1;
        current = files.Create(SegmentPath(day, segment));
        files.SyncDirectory(directory);
        (this.day, this.segment, end) = (day, segment, 0);
        packed.TryRemove(day, out _);
    }

    void Abandon()
    {
        current?.Dispose();
        current = null;
    }

    long StoredLength(string path)
    {
        using var file = files.Open(path, writable: false);
        return file.StoredLength;
    }

    IReadOnlyList<string> Segments(int day) => files.List(directory, $"{day:D8}-*.seg");

    string SegmentPath(int day, int segment) => Path.Combine(directory, $"{day:D8}-{segment:D6}.seg");

    static int DayOf(string path) => int.Parse(Path.GetFileName(path)[..8], CultureInfo.InvariantCulture);

    static int NumberOf(string path) => int.Parse(Path.GetFileNameWithoutExtension(path)[9..], CultureInfo.InvariantCulture);
}

/// <summary>Where the segments end behind a batch, and the journal position it brought them to.</summary>
sealed record PayloadEnd(int Day, int Segment, long Offset, long Position);

/// <summary>Locations in the order of the frames; Begin: the offset before them.</summary>
sealed record PayloadAppend(IReadOnlyList<PayloadLocation> Locations, long Begin, PayloadEnd End);
