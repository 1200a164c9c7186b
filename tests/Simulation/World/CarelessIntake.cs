using Microsoft.Extensions.DependencyInjection;
using Tocsin.Server.Errors;
using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;

namespace Simulation.World;

/// <summary>The planted bugs of an intake that knows merged issues half: it counts for them as for any other.</summary>
sealed class CarelessIntake(IItemPipeline inner, Bug bug) : IItemPipeline
{
    public static void PlantIn(IServiceCollection services, Bug bug)
    {
        services.Remove(services.Single(service => service.ImplementationType == typeof(ErrorPipeline)));
        services.AddSingleton<IItemPipeline>(provider => new CarelessIntake(
            ActivatorUtilities.CreateInstance<ErrorPipeline>(provider),
            bug
        ));
    }

    public bool Handles(string itemType) => inner.Handles(itemType);

    public int Footprint => inner.Footprint;

    public PreparedItem Prepare(ItemContext context, ReadOnlyMemory<byte> payload) => inner.Prepare(context, payload);

    public async Task TakeInAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        ICollection<IssueChange> changes,
        CancellationToken cancellation
    )
    {
        var before = await transaction.QueryAsync<(long Id, long Parent, long TimesSeen)>(
            "SELECT issue_id, parent_id, times_seen FROM issue_strands"
        );
        await inner.TakeInAsync(transaction, items, changes, cancellation);
        switch (bug)
        {
            case Bug.StrandsNotCounted:
                foreach (var (id, _, timesSeen) in before)
                {
                    await transaction.ExecuteAsync(
                        "UPDATE issue_strands SET times_seen = @timesSeen WHERE issue_id = @id",
                        new { id, timesSeen }
                    );
                }
                break;
            case Bug.StoredUnderParent:
                foreach (var item in items)
                {
                    item.IssueId = before.FirstOrDefault(strand => strand.Id == item.IssueId) is { Parent: > 0 and var parent }
                        ? parent
                        : item.IssueId;
                }
                break;
            case Bug.UsersCountedByStrand:
                await transaction.ExecuteAsync(
                    """
                    UPDATE issues SET user_count = (SELECT COUNT(*) FROM issue_users u
                        JOIN issue_strands s ON s.issue_id = u.issue_id WHERE s.parent_id = issues.id)
                    WHERE id IN (SELECT parent_id FROM issue_strands)
                    """
                );
                break;
        }
    }
}
