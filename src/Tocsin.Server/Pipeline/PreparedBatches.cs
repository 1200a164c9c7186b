namespace Tocsin.Server.Pipeline;

/// <summary>
/// Batches in the journal's order, each prepared. Behind a backlog the next one is prepared while the caller commits the one at hand: a commit
/// keeps one processor busy, and what is only prepared may be thrown away at any time.
/// </summary>
sealed class PreparedBatches(
    BatchSource source,
    Func<BatchSource, CancellationToken, Task<Batch>> prepare,
    bool ahead,
    CancellationToken stopping
) : IAsyncDisposable
{
    readonly CancellationTokenSource ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    Task<Batch>? next;

    /// <summary>Whether the journal had more to give behind the last one.</summary>
    public bool HasMore { get; private set; }

    /// <summary>To be asked for when the one before is committed.</summary>
    public async Task<Batch> NextAsync()
    {
        var batch = await (next ?? prepare(source, ending.Token));
        next = null;
        stopping.ThrowIfCancellationRequested();
        HasMore = source.HasMore;
        if (ahead && HasMore)
        {
            // On the caller's threads, whenever one of them has nothing of the batch at hand to do.
            next = Task
                .Factory.StartNew(
                    () => prepare(source, ending.Token),
                    CancellationToken.None,
                    TaskCreationOptions.DenyChildAttach,
                    DigestionThreads.Behind
                )
                .Unwrap();
        }
        return batch;
    }

    /// <summary>Nobody reads from the source any more, which is closed with this.</summary>
    public async ValueTask DisposeAsync()
    {
        // Not CancelAsync, which goes through the pool: a simulation runs everything on its own scheduler.
        ending.Cancel();
        if (next is not null)
        {
            await ((Task)next).ConfigureAwait(
                ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
            );
        }
        ending.Dispose();
        source.Dispose();
    }
}
