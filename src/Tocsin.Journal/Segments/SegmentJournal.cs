using System.Buffers;

namespace Tocsin.Journal.Segments;

/// <summary>
/// The embedded journal: a log of segment files in one directory, owned by one process.
/// A position is the byte offset in the whole log. An append returns when its record is synced; whatever was not synced when the
/// process or the machine stopped is cut off at the next open, and damage elsewhere costs the damaged records and no others.
/// </summary>
public sealed class SegmentJournal : Journal
{
    /// <summary>The file in the directory that one process holds.</summary>
    public const string LockName = "lock";

    readonly SegmentJournalOptions options;
    readonly IDisposable held;
    readonly SegmentLog log;
    readonly CommitLoop commits;
    readonly Lock releasing = new();
    long released;

    SegmentJournal(SegmentJournalOptions options, FileLayer files, TimeProvider time, IDisposable held)
    {
        var found = SegmentRecovery.Run(files, options.Directory);
        // Where AtLeast is higher, the records between are known to have existed: the next segment's header says so.
        var recordsEnd = Math.Max(found.RecordsEnd, options.AtLeast);
        this.options = options;
        this.held = held;
        TornTail = found.TornTail;
        log = new SegmentLog(
            files,
            options.Directory,
            found.Segments,
            RecordFrame.Align(recordsEnd),
            options.CommitsByHand ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously
        );
        commits = new CommitLoop(log, new SegmentWriter(log, options, recordsEnd), options, time);
    }

    /// <summary>What was cut off at the open because it never became durable as a whole; null after an orderly stop.</summary>
    public JournalGap? TornTail { get; }

    public override long End => log.End;

    public override JournalState State
    {
        get
        {
            var segments = log.Segments;
            return new JournalState(
                log.End,
                Volatile.Read(ref released),
                segments.Sum(segment => segment.End - segment.Start),
                segments.Length,
                commits.Queue.Refusing
            );
        }
    }

    /// <summary>One round of the group commit where <see cref="SegmentJournalOptions.CommitsByHand"/>. False: nothing waits.</summary>
    internal bool TryCommit() => commits.TryRound();

    internal bool HasWork => commits.Queue.HasWork;

    /// <summary>Takes the directory for this process and finds the end of the log.</summary>
    /// <exception cref="JournalInUseException">Another process has it.</exception>
    /// <exception cref="InvalidDataException">A newer version wrote it.</exception>
    public static SegmentJournal Open(SegmentJournalOptions options, FileLayer files, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.SegmentBytes, SegmentHeader.Bytes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.MaxRecordBytes, 1 << 30);
        ArgumentOutOfRangeException.ThrowIfNegative(options.AtLeast);
        files.CreateDirectory(options.Directory);
        if (Path.GetDirectoryName(options.Directory) is { Length: > 0 } parent)
        {
            files.SyncDirectory(parent);
        }
        var held = files.TryLock(Path.Combine(options.Directory, LockName)) ?? throw new JournalInUseException(options.Directory);
        try
        {
            return new SegmentJournal(options, files, time, held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public override ValueTask<long> AppendAsync(ReadOnlySequence<byte> record, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(record.Length, options.MaxRecordBytes);
        cancellation.ThrowIfCancellationRequested();
        var append = new PendingAppend(record, cancellation);
        commits.Queue.Add(append);
        return new ValueTask<long>(append.Task);
    }

    public override JournalReader OpenReader(long from)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        // A reader ahead of the log would pass over all that is appended until the log has reached it.
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, log.End);
        return new SegmentReader(log, from);
    }

    public override void Release(long below)
    {
        lock (releasing)
        {
            Volatile.Write(ref released, Math.Max(released, below));
            var segments = log.Segments;
            foreach (var segment in segments)
            {
                // The newest one stays: it holds the log's end.
                if (segment.End > below || segment == segments[^1])
                {
                    return;
                }
                try
                {
                    log.Files.Delete(segment.Path);
                }
                catch (IOException)
                {
                    // It stays in the list for the next release.
                    return;
                }
                log.Remove(segment);
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await commits.StopAsync();
        log.Close();
        held.Dispose();
    }
}
