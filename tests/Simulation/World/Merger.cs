using Dapper;
using Tocsin.Server.Issues;
using Tocsin.Server.Issues.Merging;
using Tocsin.Server.Metadata;

namespace Simulation.World;

/// <summary>
/// Somebody who merges issues and takes them apart again while events come. After each answer he knows which issues are one; what a crash left
/// without an answer may have been done or not, and he looks before he goes on.
/// </summary>
sealed class Merger(Random chance, History history, Bug bug)
{
    public bool IsBusy { get; private set; }

    public MergedGroups Groups { get; private set; } = MergedGroups.None;

    /// <summary>Merges and unmerges that were answered.</summary>
    public int Merges { get; private set; }
    public int Unmerges { get; private set; }

    /// <summary>Events that came for issues while they were merged, as far as he has looked.</summary>
    public long Seen { get; private set; }

    /// <summary>Those of the issues that are merged now, which he has counted.</summary>
    long seenOfThese;

    /// <summary>Told after each call and before it, as groups may be since.</summary>
    public Action<object> Told { get; set; } = _ => { };

    public void Remember(MergedGroups groups) => Groups = groups;

    /// <summary>The server is gone: what was on its way has no answer.</summary>
    public void Disconnect() => IsBusy = false;

    public Task Act(Life life, SeededScheduler scheduler)
    {
        IsBusy = true;
        return scheduler.Start(() => ActAsync(life));
    }

    async Task ActAsync(Life life)
    {
        var strands = await LookAsync(life);
        var issues = await IssuesAsync(life);
        var merged = issues.FindAll(issue => issue.Strands > 1);
        // Events come between a look and what is done about it.
        await Task.Yield();
        if (merged.Count > 0 && chance.Next(5) < 2)
        {
            var parent = merged[chance.Next(merged.Count)];
            var parts = strands.Where(one => one.Parent == parent.Id).Select(one => one.Strand).ToArray();
            chance.Shuffle(parts);
            await UnmergeAsync(life, strands, parent, parts[..(1 + chance.Next(parts.Length - 1))]);
        }
        else
        {
            await MergeSomeAsync(life, strands, issues);
        }
        seenOfThese = await MergedGroups.SeenSinceAsync(life);
        IsBusy = false;
    }

    /// <summary>Until every issue stands alone again.</summary>
    public async Task TakeAllApartAsync(Life life)
    {
        while ((await LookAsync(life)) is [_, ..] strands)
        {
            var issues = await IssuesAsync(life);
            var parent = issues.Find(issue => issue.Strands > 1)!;
            await UnmergeAsync(life, strands, parent, [strands.First(one => one.Parent == parent.Id).Strand]);
        }
    }

    /// <summary>What is merged; it must be what he left.</summary>
    public async Task<List<MergedInto>> LookAsync(Life life)
    {
        var strands = await MergedGroups.ReadAsync(life);
        var found = MergedGroups.Of(strands);
        var left = Groups.Among(await IdsAsync(life));
        Audit.Check(left.Allows(found), $"merged are {found}, not {left}");
        Know(new(found));
        var seen = await MergedGroups.SeenSinceAsync(life);
        (Seen, seenOfThese) = (Seen + Math.Max(0, seen - seenOfThese), seen);
        return strands;
    }

