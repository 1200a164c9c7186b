using Tocsin.Server.Metadata;

namespace Tocsin.Server.Issues;

/// <summary>
/// Issues of which no event is stored any more. They go with their last one, as the list of issues would grow without end otherwise; an event
/// of their kind that comes later begins a new issue. One that others were merged into goes with the last event of all, and they with it.
/// Discarded hashes stay.
/// </summary>
static class EmptyIssues
{
    /// <param name="transaction">The caller's.</param>
    /// <param name="before">Microseconds since 1970 UTC: issues that were seen since are left alone.</param>
    /// <param name="most">How many go at once.</param>
    /// <returns>How many went.</returns>
    public static async Task<int> RemoveAsync(MetadataTransaction transaction, long before, int most)
    {
        // The condition on the time is in the deletion too: an event that arrives meanwhile keeps its issue.
        var removed = (
            await transaction.QueryAsync<long>(
                $"""
                DELETE FROM issues WHERE last_seen < @before AND id IN (
                    SELECT i.id FROM issues i WHERE i.last_seen < @before AND i.status <> 'merged'
                        AND NOT EXISTS (SELECT 1 FROM event_index e WHERE e.issue_id = i.id)
                        AND NOT EXISTS (SELECT 1 FROM issue_strands s JOIN event_index e ON e.issue_id = s.issue_id WHERE s.parent_id = i.id)
                    LIMIT {most}
                ) RETURNING id
                """,
                new { before }
            )
        ).ToList();
        if (removed.Count > 0)
        {
            var strands = await transaction.QueryAsync<long>(
                $"SELECT issue_id FROM issue_strands WHERE parent_id IN {SqlList.Of(removed)}"
            );
            var all = SqlList.Of([.. removed, .. strands]);
            await transaction.ExecuteAsync($"DELETE FROM issues WHERE id IN {all}");
            await transaction.ExecuteAsync($"DELETE FROM issue_hashes WHERE issue_id IN {all}");
        }
        return removed.Count;
    }
}
