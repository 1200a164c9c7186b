using System.Text.Json.Nodes;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Issues;

/// <summary>What people do to issues. Each call is one transaction over all issues named; each change leaves an activity entry.</summary>
sealed class IssueCommands(MetadataDb metadata, TimeProvider time)
{
    public Task UpdateAsync(
        IReadOnlyList<IssueRow> issues,
        IssueChangeRequest change,
        long? userId,
        CancellationToken cancellation
    ) =>
        metadata.WriteAsync(
            async transaction =>
            {
                var now = Microseconds.Now(time);
                foreach (var issue in issues)
                {
                    await UpdateAsync(transaction, issue, change, userId, now);
                }
            },
            cancellation
        );

    static async Task UpdateAsync(
        MetadataTransaction transaction,
        IssueRow issue,
        IssueChangeRequest change,
        long? userId,
        long now
    )
    {
        if (change.Discard)
        {
            await RemoveAsync(transaction, issue, keepHashes: true);
            return;
        }
        if (change.Status is { } status && Differs(issue, status))
        {
            await transaction.ExecuteAsync(
                "UPDATE issues SET status = @Status, substatus = @Substatus, status_details = @Details, status_changed = @now WHERE id = @Id AND status <> 'merged'",
                new
                {
                    status.Status,
                    status.Substatus,
                    Details = status.Details.ToJsonString(),
                    now,
                    issue.Id,
                }
            );
            await IssueActivity.RecordAsync(transaction, issue.Id, status.Activity, userId, status.Details.ToJsonString(), now);
        }
        if (change.Assignment is { } to && (to.UserId != issue.AssignedUserId || to.TeamId != issue.AssignedTeamId))
        {
            await transaction.ExecuteAsync(
                "UPDATE issues SET assigned_user_id = @UserId, assigned_team_id = @TeamId WHERE id = @Id",
                new
                {
                    to.UserId,
                    to.TeamId,
                    issue.Id,
                }
            );
            var nobody = to.UserId is null && to.TeamId is null;
            await IssueActivity.RecordAsync(
                transaction,
                issue.Id,
                nobody ? "unassigned" : "assigned",
                userId,
                AssignmentText(to),
                now
            );
        }
        if (change.Priority is { } priority && priority != issue.Priority)
        {
            await transaction.ExecuteAsync("UPDATE issues SET priority = @priority WHERE id = @Id", new { priority, issue.Id });
            await IssueActivity.RecordAsync(
                transaction,
                issue.Id,
                "set_priority",
                userId,
                new JsonObject { ["priority"] = priority }.ToJsonString(),
                now
            );
        }
        await MarkAsync(transaction, issue, change, userId, now);
    }

    static bool Differs(IssueRow issue, IssueStatusChange status) =>
        issue.Status != status.Status
        || issue.Substatus != status.Substatus
        || !JsonNode.DeepEquals(JsonNode.Parse(issue.StatusDetails), status.Details);

    static string AssignmentText(IssueAssignment to) =>
        new JsonObject
        {
            ["assignee"] = (to.UserId ?? to.TeamId)?.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["assigneeType"] =
                to.UserId is not null ? "user"
                : to.TeamId is not null ? "team"
                : null,
        }.ToJsonString();

    /// <summary>Marks belong to a person; a token without one has none to set.</summary>
    static async Task MarkAsync(
        MetadataTransaction transaction,
        IssueRow issue,
        IssueChangeRequest change,
        long? userId,
        long now
    )
    {
        if (userId is null || (change.HasSeen ?? change.IsBookmarked ?? change.IsSubscribed) is null)
        {
            return;
        }
        await transaction.ExecuteAsync(
            """
            INSERT INTO issue_marks (issue_id, user_id, seen, bookmarked, subscribed) VALUES (@Id, @userId, @Seen, @Bookmarked, @Subscribed)
            ON CONFLICT (issue_id, user_id) DO UPDATE
            SET seen = excluded.seen, bookmarked = excluded.bookmarked, subscribed = excluded.subscribed
            """,
            new
            {
                issue.Id,
                userId,
                Seen = change.HasSeen switch
                {
                    null => issue.Seen,
                    true => now,
                    false => null,
                },
                Bookmarked = change.IsBookmarked is { } bookmarked ? (bookmarked ? 1 : 0) : issue.Bookmarked ?? 0,
                Subscribed = change.IsSubscribed is { } subscribed ? (subscribed ? 1L : 0L) : issue.Subscribed,
            }
        );
    }

    public Task DeleteAsync(IReadOnlyList<IssueRow> issues, CancellationToken cancellation) =>
        metadata.WriteAsync(
            async transaction =>
            {
                foreach (var issue in issues)
                {
                    await RemoveAsync(transaction, issue, keepHashes: false);
                }
            },
            cancellation
        );

    /// <summary>
    /// The issue with all that was merged into it, their marks, comments and counts go at once; rows and bodies of the events are not reachable
    /// any more and go with their day.
    /// Kept hashes turn into tombstones that filter later events of the same kind.
    /// </summary>
    static async Task RemoveAsync(MetadataTransaction transaction, IssueRow issue, bool keepHashes)
    {
        var strands = await transaction.QueryAsync<long>(
            "SELECT issue_id FROM issue_strands WHERE parent_id = @Id AND issue_id <> @Id",
            new { issue.Id }
        );
        var all = SqlList.Of([issue.Id, .. strands]);
        await transaction.ExecuteAsync(
            keepHashes
                ? $"UPDATE issue_hashes SET discarded = 1, issue_id = NULL WHERE issue_id IN {all}"
                : $"DELETE FROM issue_hashes WHERE issue_id IN {all}"
        );
        await transaction.ExecuteAsync($"DELETE FROM event_index WHERE issue_id IN {all}");
        await transaction.ExecuteAsync($"DELETE FROM issues WHERE id IN {all}");
    }
}
