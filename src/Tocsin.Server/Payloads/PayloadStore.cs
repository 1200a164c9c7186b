using System.Globalization;
using Tocsin.Journal;

namespace Tocsin.Server.Payloads;

/// <summary>
/// Bodies and rows as append-only segment files of one arrival day each: what DuckDB holds can be made from them again.
/// One writer; readers beside it. Records past the position that the metadata has applied are referenced by nobody.
/// </summary>
sealed class PayloadStore : IDisposable
{
    readonly FileLayer _files;
    readonly string _directory;
    readonly long _segmentBytes;
    LayerFile? _current;
    int _day;
    int _segment;
    long _end;

    PayloadStore(FileLayer files, string directory, long segmentBytes)
    {
        _files = files;
        _directory = directory;
        _segmentBytes = segmentBytes;
    }

    /// <param name="committed">Where the last batch ends that the metadata has applied; null: none is.</param>
    public static PayloadStore Open(FileLayer files, string directory, PayloadEnd? committed, long segmentBytes = 256 << 20)
    {
        files.CreateDirectory(directory);
        var store = new PayloadStore(files, directory, segmentBytes);
        if (committed is not null)
        {
            store.ResumeAt(committed);
        }
        return store;
    }

    public long FreeBytes => _files.FreeBytes(_directory);

    /// <summary>Days with records, oldest first, as yyyymmdd.</summary>
    public IReadOnlyList<int> Days => [.. _files.List(_directory, "*.seg").Select(DayOf).Distinct().Order()];

    /// <summary>Writes the frames one after the other into one segment and makes them durable with one sync.</summary>
    /// <exception cref="IOException">Nothing of it counts; the next append begins a new segment.</exception>
    public PayloadAppend Append(int day, IReadOnlyList<byte[]> frames)
    {
        if (_current is null || day != _day || _end >= _segmentBytes)
        {
            Begin(day);
        }
        var locations = new PayloadLocation[frames.Count];
        var parts = new ReadOnlyMemory<byte>[frames.Count];
        var offset = _end;
        for (var i = 0; i < frames.Count; i++)
        {
            parts[i] = frames[i];
            locations[i] = new(_day, _segment, offset, frames[i].Length);
            offset += frames[i].Length;
        }
        try
        {
            _current!.Write(_end, parts);
            _current.Sync();
        }
        catch (IOException)
        {
            // After a failed sync the kernel may call pages clean that it never wrote: this file gets nothing more.
            Abandon();
            throw;
        }
        var begin = _end;
        _end = offset;
        return new(locations, begin, new(_day, _segment, _end));
    }

    /// <summary>Takes back the last append, which no metadata refers to.</summary>
    public void TakeBack(PayloadAppend append)
    {
        if (_current is not null && append.End == new PayloadEnd(_day, _segment, _end))
        {
            _current.Truncate(append.Begin);
            _end = append.Begin;
        }
    }

    public PayloadReading Read(PayloadLocation location)
    {
        var path = SegmentPath(location.Day, location.Segment);
        if (location.IsEmpty || !_files.Exists(path))
        {
            return new PayloadReading.Gone();
        }
        using var file = _files.Open(path, writable: false);
        var frame = new byte[location.Length];
        return file.Read(location.Offset, frame) == frame.Length && PayloadFrame.Read(frame, withBody: true) is { } record
            ? new PayloadReading.Found(record)
            : new PayloadReading.Damaged($"The record at {location.Offset} of {path} does not match its checksum.");
    }

    /// <summary>A day's records in the order of their writing, without bodies. <paramref name="damaged"/> is told of bytes passed over.</summary>
    public IEnumerable<PlacedRecord> Scan(int day, Action<string, long> damaged)
    {
        foreach (var path in Segments(day))
        {
            using var file = _files.Open(path, writable: false);
            var scan = new SegmentScan(file, day, NumberOf(path), withBodies: false);
            foreach (var placed in scan.Records(0))
            {
                yield return placed;
            }
            if (scan.DamagedBytes > 0)
            {
                damaged(path, scan.DamagedBytes);
            }
        }
    }

    public long BytesOf(int day) => Segments(day).Sum(LengthOf);

    /// <summary>Forgets a day for good; its locations read as gone.</summary>
    public void DropDay(int day)
    {
        if (day == _day)
        {
            Abandon();
        }
        foreach (var path in Segments(day))
        {
            _files.Delete(path);
        }
        _files.SyncDirectory(_directory);
    }

    public void Dispose() => Abandon();

    void ResumeAt(PayloadEnd committed)
    {
        var path = SegmentPath(committed.Day, committed.Segment);
        if (!_files.Exists(path))
        {
            return;
        }
        var file = _files.Open(path, writable: true);
        var tail = new SegmentScan(file, committed.Day, committed.Segment, withBodies: false);
        var batches = tail.Records(committed.Offset).Count(placed => placed.Record.Kind == PayloadKind.Batch);
        // At most one batch can be written and not committed. More of them means that the metadata was put back to an older state:
        // then these records may be the only copy, and a new segment is begun behind them.
        if (file.Length < committed.Offset || batches > 1)
        {
            file.Dispose();
            return;
        }
        file.Truncate(committed.Offset);
        (_current, _day, _segment, _end) = (file, committed.Day, committed.Segment, committed.Offset);
    }

    void Begin(int day)
    {
        Abandon();
        var segment = Segments(day).Select(NumberOf).DefaultIfEmpty(0).Max() + 1;
        _current = _files.Create(SegmentPath(day, segment));
        _files.SyncDirectory(_directory);
        (_day, _segment, _end) = (day, segment, 0);
    }

    void Abandon()
    {
        _current?.Dispose();
        _current = null;
    }

    long LengthOf(string path)
    {
        using var file = _files.Open(path, writable: false);
        return file.Length;
    }

    IReadOnlyList<string> Segments(int day) => _files.List(_directory, $"{day:D8}-*.seg");

    string SegmentPath(int day, int segment) => Path.Combine(_directory, $"{day:D8}-{segment:D6}.seg");

    static int DayOf(string path) => int.Parse(Path.GetFileName(path)[..8], CultureInfo.InvariantCulture);

    static int NumberOf(string path) => int.Parse(Path.GetFileNameWithoutExtension(path)[9..], CultureInfo.InvariantCulture);
}

/// <summary>Where the segments end behind a batch.</summary>
sealed record PayloadEnd(int Day, int Segment, long Offset);

/// <summary>Locations in the order of the frames; Begin: the offset before them.</summary>
sealed record PayloadAppend(IReadOnlyList<PayloadLocation> Locations, long Begin, PayloadEnd End);
