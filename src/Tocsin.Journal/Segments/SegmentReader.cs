namespace Tocsin.Journal.Segments;

/// <summary>Reads the durable part of the log from one position on, segment by segment, each through a file handle of its own.</summary>
sealed class SegmentReader(SegmentLog log, long from) : JournalReader
{
    SegmentCursor? cursor;
    bool disposed;

    public override async ValueTask<JournalBatch> ReadAsync(int maxBytes, CancellationToken cancellation)
    {
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            ObjectDisposedException.ThrowIf(disposed || log.Closed, this);
            // Taken before the look at the log: what is committed after that look completes it.
            var advanced = log.Advanced;
            if (TryRead(maxBytes) is { } batch)
            {
                return batch;
            }
            await advanced.WaitAsync(cancellation);
        }
    }

    public override void Dispose()
    {
        disposed = true;
        cursor?.Dispose();
    }

    SegmentBatch? TryRead(int maxBytes)
    {
        var segments = log.Segments;
        if (cursor is null)
        {
            var first = segments.LastOrDefault(segment => segment.Start <= from) ?? segments.FirstOrDefault();
            if (first is null)
            {
                return null;
            }
            cursor = Start(first);
        }
        while (true)
        {
            var batch = cursor.Read(maxBytes, from);
            if (batch is { Records.Count: > 0 })
            {
                return batch;
            }
            if (batch is not null)
            {
                batch.Dispose();
                continue;
            }
            var next = segments.FirstOrDefault(segment => segment.Start > cursor.Segment.Start);
            if (next is null)
            {
                return null;
            }
            var following = Enter(next, cursor.Expected, cursor.Damage);
            cursor.Dispose();
            cursor = following;
        }
    }

    SegmentCursor Start(Segment segment)
    {
        var first = segment.Start + SegmentHeader.Bytes;
        if (from <= first)
        {
            return Enter(segment, from, null);
        }
        var file = Open(segment);
        // Where no record begins, walk there from the segment's beginning.
        return new SegmentCursor(file, segment, from >= segment.End || IsRecord(file, segment) ? from : first);
    }

    bool IsRecord(LayerFile? file, Segment segment)
    {
        Span<byte> header = stackalloc byte[RecordFrame.HeaderBytes];
        try
        {
            return file?.Read(from - segment.Start, header) == header.Length
                && RecordFrame.TryReadHeader(header, from, out _, out _);
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Begins a segment at its first record. Its header tells whether records are missing since the last one that was seen.</summary>
    SegmentCursor Enter(Segment segment, long expected, string? damage)
    {
        expected = Math.Max(expected, from);
        var file = Open(segment);
        var first = segment.Start + SegmentHeader.Bytes;
        var previousEnd = (file is null ? null : SegmentHeader.Read(file, segment.Start))?.PreviousEnd ?? segment.Start;
        var gap = expected < previousEnd ? new JournalGap(expected, previousEnd, damage ?? "missing") : null;
        return new SegmentCursor(file, segment, first, gap);
    }

    LayerFile? Open(Segment segment)
    {
        try
        {
            return log.Files.Open(segment.Path, writable: false);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}
