using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Issues.Intake;

/// <summary>Counts distinct users exactly: one row per issue (of a merged one: per strand) and user, by 64 bits of a hash.</summary>
static class IssueUsers
{
    public static async Task CountAsync(
        MetadataTransaction transaction,
        IReadOnlyList<IssueTally> tallies,
        CancellationToken cancellation
    )
    {
        var merged = tallies.Where(tally => tally.IsMerged).OrderBy(tally => tally.Id).ToList();
        foreach (var tally in merged)
        {
            // Of two writers on PostgreSQL that see one user on two strands only the first finds him new. In the order of their ids, so that they
            // cannot wait for each other in a circle.
            await transaction.ExecuteAsync("UPDATE issues SET merges = merges WHERE id = @Id", new { tally.Id });
        }
        var rows = new ValueRows();
        foreach (var tally in tallies)
        {
            foreach (
                var (strand, user) in tally
                    .Items.Where(item => item.Sighting!.User is not null)
                    .Select(item => (item.IssueId, item.Sighting!.User!))
                    .Distinct()
            )
            {
                rows.Add(strand, HashOf(user));
            }
        }
        var added = await rows.QueryAsync(
            transaction,
            "INSERT INTO issue_users (issue_id, user_hash) VALUES {rows} ON CONFLICT DO NOTHING RETURNING issue_id, user_hash",
            row => (Strand: row.GetInt64(0), User: row.GetInt64(1)),
            cancellation
        );
        var byStrand = added.ToLookup(one => one.Strand, one => one.User);
        foreach (var tally in tallies.Where(tally => !tally.IsMerged))
        {
            tally.NewUsers = byStrand[tally.Id].Count();
        }
        foreach (var tally in merged)
        {
            var strands = tally.Items.Select(item => item.IssueId).Distinct();
            tally.NewUsers = await NewOfAllAsync(
                transaction,
                tally.Id,
                [.. strands.SelectMany(one => byStrand[one])],
                cancellation
            );
        }
    }

    /// <summary>How many of the users no strand of the issue had seen before.</summary>
    /// <param name="added">A user as often as there are strands that have just seen him first.</param>
    static async Task<int> NewOfAllAsync(
        MetadataTransaction transaction,
        long parent,
        IReadOnlyList<long> added,
        CancellationToken cancellation
    )
    {
        var wanted = new ValueRows();
        foreach (var (user, times) in added.CountBy(user => user))
        {
            wanted.Add(user, times);
        }
        var found = await wanted.QueryAsync(
            transaction,
            $$"""
            WITH wanted (s_user, s_times) AS (VALUES {rows})
            SELECT s_user FROM wanted
            JOIN issue_strands s ON s.parent_id = {{parent}}
            JOIN issue_users u ON u.issue_id = s.issue_id AND u.user_hash = s_user
            GROUP BY s_user, s_times HAVING COUNT(*) = s_times
            """,
            row => row.GetInt64(0),
            cancellation
        );
        return found.Count;
    }

    static long HashOf(string user) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(user)));
}
