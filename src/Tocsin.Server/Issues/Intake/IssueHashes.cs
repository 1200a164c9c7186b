using System.Data.Common;
using Dapper;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;

namespace Tocsin.Server.Issues.Intake;

/// <summary>Which hash belongs to which issue, and which are tombstones of discarded ones.</summary>
static class IssueHashes
{
    /// <summary>The hashes that users discarded; events that have one are filtered.</summary>
    public static async Task<IReadOnlySet<IssueHash>> DiscardedAsync(
        DbConnection connection,
        IEnumerable<PreparedItem> items,
        CancellationToken cancellation
    )
    {
        // Hardly any project has a tombstone, and theirs alone belong to no issue: an index finds them at once.
        var projects = await connection.QueryAsync<long>(
            new(
                "SELECT DISTINCT project_id FROM issue_hashes WHERE issue_id IS NULL AND discarded = 1",
                cancellationToken: cancellation
            )
        );
        var discarding = projects.ToHashSet();
        var discarded = await Wanted(items.Where(item => discarding.Contains(item.Context.Project.Id)))
            .QueryAsync(
                connection,
                null,
                """
                WITH wanted (project_id, hash) AS (VALUES {rows})
                SELECT h.project_id, h.hash FROM wanted
                JOIN issue_hashes h ON h.project_id = wanted.project_id AND h.hash = wanted.hash
                WHERE h.discarded = 1
                """,
                row => new IssueHash(row.GetInt64(0), row.GetString(1)),
                cancellation
            );
        return discarded.ToHashSet();
    }

    public static async Task<IReadOnlyDictionary<IssueHash, KnownIssue>> KnownAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        CancellationToken cancellation
    )
    {
        var found = await Wanted(items)
            .QueryAsync(
                transaction,
                $$"""
                WITH wanted (project_id, hash) AS (VALUES {rows})
                SELECT h.project_id, h.hash, h.discarded, h.issue_id, s.parent_id, {{StoredIssue.Columns}}
                FROM wanted
                JOIN issue_hashes h ON h.project_id = wanted.project_id AND h.hash = wanted.hash
                LEFT JOIN issue_strands s ON s.issue_id = h.issue_id
                LEFT JOIN issues i ON i.id = COALESCE(s.parent_id, h.issue_id)
                """,
                ReadKnown,
                cancellation
            );
        var known = new Dictionary<IssueHash, KnownIssue>();
        var byId = new Dictionary<long, Issue>();
        foreach (var (hash, discarded, one) in found)
        {
            if (discarded)
            {
                throw new StaleBatchException($"Hash {hash.Hash} was discarded while the batch was prepared.");
            }
            // A hash whose issue is gone is free again.
            if (one is { Issue: var issue })
            {
                known[hash] = one with { Issue = byId.TryGetValue(issue.Id, out var same) ? same : byId[issue.Id] = issue };
            }
        }
        return known;
    }

    public static Task ClaimAsync(
        MetadataTransaction transaction,
        IReadOnlyList<UnclaimedHash> unclaimed,
        CancellationToken cancellation
    )
    {
        var rows = new ValueRows();
        foreach (var (hash, claimant, place) in unclaimed)
        {
            rows.Add(hash.ProjectId, hash.Hash, claimant.IssueId, place);
        }
        return rows.ExecuteAsync(
            transaction,
            """
            INSERT INTO issue_hashes (project_id, hash, issue_id, place) VALUES {rows}
            ON CONFLICT (project_id, hash) DO UPDATE SET issue_id = excluded.issue_id, place = excluded.place
            WHERE issue_hashes.discarded = 0
            """,
            cancellation
        );
    }

    static ValueRows Wanted(IEnumerable<PreparedItem> items)
    {
        var rows = new ValueRows();
        var hashes = items.SelectMany(item => item.Sighting!.Hashes.Select(hash => new IssueHash(item.Context.Project.Id, hash)));
        foreach (var (project, hash) in hashes.Distinct())
        {
            rows.Add(project, hash);
        }
        return rows;
    }

    static (IssueHash Hash, bool Discarded, KnownIssue? Issue) ReadKnown(DbDataReader row)
    {
        var hash = new IssueHash(row.GetInt64(0), row.GetString(1));
        var discarded = row.GetInt64(2) != 0;
        return (
            hash,
            discarded,
            row.IsDBNull(5) ? null : new(StoredIssue.Read(row, 5), Strand: row.GetInt64(3), IsMerged: !row.IsDBNull(4))
        );
    }
}
