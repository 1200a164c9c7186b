namespace Tocsin.Journal.Segments;

/// <summary>
/// Finds the log's end after a stop of any kind. Only the newest segment can have a torn tail: every other was synced to its end
/// before its successor was begun. Nothing is appended to it any more; the next append begins a new segment.
/// </summary>
sealed record SegmentRecovery(List<Segment> Segments, long RecordsEnd, JournalGap? TornTail)
{
    const int ReadBytes = 1 << 20;

    public static SegmentRecovery Run(FileLayer files, string directory)
    {
        var segments = Segment.List(files, directory);
        var recordsEnd = 0L;
        JournalGap? torn = null;
        while (segments.Count > 0)
        {
            var last = segments[^1];
            var end = Settle(files, last, out var fileEnd);
            if (end < fileEnd)
            {
                torn = new JournalGap(end, torn?.To ?? fileEnd, "torn tail");
            }
            if (end > last.Start + SegmentHeader.Bytes)
            {
                recordsEnd = last.End = end;
                break;
            }
            // No record in it: it was just begun when the process stopped.
            files.Delete(last.Path);
            segments.RemoveAt(segments.Count - 1);
        }
        // Only what is durable may be shown to readers; a file that is merely visible could be gone after the next power loss.
        files.SyncDirectory(directory);
        return new SegmentRecovery(segments, recordsEnd, torn);
    }

    /// <summary>Cuts the segment after its last intact record, syncs it and returns its end.</summary>
    static long Settle(FileLayer files, Segment segment, out long fileEnd)
    {
        using var file = files.Open(segment.Path, writable: true);
        fileEnd = segment.Start + file.Length;
        RefuseNewerFormat(file, segment);
        segment.End = fileEnd;
        var end = segment.Start + SegmentHeader.Bytes;
        // The cursor shares the file but must not close it before the sync.
        var cursor = new SegmentCursor(file, segment, end);
        while (cursor.Read(ReadBytes, from: 0) is { } batch)
        {
            batch.Dispose();
        }
        if (cursor.Unreadable)
        {
            // Perhaps readable another time: keep every byte and let the readers judge.
            return fileEnd;
        }
        if (cursor.Expected < fileEnd)
        {
            file.Truncate(cursor.Expected - segment.Start);
        }
        file.Sync();
        return cursor.Expected;
    }

    static void RefuseNewerFormat(LayerFile file, Segment segment)
    {
        Span<byte> bytes = stackalloc byte[SegmentHeader.Bytes];
        file.Read(0, bytes);
        if (SegmentHeader.Read(bytes, segment.Start) is { Version: > SegmentHeader.CurrentVersion } header)
        {
            throw new InvalidDataException(
                $"{segment.Path} has format {header.Version}, which a newer Tocsin wrote; this one reads up to {SegmentHeader.CurrentVersion}."
            );
        }
    }
}
