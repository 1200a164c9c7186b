using Dapper;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Pipeline;

/// <summary>What people ask about the quarantine. Entries without a known project belong to nobody and are only in the log.</summary>
sealed class QuarantineQueries(MetadataDb db)
{
    /// <summary>Newest first, one more than the limit.</summary>
    public async Task<IReadOnlyList<QuarantineEntry>> ListAsync(
        IReadOnlySet<long> organizations,
        long? projectId,
        string? reason,
        int limit,
        int offset,
        CancellationToken cancellation
    )
    {
        await using var connection = await db.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<QuarantineEntry>(
            new(
                $"""
                {Quarantine.Select}
                WHERE organization_id IN {SqlList.Of(organizations)}
                    {(projectId is null ? "" : "AND project_id = @projectId")} {(reason is null ? "" : "AND reason = @reason")}
                ORDER BY id DESC LIMIT @Limit OFFSET @offset
                """,
                new
                {
                    projectId,
                    reason,
                    Limit = limit + 1,
                    offset,
                },
                cancellationToken: cancellation
            )
        );
        return rows.AsList();
    }

    public async Task<QuarantineEntry?> FindAsync(long id, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        return await connection.QuerySingleOrDefaultAsync<QuarantineEntry>(
            new($"{Quarantine.Select} WHERE id = @id", new { id }, cancellationToken: cancellation)
        );
    }

    /// <summary>Entries that were not played again.</summary>
    public async Task<long> CountAsync(IReadOnlySet<long> organizations, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        return await connection.ExecuteScalarAsync<long>(
            new(
                $"SELECT COUNT(*) FROM quarantine WHERE replayed IS NULL AND organization_id IN {SqlList.Of(organizations)}",
                cancellationToken: cancellation
            )
        );
    }

    /// <summary>The entry is forgotten; its bytes go with their day.</summary>
    public Task DeleteAsync(long id, CancellationToken cancellation) =>
        db.WriteAsync(transaction => transaction.ExecuteAsync("DELETE FROM quarantine WHERE id = @id", new { id }), cancellation);
}
