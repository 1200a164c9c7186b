using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Issues.Intake;

/// <summary>Counts distinct users exactly: one row per issue and user, by 64 bits of a hash.</summary>
static class IssueUsers
{
    public static async Task CountAsync(
        MetadataTransaction transaction,
        IReadOnlyList<IssueTally> tallies,
        CancellationToken cancellation
    )
    {
        var rows = new ValueRows();
        foreach (var tally in tallies)
        {
            foreach (var user in tally.Items.Select(item => item.Sighting!.User).OfType<string>().Distinct())
            {
                rows.Add(tally.Id, HashOf(user));
            }
        }
        var added = await rows.QueryAsync(
            transaction,
            "INSERT INTO issue_users (issue_id, user_hash) VALUES {rows} ON CONFLICT DO NOTHING RETURNING issue_id",
            row => row.GetInt64(0),
            cancellation
        );
        var perIssue = added.CountBy(issue => issue).ToDictionary();
        foreach (var tally in tallies)
        {
            tally.NewUsers = perIssue.GetValueOrDefault(tally.Id);
        }
    }

    static long HashOf(string user) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(user)));
}
