using System.Text.Json.Nodes;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Issues.Merging;

/// <summary>What became of a merge or an unmerge: the issue that stays, and who went into it or left it. Or why nothing did, for people.</summary>
sealed record MergeResult(long Parent, IReadOnlyList<long> Others, string? Refusal = null)
{
    public static MergeResult Refused(string reason) => new(0, [], reason);
}

/// <summary>
/// Makes one issue of several, and takes them apart again. No event is touched: each keeps the number of the issue whose hash it had, and the
/// strands say to whom that belongs. Each call is one transaction; the intake waits for it or begins its batch anew.
/// </summary>
sealed class IssueMerging(MetadataDb metadata, TimeProvider time)
{
    /// <summary>Issues that one issue may be made of: queries name them all.</summary>
    public const int MostStrands = 1000;

    const string Changed = "One of the issues was merged or deleted meanwhile; look again.";

    /// <summary>The one with most events takes in the others with all that were merged into them.</summary>
    /// <param name="issues">Of one project and kind; at least two.</param>
    public Task<MergeResult> MergeAsync(IReadOnlyList<IssueRow> issues, long? userId, CancellationToken cancellation) =>
        metadata.WriteAsync(transaction => MergeAsync(transaction, issues, userId), cancellation);

    async Task<MergeResult> MergeAsync(MetadataTransaction transaction, IReadOnlyList<IssueRow> issues, long? userId)
    {
        List<long> ids = [.. issues.Select(issue => issue.Id)];
        if (!await Strands.ClaimAsync(transaction, ids))
        {
            return MergeResult.Refused(Changed);
        }
        var strands = await Strands.OfAsync(transaction, ids);
        var made = strands.Count + ids.Except(strands.Select(strand => strand.ParentId)).Count();
        if (made > MostStrands)
        {
            return MergeResult.Refused(
                $"This issue would be made of {made} others; at most {MostStrands} can be merged into one. A fingerprint rule joins more."
            );
        }
        await Strands.BeginAsync(transaction, ids);
        strands = await Strands.OfAsync(transaction, ids);
        var parent = Strand.Leading(
            strands.GroupBy(strand => strand.ParentId).Select(one => (one.Key, one.Sum(strand => strand.TimesSeen)))
        );
        List<long> children = [.. ids.Where(id => id != parent)];
        await transaction.ExecuteAsync(
            $"""
            UPDATE issue_strands SET former_times_seen = times_seen,
                former_status = (SELECT i.status FROM issues i WHERE i.id = issue_strands.issue_id)
            WHERE issue_id IN {SqlList.Of(children)}
            """
        );
        await transaction.ExecuteAsync(
            $"UPDATE issue_strands SET came_with = parent_id WHERE parent_id IN {SqlList.Of(children)}"
        );
        await Strands.MoveAsync(
            transaction,
            strands.Where(strand => strand.ParentId != parent).Select(strand => strand.IssueId),
            parent
        );
        await transaction.ExecuteAsync($"UPDATE issues SET status = '{IssueStatus.Merged}' WHERE id IN {SqlList.Of(children)}");
        await Strands.SettleAsync(transaction, parent);
        await NoteAsync(transaction, parent, "merge", userId, Named(issues.Where(issue => issue.Id != parent)));
        return new(parent, children);
    }

    /// <summary>
    /// Takes the strands that own the hashes out of the issue; together they are one again. All hashes of a strand go with it, and all its
    /// events. Where the parent's own strand is among them, the issue stays theirs and the others leave.
    /// </summary>
    public Task<MergeResult> UnmergeAsync(
        IssueRow issue,
        IReadOnlyList<string> hashes,
        long? userId,
        CancellationToken cancellation
    ) => metadata.WriteAsync(transaction => UnmergeAsync(transaction, issue, hashes, userId), cancellation);