    async Task MergeSomeAsync(Life life, List<MergedInto> strands, List<IssueRow> issues)
    {
        var kinds = issues
            .Where(issue => issue.IsOverflow == 0)
            .GroupBy(issue => (issue.ProjectId, IssueKind.TypeOf(issue.Type)))
            .Where(kind => kind.Count() > 1)
            .ToList();
        if (kinds.Count == 0)
        {
            return;
        }
        var all = kinds[chance.Next(kinds.Count)].ToArray();
        chance.Shuffle(all);
        var chosen = all[..(2 + chance.Next(all.Length - 1))];
        List<long> ids = [.. chosen.Select(issue => issue.Id)];
        Audit.Check(MergeRule.Mistake(ids, chosen) is null, "issues of one kind may not be merged");
        var together = strands
            .Select(one => ids.Contains(one.Parent) ? one with { Parent = ids[0] } : one)
            .Concat(ids.Select(id => new MergedInto(id, ids[0])))
            .Distinct();
        Know(Groups with { Tried = MergedGroups.Of(together) });
        if (bug == Bug.MergedInTwoSteps)
        {
            await CountTwiceAsync(life, chosen);
        }
        var result = await life.Merging.MergeAsync(chosen, null, CancellationToken.None);
        if (await WasInVainAsync(life, ids, result))
        {
            return;
        }
        Merges++;
        history.Add($"merged {string.Join('+', ids)}: {result.Parent}");
        Know(new(Groups.Tried!));
    }

    async Task UnmergeAsync(Life life, List<MergedInto> strands, IssueRow parent, long[] leaving)
    {
        var apart = strands.Select(one => leaving.Contains(one.Strand) ? one with { Parent = -1 } : one);
        Know(Groups with { Tried = MergedGroups.Of(apart) });
        List<string> hashes = [.. await HashesAsync(life, leaving)];
        var result = await life.Merging.UnmergeAsync(parent, hashes, null, CancellationToken.None);
        if (await WasInVainAsync(life, [parent.Id], result))
        {
            return;
        }
        Unmerges++;
        history.Add($"took {string.Join('+', leaving)} out of {parent.Id}: {result.Others[0]}");
        Know(new(Groups.Tried!));
    }

    /// <summary>An issue that was chosen may go with its last day before it is reached; nothing else is a reason to refuse.</summary>
    async Task<bool> WasInVainAsync(Life life, IEnumerable<long> chosen, MergeResult result)
    {
        if (result.Refusal is null)
        {
            return false;
        }
        var there = await IdsAsync(life);
        Audit.Check(!chosen.All(there.Contains), $"a merge or an unmerge was refused: {result.Refusal}");
        Know(new(Groups.Known));
        return true;
    }

    static async Task<HashSet<long>> IdsAsync(Life life)
    {
        await using var connection = await life.Metadata.OpenAsync(CancellationToken.None);
        return (await connection.QueryAsync<long>("SELECT id FROM issues")).ToHashSet();
    }

    void Know(MergedGroups groups)
    {
        if (groups != Groups)
        {
            Groups = groups;
            Told(new CrashStates.Regrouped(groups));
        }
    }

    static async Task<List<IssueRow>> IssuesAsync(Life life)
    {
        await using var connection = await life.Metadata.OpenAsync(CancellationToken.None);
        var sql = $"{IssueRow.Select} WHERE i.status <> '{IssueStatus.Merged}' ORDER BY i.id";
        return (await connection.QueryAsync<IssueRow>(sql, new { UserId = (long?)null })).AsList();
    }

    /// <summary>One of each strand: all others go with it.</summary>
    static async Task<IEnumerable<string>> HashesAsync(Life life, IEnumerable<long> strands)
    {
        await using var connection = await life.Metadata.OpenAsync(CancellationToken.None);
        return await connection.QueryAsync<string>(
            $"SELECT MIN(hash) FROM issue_hashes WHERE issue_id IN {SqlList.Of(strands)} GROUP BY issue_id ORDER BY issue_id"
        );
    }

    /// <summary>The planted bug of a merge in two transactions: whoever is killed between them has moved the counts, and moves them again.</summary>
    static async Task CountTwiceAsync(Life life, IssueRow[] chosen)
    {
        var moved = chosen[1..].Sum(issue => issue.TimesSeen);
        await AddAsync(moved);
        await Task.Yield();
        await AddAsync(-moved);

        Task AddAsync(long events) =>
            life.Metadata.WriteAsync(
                transaction =>
                    transaction.ExecuteAsync(
                        "UPDATE issues SET times_seen = times_seen + @events WHERE id = @Id",
                        new { events, chosen[0].Id }
                    ),
                CancellationToken.None
            );
    }
}
