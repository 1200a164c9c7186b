using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// Finds the items that make a batch's take-in fail: in trial transactions that are always rolled back, first all, then halves. An item is
/// guilty when it fails alone, twice; with the batch's own failure that makes three tries.
/// </summary>
sealed class PoisonHunt(MetadataDb db)
{
    public async Task<IReadOnlyList<(BatchItem Item, Exception Reason)>> FindAsync(Batch batch, CancellationToken cancellation)
    {
        var guilty = new List<(BatchItem, Exception)>();
        foreach (var kind in batch.Accepted.GroupBy(item => item.Pipeline!))
        {
            await SearchAsync(kind.Key, [.. kind], guilty, cancellation);
        }
        return guilty;
    }

    async Task SearchAsync(
        IItemPipeline pipeline,
        IReadOnlyList<BatchItem> items,
        List<(BatchItem, Exception)> guilty,
        CancellationToken cancellation
    )
    {
        if (await TryAsync(pipeline, items, cancellation) is null)
        {
            return;
        }
        if (items.Count > 1)
        {
            var half = items.Count / 2;
            await SearchAsync(pipeline, [.. items.Take(half)], guilty, cancellation);
            await SearchAsync(pipeline, [.. items.Skip(half)], guilty, cancellation);
        }
        else if (await TryAsync(pipeline, items, cancellation) is { } reason)
        {
            guilty.Add((items[0], reason));
        }
    }

    async Task<Exception?> TryAsync(IItemPipeline pipeline, IReadOnlyList<BatchItem> items, CancellationToken cancellation)
    {
        try
        {
            await db.WriteAsync(
                async transaction =>
                {
                    var changes = new List<IssueChange>();
                    await pipeline.TakeInAsync(transaction, [.. items.Select(item => item.Prepared!)], changes, cancellation);
                    throw new TrialEnded();
                },
                cancellation
            );
            return null;
        }
        catch (TrialEnded)
        {
            return null;
        }
        // Boundary: a trial of some items. What the store refuses here is their fault; what it cannot do now is not.
        catch (Exception reason)
            when (reason is not (OperationCanceledException or StaleBatchException) && !EngineFailure.Is(reason))
        {
            return reason;
        }
    }

    sealed class TrialEnded : Exception;
}
