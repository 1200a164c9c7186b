using Tocsin.Server.Metadata;

namespace Tocsin.Server.Issues.Merging;

/// <summary>Strands as they are stored, within the transaction that changes them.</summary>
static class Strands
{
    /// <summary>
    /// Makes whoever counts on these issues wait for the transaction, and afterwards see that they are not what he read.
    /// False: one of them is gone or was merged meanwhile.
    /// </summary>
    public static async Task<bool> ClaimAsync(MetadataTransaction transaction, IReadOnlyCollection<long> issues) =>
        await transaction.ExecuteAsync(
            $"UPDATE issues SET merges = merges + 1 WHERE id IN {SqlList.Of(issues)} AND status <> '{IssueStatus.Merged}'"
        ) == issues.Count;

    public static async Task<IReadOnlyList<Strand>> OfAsync(MetadataTransaction transaction, IEnumerable<long> parents) =>
        [
            .. await transaction.QueryAsync<Strand>(
                $"SELECT * FROM issue_strands WHERE parent_id IN {SqlList.Of(parents)} ORDER BY issue_id"
            ),
        ];

    /// <summary>The issues themselves as the only strands they have; of those that have some nothing changes.</summary>
    public static Task BeginAsync(MetadataTransaction transaction, IEnumerable<long> issues) =>
        transaction.ExecuteAsync(
            $"""
            INSERT INTO issue_strands (issue_id, parent_id, came_with, type, title, culprit, metadata, level, platform, logger, is_unhandled,
                first_seen, last_seen, times_seen, first_release, last_release, first_event_high, first_event_low, last_event_high,
                last_event_low)
            SELECT id, id, id, type, title, culprit, metadata, level, platform, logger, is_unhandled,
                first_seen, last_seen, times_seen, first_release, last_release, first_event_high, first_event_low, last_event_high,
                last_event_low
            FROM issues WHERE id IN {SqlList.Of(issues)} ON CONFLICT (issue_id) DO NOTHING
            """
        );

    public static Task MoveAsync(MetadataTransaction transaction, IEnumerable<long> strands, long parent) =>
        transaction.ExecuteAsync(
            $"UPDATE issue_strands SET parent_id = @parent WHERE issue_id IN {SqlList.Of(strands)}",
            new { parent }
        );

    /// <summary>
    /// Writes what the strands of an issue add up to into the issue. One that is its own only strand needs none any more.
    /// Numbers of users and comments are counted, as one user may stand in several.
    /// </summary>
    public static async Task SettleAsync(MetadataTransaction transaction, long parent)
    {
        var strands = await OfAsync(transaction, [parent]);
        var before = await CountsAsync(transaction, parent);
        await transaction.ExecuteAsync(
            """
            UPDATE issues SET
                type = @Type, title = @Title, culprit = @Culprit, metadata = @Metadata, level = @Level, platform = @Platform, logger = @Logger,
                is_unhandled = @IsUnhandled, first_seen = @FirstSeen, last_seen = @LastSeen, times_seen = @TimesSeen,
                first_release = @FirstRelease, last_release = @LastRelease, first_event_high = @FirstEventHigh,
                first_event_low = @FirstEventLow, last_event_high = @LastEventHigh, last_event_low = @LastEventLow,
                user_count = (SELECT COUNT(DISTINCT u.user_hash) FROM issue_users u
                    JOIN issue_strands s ON s.issue_id = u.issue_id WHERE s.parent_id = @ParentId),
                comment_count = (SELECT COUNT(*) FROM issue_activity a
                    JOIN issue_strands s ON s.issue_id = a.issue_id WHERE s.parent_id = @ParentId AND a.type = 'note')
            WHERE id = @ParentId
            """,
            Strand.Sum(strands)
        );
        if (before.ArchiveWatch is { } watch)
        {
            var now = await CountsAsync(transaction, parent);
            var shifted = ArchiveWatch.Shift(watch, now.TimesSeen - before.TimesSeen, now.UserCount - before.UserCount);
            await transaction.ExecuteAsync(
                "UPDATE issues SET archive_watch = @shifted WHERE id = @parent",
                new { shifted, parent }
            );
        }
        if (strands.Count == 1)
        {
            await transaction.ExecuteAsync("DELETE FROM issue_strands WHERE issue_id = @parent", new { parent });
        }
    }

    static async Task<Counts> CountsAsync(MetadataTransaction transaction, long issue) =>
        (
            await transaction.FirstAsync<Counts>(
                "SELECT times_seen, user_count, archive_watch FROM issues WHERE id = @issue",
                new { issue }
            )
        )!;

    sealed record Counts
    {
        public long TimesSeen { get; init; }
        public long UserCount { get; init; }
        public string? ArchiveWatch { get; init; }
    }
}
