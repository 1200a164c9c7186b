using Dapper;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Issues.Merging;

/// <summary>The hashes by which events find an issue, each with the strand that it leads to.</summary>
sealed class IssueHashQueries(MetadataDb metadata)
{
    /// <summary>What was seen last first. Of an event's hashes only the one that it is grouped by first: the others go where that goes.</summary>
    public async Task<IReadOnlyList<IssueHashRow>> ListAsync(long issueId, int limit, int offset, CancellationToken cancellation)
    {
        const string sql = """
            WITH strands (id) AS (SELECT @issueId UNION SELECT issue_id FROM issue_strands WHERE parent_id = @issueId)
            SELECT h.hash, i.id AS issue_id, i.project_id, p.slug, i.short_id, COALESCE(s.came_with, i.id) AS came_with,
                COALESCE(s.title, i.title) AS title, COALESCE(s.culprit, i.culprit) AS culprit, COALESCE(s.type, i.type) AS type,
                COALESCE(s.platform, i.platform) AS platform, COALESCE(s.metadata, i.metadata) AS metadata,
                COALESCE(s.times_seen, i.times_seen) AS times_seen, COALESCE(s.first_seen, i.first_seen) AS first_seen,
                COALESCE(s.last_seen, i.last_seen) AS last_seen, e.event_high, e.event_low, e.timestamp
            FROM strands
            JOIN issues i ON i.id = strands.id
            JOIN projects p ON p.id = i.project_id
            JOIN issue_hashes h ON h.issue_id = i.id AND h.discarded = 0 AND h.place = 0
            LEFT JOIN issue_strands s ON s.issue_id = i.id
            LEFT JOIN event_index e ON e.project_id = i.project_id
                AND e.event_high = COALESCE(s.last_event_high, i.last_event_high)
                AND e.event_low = COALESCE(s.last_event_low, i.last_event_low)
            ORDER BY COALESCE(s.last_seen, i.last_seen) DESC, i.id, h.hash
            LIMIT @limit OFFSET @offset
            """;
        await using var connection = await metadata.OpenAsync(cancellation);
        return (
            await connection.QueryAsync<IssueHashRow>(
                new(
                    sql,
                    new
                    {
                        issueId,
                        limit,
                        offset,
                    },
                    cancellationToken: cancellation
                )
            )
        ).AsList();
    }
}

/// <summary>A hash with its strand's looks and counts; the event is null where it is not kept any more. Times are microseconds since 1970 UTC.</summary>
sealed record IssueHashRow
{
    public string Hash { get; init; } = "";
    public long IssueId { get; init; }
    public long ProjectId { get; init; }
    public string Slug { get; init; } = "";
    public long ShortId { get; init; }
    public long CameWith { get; init; }
    public string Title { get; init; } = "";
    public string Culprit { get; init; } = "";
    public string Type { get; init; } = "";
    public string Platform { get; init; } = "";
    public string Metadata { get; init; } = "{}";
    public long TimesSeen { get; init; }
    public long FirstSeen { get; init; }
    public long LastSeen { get; init; }
    public long? EventHigh { get; init; }
    public long? EventLow { get; init; }
    public long? Timestamp { get; init; }
}