    async Task<MergeResult> UnmergeAsync(
        MetadataTransaction transaction,
        IssueRow issue,
        IReadOnlyList<string> hashes,
        long? userId
    )
    {
        if (!await Strands.ClaimAsync(transaction, [issue.Id]))
        {
            return MergeResult.Refused(Changed);
        }
        var strands = await Strands.OfAsync(transaction, [issue.Id]);
        var owners = await OwnersAsync(transaction, issue, hashes);
        var named = strands.Where(strand => owners.Contains(strand.IssueId)).ToList();
        if (named.Count == 0 || named.Count == strands.Count)
        {
            return MergeResult.Refused(
                strands.Count == 0 ? "No issue was merged into this one."
                : named.Count == 0 ? "None of the hashes belongs to this issue."
                : "An issue keeps at least one of those that it was merged from."
            );
        }
        var leaving = named.Exists(strand => strand.IssueId == issue.Id) ? strands.Except(named).ToList() : named;
        var leader = leaving.Find(one =>
            one.IssueId == Strand.Leading(leaving.Select(strand => (strand.IssueId, strand.TimesSeen)))
        )!;
        await Strands.MoveAsync(transaction, leaving.Select(strand => strand.IssueId), leader.IssueId);
        await transaction.ExecuteAsync($"UPDATE issue_strands SET came_with = issue_id WHERE parent_id = {leader.IssueId}");
        await FreeAsync(transaction, leader);
        await Strands.SettleAsync(transaction, leader.IssueId);
        await Strands.SettleAsync(transaction, issue.Id);
        var left = await transaction.QueryAsync<IssueRow>(
            $"{IssueRow.Select} WHERE i.id = {leader.IssueId}",
            new { UserId = userId }
        );
        await NoteAsync(transaction, issue.Id, "unmerge_source", userId, Named(left));
        await NoteAsync(transaction, leader.IssueId, "unmerge_destination", userId, Named([issue]));
        return new(issue.Id, [leader.IssueId]);
    }

    static async Task<HashSet<long>> OwnersAsync(MetadataTransaction transaction, IssueRow issue, IReadOnlyList<string> hashes)
    {
        var parameters = new Dapper.DynamicParameters();
        var named = SqlList.Of(hashes, parameters, "hash");
        return
        [
            .. await transaction.QueryAsync<long>(
                $"SELECT issue_id FROM issue_hashes WHERE project_id = {issue.ProjectId} AND hash IN {named} AND discarded = 0",
                parameters
            ),
        ];
    }

    /// <summary>
    /// A strand that becomes an issue again stands as it did before it was merged; but where events came since, what people decided about the
    /// merged issue was decided about them too.
    /// </summary>
    static async Task FreeAsync(MetadataTransaction transaction, Strand strand)
    {
        await transaction.ExecuteAsync(
            strand.WasSeenSince
                ? """
                UPDATE issues SET merges = merges + 1, archive_watch = NULL, (status, substatus, status_details, status_changed) =
                    (SELECT p.status, p.substatus, p.status_details, p.status_changed FROM issues p WHERE p.id = @ParentId)
                WHERE id = @IssueId
                """
                : "UPDATE issues SET merges = merges + 1, status = @FormerStatus WHERE id = @IssueId",
            strand
        );
        await transaction.ExecuteAsync(
            "UPDATE issue_strands SET former_status = NULL, former_times_seen = NULL WHERE issue_id = @IssueId",
            strand
        );
    }

    Task NoteAsync(MetadataTransaction transaction, long issue, string type, long? userId, JsonObject note) =>
        IssueActivity.RecordAsync(transaction, issue, type, userId, note.ToJsonString(), Microseconds.Now(time));

    static JsonObject Named(IEnumerable<IssueRow> issues) =>
        new()
        {
            ["issues"] = new JsonArray([
                .. issues.Select(issue => new JsonObject
                {
                    ["id"] = $"{issue.Id}",
                    ["shortId"] = ShortId.Format(issue.ProjectSlug, issue.ShortId),
                    ["title"] = issue.Title,
                }),
            ]),
        };
}
