namespace Tocsin.Journal.Segments;

/// <summary>
/// Writes batches to the newest segment; only the commit thread uses it. A segment whose write or sync failed is never written
/// again: after a failed sync the kernel may have dropped the pages and would call the next sync a success.
/// </summary>
sealed class SegmentWriter(SegmentLog log, SegmentJournalOptions options, long recordsEnd) : IDisposable
{
    readonly List<ReadOnlyMemory<byte>> parts = [];
    byte[] frames = new byte[4096];
    LayerFile? file;
    Segment? active;
    Segment? abandonedEmpty;

    // Up to here records have existed; the next segment's header says so to its readers.
    long recordsEnd = recordsEnd;

    /// <summary>Makes sure that a record of this size can be written next; begins a new segment where there is none or it is full.</summary>
    public void MakeRoom(long size)
    {
        if (active is not null && !IsEmpty && active.End - active.Start + size > options.SegmentBytes)
        {
            Close();
        }
        if (active is null)
        {
            Begin();
        }
    }

    /// <summary>How many bytes the next batch may have when its first record has this size.</summary>
    public long RoomFor(long size) =>
        active is null ? 0 : Math.Max(size, Math.Min(options.CommitBytes, options.SegmentBytes - (active.End - active.Start)));

    /// <summary>Gives the records their positions and returns when all of them are durable.</summary>
    public void Commit(List<PendingAppend> batch)
    {
        var segment = active!;
        var end = Lay(batch, segment.End);
        file!.Write(segment.End - segment.Start, parts);
        file.Sync();
        recordsEnd = end;
        log.Advance(segment, end);
    }

    /// <summary>Leaves the segment at its last durable byte; the next one starts there, which also cuts off what cannot be truncated.</summary>
    public void Abandon()
    {
        if (active is null)
        {
            return;
        }
        try
        {
            file!.Truncate(active.End - active.Start);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException) { }
        // Deleted only after the next one is there: the newest segment holds the log's end.
        abandonedEmpty = IsEmpty ? active : null;
        Close();
    }

    public void Dispose() => Close();

    bool IsEmpty => active!.End == active.Start + SegmentHeader.Bytes;

    void Close()
    {
        file?.Dispose();
        file = null;
        active = null;
    }

    void Begin()
    {
        var start = RecordFrame.Align(log.End);
        var segment = Segment.At(log.Directory, start);
        while (log.Files.Exists(segment.Path))
        {
            // Left by an attempt that failed and could not be deleted; the next possible start gives it no room for a record.
            start += RecordFrame.Alignment;
            segment = Segment.At(log.Directory, start);
        }
        LayerFile? created = null;
        try
        {
            created = log.Files.Create(segment.Path);
            created.Write(0, [SegmentHeader.Write(start, recordsEnd)]);
            created.Sync();
            log.Files.SyncDirectory(log.Directory);
        }
        catch
        {
            if (created is not null)
            {
                created.Dispose();
                TryDelete(segment.Path);
            }
            throw;
        }
        segment.End = start + SegmentHeader.Bytes;
        file = created;
        active = segment;
        log.Add(segment);
        if (abandonedEmpty is not null)
        {
            log.Remove(abandonedEmpty);
            TryDelete(abandonedEmpty.Path);
            abandonedEmpty = null;
        }
    }

    void TryDelete(string path)
    {
        try
        {
            log.Files.Delete(path);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException) { }
    }

    /// <summary>Header, payload, padding of every record as one list of parts; payloads are not copied. Returns the end position.</summary>
    long Lay(List<PendingAppend> batch, long position)
    {
        const int Overhead = RecordFrame.HeaderBytes + RecordFrame.Alignment;
        if (frames.Length < batch.Count * Overhead)
        {
            frames = new byte[batch.Count * Overhead * 2];
        }
        parts.Clear();
        var used = 0;
        var padding = 0;
        foreach (var append in batch)
        {
            // The padding of the record before lies next to this header: one part for both.
            frames.AsSpan(used, padding).Clear();
            append.Position = position;
            var header = frames.AsSpan(used + padding, RecordFrame.HeaderBytes);
            RecordFrame.WriteHeader(header, position, (int)append.Record.Length, append.Checksum);
            parts.Add(frames.AsMemory(used, padding + RecordFrame.HeaderBytes));
            used += padding + RecordFrame.HeaderBytes;
            foreach (var payload in append.Record)
            {
                if (!payload.IsEmpty)
                {
                    parts.Add(payload);
                }
            }
            padding = (int)(append.Size - RecordFrame.HeaderBytes - append.Record.Length);
            position += append.Size;
        }
        if (padding > 0)
        {
            frames.AsSpan(used, padding).Clear();
            parts.Add(frames.AsMemory(used, padding));
        }
        return position;
    }
}
