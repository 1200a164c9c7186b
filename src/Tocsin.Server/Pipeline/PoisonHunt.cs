using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// Finds the items of which the metadata refuses something: in trial transactions that are always rolled back, first all, then halves. An item is
/// guilty when it fails alone, twice; with the batch's own failure that makes three tries.
/// </summary>
sealed class PoisonHunt(MetadataDb db)
{
    public async Task<IReadOnlyList<(BatchItem Item, Exception Reason)>> FindAsync(Batch batch, CancellationToken cancellation)
    {
        var guilty = new List<(BatchItem, Exception)>();
        await SearchAsync([.. batch.Accepted], guilty, cancellation);
        return guilty;
    }

    async Task SearchAsync(IReadOnlyList<BatchItem> items, List<(BatchItem, Exception)> guilty, CancellationToken cancellation)
    {
        if (await TryAsync(items, cancellation) is null)
        {
            return;
        }
        if (items.Count > 1)
        {
            var half = items.Count / 2;
            await SearchAsync([.. items.Take(half)], guilty, cancellation);
            await SearchAsync([.. items.Skip(half)], guilty, cancellation);
        }
        else if (await TryAsync(items, cancellation) is { } reason)
        {
            guilty.Add((items[0], reason));
        }
    }

    async Task<Exception?> TryAsync(IReadOnlyList<BatchItem> items, CancellationToken cancellation)
    {
        try
        {
            await db.WriteAsync(
                async transaction =>
                {
                    await MetadataCommit.TakeInAsync(transaction, items, [], cancellation);
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
