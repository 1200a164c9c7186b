namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// Brings a day into the form in which it is kept: 1. the file takes no more batches; 2. its rows are written, sorted, into another one;
/// 3. that one takes its place by a rename. Ended at any moment, the day has the one file or the other. A batch for the day that comes
/// meanwhile goes first, and the day stays open.
/// </summary>
sealed class DayClosing(DuckDbOptions options, DayFiles files, FileGate gate, SemaphoreSlim writing)
{
    volatile Running? current;

    /// <summary>Before the day's file is written to or goes away. The caller holds <c>writing</c>.</summary>
    public void GiveWay(DayFile day)
    {
        if (current is { } running && running.Day == day)
        {
            running.GiveWay();
        }
    }

    /// <summary>False: the day was given up to a batch that came for it.</summary>
    public async Task<bool> RunAsync(DayFile day, RowKinds kept, CancellationToken cancellation)
    {
        if (!day.IsReadOnly)
        {
            // Most of the wait is here, where nobody waits with it.
            await QuietThread.RunAsync(() => gate.Shared(() => files.Engine.Checkpoint(day.Catalog)), cancellation);
        }
        var compaction = await BeginAsync(day, kept, cancellation);
        try
        {
            await QuietThread.RunAsync(compaction.Run, CancellationToken.None);
            return await WritingAsync(() => gate.Exclusive(() => TryReplace(compaction)), cancellation);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
        finally
        {
            // Whoever asked it to give way is waiting for it, and has been answered.
            await WritingAsync(
                () =>
                {
                    current = null;
                    compaction.Dispose();
                    return true;
                },
                CancellationToken.None
            );
        }
    }

    Task<Compaction> BeginAsync(DayFile day, RowKinds kept, CancellationToken cancellation) =>
        WritingAsync(
            () =>
            {
                gate.Exclusive(() => files.OpenForReading(day));
                var compaction = new Compaction(options, day, kept, cancellation);
                current = new(day, compaction.GiveWay);
                return compaction;
            },
            cancellation
        );

    bool TryReplace(Compaction compaction)
    {
        var day = compaction.Day;
        if (!day.IsReadOnly || day.Applied != compaction.Applied || day.Damage is not null)
        {
            return false;
        }
        files.TakeCompact(day);
        return true;
    }

    sealed record Running(DayFile Day, Action GiveWay);

    async Task<T> WritingAsync<T>(Func<T> action, CancellationToken cancellation)
    {
        await writing.WaitAsync(cancellation);
        try
        {
            return await Task.Run(action, CancellationToken.None);
        }
        finally
        {
            writing.Release();
        }
    }
}
