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
        JournalGap? torn = null;
        while (segments.Count > 0 && !Settle(files, segments[^1], ref torn))
        {
            // The process stopped before the segment was begun; its predecessor is still the newest.
            files.Delete(segments[^1].Path);
            segments.RemoveAt(segments.Count - 1);
        }
        // Only what is durable may be shown to readers; a file that is merely visible could be gone after the next power loss.
        files.SyncDirectory(directory);
        return new SegmentRecovery(segments, segments.Count == 0 ? 0 : segments[^1].End, torn);
    }

    /// <summary>Cuts the segment after its last intact record and syncs it. False when there is neither a record nor a header.</summary>
    static bool Settle(FileLayer files, Segment segment, ref JournalGap? torn)
    {
        using var file = files.Open(segment.Path, writable: true);
        var header = ReadHeader(file, segment);
        var fileEnd = segment.Start + file.Length;
        segment.End = fileEnd;
        // Not disposed: it shares the file, which is still to be cut and synced.
        var cursor = new SegmentCursor(file, segment, segment.Start + SegmentHeader.Bytes);
        while (cursor.Read(ReadBytes, from: 0) is { } batch)
        {
            batch.Dispose();
        }
        if (cursor.Unreadable is not null)
        {
            // Perhaps readable another time: keep every byte and let the readers judge.
            return true;
        }
        if (cursor.Expected < fileEnd)
        {
            torn = new JournalGap(cursor.Expected, torn?.To ?? fileEnd, "torn tail");
        }
        if (header is null && cursor.Expected <= segment.Start + SegmentHeader.Bytes)
        {
            return false;
        }
        if (cursor.Expected < fileEnd)
        {
            file.Truncate(cursor.Expected - segment.Start);
        }
        file.Sync();
        segment.End = cursor.Expected;
        return true;
    }

    static SegmentHeader? ReadHeader(LayerFile file, Segment segment)
    {
        var header = SegmentHeader.Read(file, segment.Start);
        return header is { Version: > SegmentHeader.CurrentVersion }
            ? throw new InvalidDataException(
                $"{segment.Path} has format {header.Version}, which a newer Tocsin wrote; this one reads up to {SegmentHeader.CurrentVersion}."
            )
            : header;
    }
}
