using Tocsin.Journal.Files;

namespace Tocsin.Journal.Segments;

/// <summary>
/// Group commit: one thread takes all waiting appends, writes them with one call, syncs once and completes them. There is no timer:
/// an idle journal syncs a lone append at once, a busy one collects the next batch while it syncs.
/// When the disk fails, all waiting appends fail and new ones are refused until a fresh segment could be begun and synced.
/// A test that decides itself what happens when has no such thread and calls <see cref="TryRound"/>.
/// </summary>
sealed class CommitLoop
{
    readonly CommitQueue queue = new();
    readonly SegmentLog log;
    readonly SegmentWriter writer;
    readonly SegmentJournalOptions options;
    readonly ITimer retry;
    readonly TaskCompletionSource ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly List<PendingAppend> batch = [];
    long neededAgain;

    public CommitLoop(SegmentLog log, SegmentWriter writer, SegmentJournalOptions options, TimeProvider time)
    {
        this.log = log;
        this.writer = writer;
        this.options = options;
        retry = time.CreateTimer(_ => queue.Retry(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        if (!options.CommitsByHand)
        {
            new Thread(Run) { IsBackground = true, Name = "journal commit" }.Start();
        }
    }

    public CommitQueue Queue => queue;

    /// <summary>Commits what waits and ends.</summary>
    public async Task StopAsync()
    {
        queue.Close();
        if (options.CommitsByHand)
        {
            Run();
        }
        await ended.Task;
        await retry.DisposeAsync();
    }

    /// <summary>Commits what waits, on the caller's thread. False: there was nothing to do.</summary>
    public bool TryRound()
    {
        if (!queue.HasWork)
        {
            return false;
        }
        queue.WaitForWork();
        Round();
        return true;
    }

    void Run()
    {
        while (queue.WaitForWork())
        {
            Round();
        }
        writer.Dispose();
        ended.SetResult();
    }

    void Round()
    {
        try
        {
            Commit();
        }
        catch (Exception fault)
        {
            // Whatever it was: a thread that dies here would leave every caller waiting for ever.
            Fail(fault);
        }
        batch.Clear();
    }

    void Commit()
    {
        var size = queue.NextSize();
        RefuseWhenNearlyFull(size);
        writer.MakeRoom(size);
        queue.Accept();
        queue.Take(batch, writer.RoomFor(size));
        if (batch.Count == 0)
        {
            return;
        }
        writer.Commit(batch);
        foreach (var append in batch)
        {
            append.SetResult(append.Position);
        }
    }

    void RefuseWhenNearlyFull(long size)
    {
        var free = log.Files.FreeBytes(log.Directory);
        var needed = Math.Max(size, neededAgain);
        if (free - needed < options.ReserveBytes)
        {
            // Accepting again takes a little more room than refusing left, or the journal would change its mind all the time.
            neededAgain = Math.Max(needed, options.ReserveBytes / 8);
            throw new JournalUnavailableException(
                $"The disk is full: {free >> 20} MB are free for {log.Directory}, of which {options.ReserveBytes >> 20} MB are kept in reserve."
            );
        }
        neededAgain = 0;
    }

    void Fail(Exception fault)
    {
        if (fault is not JournalUnavailableException)
        {
            writer.Abandon();
        }
        var reason = fault switch
        {
            JournalUnavailableException => fault.Message,
            _ when FileFaults.IsDiskFull(fault) => $"The disk is full: {fault.Message}",
            _ => $"The journal cannot write to {log.Directory}: {fault.Message}",
        };
        retry.Change(options.RetryAfter, Timeout.InfiniteTimeSpan);
        queue.Refuse(reason, fault);
        foreach (var append in batch)
        {
            append.TrySetException(new JournalUnavailableException(reason, fault));
        }
    }
}
