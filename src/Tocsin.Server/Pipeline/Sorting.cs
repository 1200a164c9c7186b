using Tocsin.Server.Issues.Intake;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// Tells the accepted items apart from duplicates and from those whose issue was discarded, with one query each for the whole batch and
/// before anything is counted.
/// </summary>
sealed class Sorting(MetadataDb db)
{
    public async Task SortAsync(Batch batch, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        var sighted = batch.Accepted.Select(item => item.Prepared!).Where(item => item.Sighting is not null).ToList();
        var discarded = await IssueHashes.DiscardedAsync(connection, sighted, cancellation);
        var keyed = batch.Accepted.Where(item => item.Prepared!.EventId is not null).ToList();
        var indexed = await EventIndex.FindAsync(connection, keyed.Select(KeyOf), cancellation);
        var inBatch = new HashSet<EventKey>();
        foreach (var item in batch.Accepted.ToList())
        {
            if (IsDiscarded(item, discarded))
            {
                item.Refuse(Outcome.Filtered(OutcomeReason.DiscardedHash));
            }
            else if (item.Prepared!.EventId is not null && IsDuplicate(item, indexed, inBatch))
            {
                item.Refuse(Outcome.Invalid(OutcomeReason.Duplicate));
            }
        }
        await Quarantine.FindReplayedAsync(connection, batch, cancellation);
        batch.CountOutcomes();
    }

    static bool IsDiscarded(BatchItem item, IReadOnlySet<IssueHash> discarded) =>
        discarded.Count > 0
        && item.Prepared!.Sighting is { } sighting
        && sighting.Hashes.Any(hash => discarded.Contains(new(item.ProjectId, hash)));

    /// <summary>The same record again is not a duplicate of itself.</summary>
    static bool IsDuplicate(BatchItem item, IReadOnlyDictionary<EventKey, IndexedEvent> indexed, HashSet<EventKey> inBatch)
    {
        var key = KeyOf(item);
        var known = indexed.TryGetValue(key, out var first) && (first.Position, first.Index) != (item.Position, item.Index);
        return known || !inBatch.Add(key);
    }

    static EventKey KeyOf(BatchItem item) => new(item.ProjectId, item.Prepared!.EventId!.Value);
}
