using System.Data.Common;
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
        var discarded = await Wanted(items)
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

    public static async Task<IReadOnlyDictionary<IssueHash, Issue>> KnownAsync(
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
                SELECT h.project_id, h.hash, h.discarded, {{StoredIssue.Columns}}
                FROM wanted
                JOIN issue_hashes h ON h.project_id = wanted.project_id AND h.hash = wanted.hash
                LEFT JOIN issues i ON i.id = h.issue_id
                """,
                ReadKnown,
                cancellation
            );
        var known = new Dictionary<IssueHash, Issue>();
        var byId = new Dictionary<long, Issue>();
        foreach (var (hash, discarded, issue) in found)
        {
            if (discarded)
            {
                throw new StaleBatchException($"Hash {hash.Hash} was discarded while the batch was prepared.");
            }
            // A hash whose issue is gone is free again.
            if (issue is not null)
            {
                known[hash] = byId.TryGetValue(issue.Id, out var same) ? same : byId[issue.Id] = issue;
            }
        }
        return known;
    }

    public static Task ClaimAsync(
        MetadataTransaction transaction,
        IReadOnlyList<(IssueHash Hash, IssueTally Owner)> unclaimed,
        CancellationToken cancellation
    )
    {
        var rows = new ValueRows();
        foreach (var (hash, owner) in unclaimed)
        {
            rows.Add(hash.ProjectId, hash.Hash, owner.Id);
        }
        return rows.ExecuteAsync(
            transaction,
            """
            INSERT INTO issue_hashes (project_id, hash, issue_id) VALUES {rows}
            ON CONFLICT (project_id, hash) DO UPDATE SET issue_id = excluded.issue_id WHERE issue_hashes.discarded = 0
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

    static (IssueHash Hash, bool Discarded, Issue? Issue) ReadKnown(DbDataReader row)
    {
        var hash = new IssueHash(row.GetInt64(0), row.GetString(1));
        var discarded = row.GetInt64(2) != 0;
        return (hash, discarded, row.IsDBNull(3) ? null : StoredIssue.Read(row, 3));
    }
}
