using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// One transaction with all that a batch changes in the metadata, and the position it brings the metadata to. From here on the payload
/// segments hold what the telemetry still needs.
/// </summary>
sealed class MetadataCommit(MetadataDb db)
{
    public const string Sink = "metadata";

    /// <summary>Of the journal, up to which the metadata has everything; 0: it has nothing.</summary>
    public static async Task<long> PositionAsync(MetadataDb db, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        return await AppliedPositions.ReadAsync(connection, Sink, cancellation) ?? 0;
    }

    public async Task<bool> IsAppliedAsync(Batch batch, CancellationToken cancellation) =>
        await PositionAsync(db, cancellation) >= batch.Position;

    public Task CommitAsync(Batch batch, CancellationToken cancellation) =>
        db.WriteAsync(
            async transaction =>
            {
                // A commit can succeed and its answer be lost.
                if (await AppliedPositions.ReadAsync(transaction, Sink, cancellation) >= batch.Position)
                {
                    return;
                }
                batch.Changes.Clear();
                batch.Firsts = await TakeInAsync(transaction, [.. batch.Accepted], batch.Changes, cancellation);
                await Quarantine.AddAsync(transaction, batch, cancellation);
                await LastBatch.WriteAsync(transaction, batch);
                await AppliedPositions.SetAsync(transaction, Sink, batch.Position, cancellation);
            },
            cancellation
        );

    /// <summary>All that the items change: what the metadata refuses of it is the fault of one of them.</summary>
    public static async Task<ProjectFirsts> TakeInAsync(
        MetadataTransaction transaction,
        IReadOnlyList<BatchItem> items,
        ICollection<IssueChange> changes,
        CancellationToken cancellation
    )
    {
        foreach (var kind in items.GroupBy(item => item.Pipeline!))
        {
            await kind.Key.TakeInAsync(transaction, [.. kind.Select(item => item.Prepared!)], changes, cancellation);
        }
        var prepared = items.Select(item => item.Prepared!).ToList();
        await EventIndex.AddAsync(transaction, prepared, cancellation);
        return await ProjectIntake.TakeInAsync(transaction, prepared, cancellation);
    }
}
