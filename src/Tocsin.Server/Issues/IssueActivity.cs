using Dapper;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Issues;

/// <summary>What happened to an issue: every change by a person or by the server, and the comments.</summary>
sealed class IssueActivity(MetadataDb metadata, TimeProvider time)
{
    public const string Note = "note";
    public const string FirstSeen = "first_seen";

    const string Select = """
        SELECT a.id AS Id, a.type AS Type, a.data AS Data, a.created AS Created, u.id AS UserId, u.name AS UserName, u.email AS UserEmail
        FROM issue_activity a LEFT JOIN users u ON u.id = a.user_id
        """;

    /// <summary>
    /// With what was said and done about those that were merged into it; when each of them began, or was taken out of another, is no news of
    /// this one.
    /// </summary>
    const string OfIssue = $"""
        (a.issue_id = @issueId
            OR a.issue_id IN (SELECT issue_id FROM issue_strands WHERE parent_id = @issueId)
                AND a.type NOT IN ('{FirstSeen}', 'unmerge_destination'))
        """;

    /// <summary>Newest first. Type: only entries of that type.</summary>
    public async Task<IReadOnlyList<ActivityRow>> ListAsync(
        long issueId,
        string? type,
        int limit,
        int offset,
        CancellationToken cancellation
    )
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        var sql = $"""
            {Select} WHERE {OfIssue} {(type is null ? "" : "AND a.type = @type")}
            ORDER BY a.created DESC, a.id DESC LIMIT @limit OFFSET @offset
            """;
        var parameters = new
        {
            issueId,
            type,
            limit,
            offset,
        };
        return (await connection.QueryAsync<ActivityRow>(new(sql, parameters, cancellationToken: cancellation))).AsList();
    }

    public async Task<ActivityRow?> FindAsync(long issueId, long id, CancellationToken cancellation)
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<ActivityRow>(
            new($"{Select} WHERE {OfIssue} AND a.id = @id", new { issueId, id }, cancellationToken: cancellation)
        );
    }

    /// <summary>Returns the new entry's id.</summary>
    public static Task<long> RecordAsync(
        MetadataTransaction transaction,
        long issueId,
        string type,
        long? userId,
        string data,
        long now
    ) =>
        transaction.ScalarAsync<long>(
            "INSERT INTO issue_activity (issue_id, type, user_id, data, created) VALUES (@issueId, @type, @userId, @data, @now) RETURNING id",
            new
            {
                issueId,
                type,
                userId,
                data,
                now,
            }
        );

    /// <summary>Returns the comment's id.</summary>
    public Task<long> CommentAsync(long issueId, long? userId, string data, CancellationToken cancellation) =>
        metadata.WriteAsync(
            async transaction =>
            {
                await CountAsync(transaction, issueId, 1);
                return await RecordAsync(transaction, issueId, Note, userId, data, Microseconds.Now(time));
            },
            cancellation
        );

    /// <summary>Only the author's own comment changes.</summary>
    public Task<bool> EditCommentAsync(long issueId, long id, long? userId, string data, CancellationToken cancellation) =>
        metadata.WriteAsync(
            async transaction =>
                await transaction.ExecuteAsync(
                    $"UPDATE issue_activity AS a SET data = @data WHERE a.id = @id AND {OfIssue} AND a.type = 'note' AND a.user_id = @userId",
                    new
                    {
                        data,
                        id,
                        issueId,
                        userId,
                    }
                ) == 1,
            cancellation
        );

    /// <summary>Only the author's own comment goes.</summary>
    public Task<bool> DeleteCommentAsync(long issueId, long id, long? userId, CancellationToken cancellation) =>
        metadata.WriteAsync(
            async transaction =>
            {
                var deleted = await transaction.ExecuteAsync(
                    $"DELETE FROM issue_activity AS a WHERE a.id = @id AND {OfIssue} AND a.type = 'note' AND a.user_id = @userId",
                    new
                    {
                        id,
                        issueId,
                        userId,
                    }
                );
                await CountAsync(transaction, issueId, -deleted);
                return deleted == 1;
            },
            cancellation
        );

    static Task CountAsync(MetadataTransaction transaction, long issueId, int by) =>
        transaction.ExecuteAsync(
            "UPDATE issues SET comment_count = comment_count + @by WHERE id = @issueId",
            new { issueId, by }
        );
}

sealed record ActivityRow
{
    public long Id { get; init; }
    public string Type { get; init; } = "";
    public string Data { get; init; } = "{}";
    public long Created { get; init; }
    public long? UserId { get; init; }
    public string? UserName { get; init; }
    public string? UserEmail { get; init; }
}
