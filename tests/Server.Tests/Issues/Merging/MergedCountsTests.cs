using Tocsin.Server.Pipeline;
using static Server.Tests.Pipeline.SomeItem;

namespace Server.Tests.Issues.Merging;

/// <summary>
/// Random merges, unmerges and batches in between. Whatever happened, each issue shows what its events alone would have made of it.
/// </summary>
public sealed class MergedCountsTests
{
    static readonly string[] Hashes = ["a", "b", "c", "d", "e", "f"];

    public static TheoryData<int> Seeds { get; } = [.. Enumerable.Range(1, 6)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task A_merged_issue_shows_what_its_events_alone_would_have_made_of_it(int seed)
    {
        await using var shop = await MergedShop.CreateAsync();
        var random = new Random(seed);
        var events = new List<(string Hash, PreparedItem Item)>();
        var groups = Hashes.Select(hash => new HashSet<string> { hash }).ToList();
        await TakeAsync(shop, random, events, Hashes);
        for (var turn = 0; turn < 25; turn++)
        {
            switch (random.Next(3))
            {
                case 0:
                    await TakeAsync(shop, random, events, [.. Enumerable.Range(0, 5).Select(_ => random.GetItems(Hashes, 1)[0])]);
                    break;
                case 1 when groups.Count > 1:
                    await MergeAsync(shop, random, groups);
                    break;
                default:
                    await UnmergeAsync(shop, random, groups);
                    break;
            }
            foreach (var group in groups)
            {
                await CheckAsync(shop, group, [.. events.Where(one => group.Contains(one.Hash)).Select(one => one.Item)]);
            }
        }
    }

    static async Task TakeAsync(MergedShop shop, Random random, List<(string, PreparedItem)> events, string[] hashes)
    {
        var batch = hashes
            .Select(hash =>
                (
                    hash,
                    Seen(
                        shop.Project,
                        hash,
                        // No two at one moment: which of them an issue shows would depend on which came first.
                        Noon + (random.Next(1_000) * 10_000L) + events.Count * 20 + Array.IndexOf(Hashes, hash),
                        random.Next(4) == 0 ? null : $"id:{random.Next(5)}",
                        $"shop@{random.Next(9)}",
                        random.Next(3) == 0 ? null : $"env-{random.Next(3)}",
                        title: $"{hash} {random.Next(1000)}"
                    )
                )
            )
            .DistinctBy(one => one.Item2.Timestamp)
            .ToList();
        await shop.TakeInAsync([.. batch.Select(one => one.Item2)]);
        events.AddRange(batch.Select(one => (one.hash, (PreparedItem)one.Item2)));
    }

    static async Task MergeAsync(MergedShop shop, Random random, List<HashSet<string>> groups)
    {
        var chosen = random.GetItems([.. groups], 3).Distinct().ToList();
        if (chosen.Count < 2)
        {
            return;
        }
        var ids = new List<long>();
        foreach (var group in chosen)
        {
            ids.Add((await shop.OfHashAsync(group.First())).Id);
        }
        (await shop.MergeAsync([.. ids])).Refusal.ShouldBeNull();
        groups.RemoveAll(chosen.Contains);
        groups.Add([.. chosen.SelectMany(group => group)]);
    }

    static async Task UnmergeAsync(MergedShop shop, Random random, List<HashSet<string>> groups)
    {
        var group = random.GetItems([.. groups], 1)[0];
        var hashes = random.GetItems([.. group], 2).Distinct().ToArray();
        var result = await shop.UnmergeAsync((await shop.OfHashAsync(hashes[0])).Id, hashes);
        (result.Refusal is null).ShouldBe(hashes.Length < group.Count);
        if (result.Refusal is null)
        {
            groups.Remove(group);
            groups.Add([.. hashes]);
            groups.Add([.. group.Except(hashes)]);
        }
    }

    static async Task CheckAsync(MergedShop shop, IEnumerable<string> group, List<PreparedItem> events)
    {
        var issue = await shop.OfHashAsync(group.First());
        foreach (var hash in group)
        {
            (await shop.OfHashAsync(hash)).Id.ShouldBe(issue.Id);
        }
        var (first, last) = (events.MinBy(one => one.Timestamp)!, events.MaxBy(one => one.Timestamp)!);
        issue.Status.ShouldBe("unresolved");
        issue.TimesSeen.ShouldBe(events.Count);
        issue.UserCount.ShouldBe(events.Select(one => one.Sighting!.User).OfType<string>().Distinct().Count());
        (issue.FirstSeen, issue.LastSeen).ShouldBe((first.Timestamp, last.Timestamp));
        (issue.FirstRelease, issue.LastRelease).ShouldBe((first.Sighting!.Release, last.Sighting!.Release));
        issue.Title.ShouldBe(last.Sighting.Title);
        var found = await shop.QueryAsync<(string Environment, long Times)>(
            $"""
            SELECT environment, SUM(times_seen) FROM issue_environments
            WHERE issue_id = {issue.Id} OR issue_id IN (SELECT issue_id FROM issue_strands WHERE parent_id = {issue.Id})
            GROUP BY environment ORDER BY environment
            """
        );
        found.ShouldBe(
            events
                .Where(one => one.Sighting!.Environment is not null)
                .CountBy(one => one.Sighting!.Environment!)
                .Select(pair => (pair.Key, (long)pair.Value))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)
        );
        var ids = await shop.QueryAsync<long>(
            $"SELECT issue_id FROM issue_strands WHERE parent_id = {issue.Id} UNION SELECT {issue.Id}"
        );
        events.ShouldAllBe(one => ids.Contains(one.IssueId));
    }
}
