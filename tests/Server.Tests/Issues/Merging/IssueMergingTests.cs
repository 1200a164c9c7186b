using Tocsin.Server.Issues;
using static Server.Tests.Pipeline.SomeItem;

namespace Server.Tests.Issues.Merging;

public sealed class IssueMergingTests : IAsyncLifetime
{
    const long Minute = 60_000_000;
    MergedShop shop = null!;

    public async ValueTask InitializeAsync() => shop = await MergedShop.CreateAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task The_issue_with_most_events_takes_in_the_others_and_shows_what_all_of_them_saw()
    {
        await SeeAsync("small", Noon - Minute, "id:1", "shop@1", "staging");
        await SeeAsync("large", Noon, "id:1", "shop@2", "production");
        await SeeAsync("large", Noon + Minute, "id:2", "shop@3", "production");
        await SeeAsync("other", Noon + (2 * Minute), "id:3", "shop@4", null, title: "Newest");

        var (small, large, other) = (await IdAsync("small"), await IdAsync("large"), await IdAsync("other"));
        var result = await shop.MergeAsync(small, large, other);

        (result.Parent, result.Refusal).ShouldBe((large, null));
        result.Others.ShouldBe([small, other], ignoreOrder: true);
        var parent = await shop.OfHashAsync("small");
        parent.Id.ShouldBe(large);
        (parent.TimesSeen, parent.UserCount, parent.Strands).ShouldBe((4, 3, 3));
        (parent.FirstSeen, parent.LastSeen).ShouldBe((Noon - Minute, Noon + (2 * Minute)));
        (parent.FirstRelease, parent.LastRelease, parent.Title).ShouldBe(("shop@1", "shop@4", "Newest"));
        (await shop.RowsAsync(small, other)).ShouldAllBe(child => child.Status == IssueStatus.Merged);
        (await ActivitiesAsync(large)).ShouldBe(["first_seen", "merge"]);
    }

    [Fact]
    public async Task Of_equal_issues_the_oldest_takes_in_the_others()
    {
        await SeeAsync("a");
        await SeeAsync("b");

        (await shop.MergeAsync(await IdAsync("b"), await IdAsync("a"))).Parent.ShouldBe(await IdAsync("a"));
    }

    [Fact]
    public async Task New_events_of_a_merged_hash_count_on_the_parent_and_reopen_it_under_its_own_name()
    {
        await SeeAsync("a", user: "id:1");
        await SeeAsync("a", user: "id:2");
        await SeeAsync("b", user: "id:1");
        var (parent, child) = (await IdAsync("a"), await IdAsync("b"));
        await shop.MergeAsync(parent, child);
        await shop.WriteAsync($"UPDATE issues SET status = 'resolved', substatus = NULL WHERE id = {parent}");

        var item = Seen(shop.Project, "", Noon + Minute, hashes: ["new", "b"], user: "id:3", title: "Again");
        var changes = await shop.TakeInAsync(item, Seen(shop.Project, "new", Noon + Minute, user: "id:2"));

        item.IssueId.ShouldBe(child, "its row can be taken out again with what it came with");
        changes.ShouldAllBe(change => change.IssueId == parent);
        changes.Select(change => change.Kind).ShouldBe([IssueChangeKind.Counted, IssueChangeKind.Regressed]);
        changes[0].Events.ShouldBe(2);
        var row = await shop.OfHashAsync("new");
        (row.Id, row.Status, row.TimesSeen, row.UserCount, row.Title).ShouldBe((parent, "unresolved", 5, 3, "Again"));
        (await shop.RowsAsync(child)).Single().Status.ShouldBe(IssueStatus.Merged);
    }

    [Fact]
    public async Task What_is_taken_out_stands_as_it_did_before_unless_it_was_seen_meanwhile()
    {
        await SeeAsync("a");
        await SeeAsync("a");
        await SeeAsync("quiet");
        await SeeAsync("seen");
        var (parent, quiet, seen) = (await IdAsync("a"), await IdAsync("quiet"), await IdAsync("seen"));
        await shop.WriteAsync($"UPDATE issues SET status = 'resolved', substatus = NULL WHERE id IN ({quiet}, {seen})");
        await shop.MergeAsync(parent, quiet, seen);
        await SeeAsync("seen", Noon + Minute);

        (await shop.UnmergeAsync(parent, "quiet")).Others.ShouldBe([quiet]);
        (await shop.UnmergeAsync(parent, "seen")).Others.ShouldBe([seen]);

        (await shop.OfHashAsync("quiet")).Status.ShouldBe("resolved");
        var again = await shop.OfHashAsync("seen");
        (again.Id, again.Status, again.TimesSeen).ShouldBe((seen, "unresolved", 2));
        (await shop.OfHashAsync("a")).TimesSeen.ShouldBe(2);
        (await shop.QueryAsync<long>("SELECT COUNT(*) FROM issue_strands")).ShouldBe([0]);
        (await ActivitiesAsync(parent)).ShouldBe(["first_seen", "merge", "unmerge_source", "unmerge_source"]);
        (await ActivitiesAsync(seen)).ShouldBe(["first_seen", "unmerge_destination"]);
    }

    [Fact]
    public async Task A_parent_whose_own_hash_is_taken_out_keeps_its_events_and_the_others_stay_together()
    {
        await SeeAsync("a");
        await SeeAsync("a");
        await SeeAsync("b");
        await SeeAsync("c");
        var (a, b, c) = (await IdAsync("a"), await IdAsync("b"), await IdAsync("c"));
        await shop.MergeAsync(a, b, c);

        (await shop.UnmergeAsync(a, "a")).Others.ShouldBe([b]);

        (await shop.OfHashAsync("a")).ShouldSatisfyAllConditions(row => row.Id.ShouldBe(a), row => row.TimesSeen.ShouldBe(2));
        (await shop.OfHashAsync("c")).ShouldSatisfyAllConditions(row => row.Id.ShouldBe(b), row => row.TimesSeen.ShouldBe(2));
        (await shop.RowsAsync(c)).Single().Status.ShouldBe(IssueStatus.Merged);
    }

    [Fact]
    public async Task An_issue_keeps_one_of_those_it_was_merged_from_and_strangers_hashes_take_nothing_out()
    {
        await SeeAsync("a");
        await SeeAsync("b");
        await SeeAsync("stranger");
        var parent = await IdAsync("a");

        (await shop.UnmergeAsync(parent, "a")).Refusal.ShouldBe("No issue was merged into this one.");
        await shop.MergeAsync(parent, await IdAsync("b"));

        (await shop.UnmergeAsync(parent, "a", "b")).Refusal.ShouldNotBeNull().ShouldContain("keeps at least one");
        (await shop.UnmergeAsync(parent, "stranger")).Refusal.ShouldNotBeNull().ShouldContain("None of the hashes");
        (await shop.OfHashAsync("b")).Id.ShouldBe(parent);
    }

    [Fact]
    public async Task An_issue_that_was_merged_meanwhile_is_not_merged_again()
    {
        await SeeAsync("a");
        await SeeAsync("b");
        await SeeAsync("c");
        var read = await shop.RowsAsync(await IdAsync("b"), await IdAsync("c"));
        await shop.MergeAsync(await IdAsync("a"), await IdAsync("b"));

        (await shop.Merging.MergeAsync(read, null, CancellationToken.None)).Refusal.ShouldNotBeNull().ShouldContain("meanwhile");
        (await shop.OfHashAsync("c")).TimesSeen.ShouldBe(1);
    }

    [Fact]
    public async Task What_is_merged_into_an_archived_issue_does_not_end_its_archive()
    {
        await SeeAsync("a", user: "id:1");
        await SeeAsync("a", user: "id:1");
        await SeeAsync("b", user: "id:2");
        var parent = await IdAsync("a");
        await shop.WriteAsync(
            $$"""
            UPDATE issues SET status = 'ignored', substatus = 'archived_until_condition_met', status_details = '{"ignoreCount":2}'
            WHERE id = {{parent}}
            """
        );
        await SeeAsync("a", Noon + Minute);
        await shop.MergeAsync(parent, await IdAsync("b"));
        (await shop.OfHashAsync("a")).Status.ShouldBe("ignored");

        await shop.UnmergeAsync(parent, "b");
        await shop.MergeAsync(parent, await IdAsync("b"));
        await SeeAsync("b", Noon + (2 * Minute));

        (await shop.OfHashAsync("a")).Status.ShouldBe("unresolved", "two events came since it was archived");
    }

    [Fact]
    public async Task It_goes_with_the_last_event_of_all_and_not_with_its_own()
    {
        await SeeAsync("a");
        await SeeAsync("b");
        var (parent, child) = (await IdAsync("a"), await IdAsync("b"));
        await shop.MergeAsync(parent, child);

        await shop.WriteAsync($"DELETE FROM event_index WHERE issue_id = {parent}");
        (await RemoveEmptyAsync()).ShouldBe(0);
        await shop.WriteAsync($"DELETE FROM event_index WHERE issue_id = {child}");
        (await RemoveEmptyAsync()).ShouldBe(1);

        foreach (var table in new[] { "issues", "issue_hashes", "issue_strands" })
        {
            (await shop.QueryAsync<long>($"SELECT COUNT(*) FROM {table}")).ShouldBe([0]);
        }
    }

    Task<int> RemoveEmptyAsync() =>
        shop.Db.WriteAsync(transaction => EmptyIssues.RemoveAsync(transaction, long.MaxValue, 10), CancellationToken.None);

    [Fact]
    public async Task Batches_and_merges_at_the_same_time_lose_no_count()
    {
        string[] hashes = ["a", "b", "c", "d"];
        foreach (var hash in hashes)
        {
            await SeeAsync(hash);
        }
        var ids = await Task.WhenAll(hashes.Select(IdAsync));
        const int Batches = 40;
        var taking = Task.WhenAll(
            hashes.Select(async hash =>
            {
                for (var i = 0; i < Batches; i++)
                {
                    await shop.TakeInAsync(Seen(shop.Project, hash, Noon + i, user: $"id:{i % 7}"));
                }
            })
        );
        while (!taking.IsCompleted)
        {
            var merged = await TryAsync(() => shop.MergeAsync(ids));
            if (merged is { Refusal: null })
            {
                foreach (var hash in hashes)
                {
                    await TryAsync(() => shop.UnmergeAsync(merged.Parent, hash));
                }
            }
        }
        await taking;

        var issues = await shop.QueryAsync<IssueRow>($"{IssueRow.Select} WHERE i.status <> 'merged'");
        issues.Sum(issue => issue.TimesSeen).ShouldBe(hashes.Length * (Batches + 1));
        foreach (var issue in issues)
        {
            var stored = await shop.QueryAsync<long>(
                $"SELECT COUNT(*) FROM event_index e LEFT JOIN issue_strands s ON s.issue_id = e.issue_id WHERE COALESCE(s.parent_id, e.issue_id) = {issue.Id}"
            );
            issue.TimesSeen.ShouldBe(stored.Single());
            issue.UserCount.ShouldBe(7);
        }
    }

    static async Task<Tocsin.Server.Issues.Merging.MergeResult?> TryAsync(
        Func<Task<Tocsin.Server.Issues.Merging.MergeResult>> change
    )
    {
        try
        {
            return await change();
        }
        catch (Npgsql.PostgresException deadlock) when (deadlock.SqlState == Npgsql.PostgresErrorCodes.DeadlockDetected)
        {
            return null;
        }
    }

    Task<IReadOnlyList<IssueChange>> SeeAsync(
        string hash,
        long at = Noon,
        string? user = null,
        string? release = null,
        string? environment = null,
        string title = "Error: boom"
    ) => shop.TakeInAsync(Seen(shop.Project, hash, at, user, release, environment, title: title));

    async Task<long> IdAsync(string hash) => (await shop.OfHashAsync(hash)).Id;

    async Task<IReadOnlyList<string>> ActivitiesAsync(long issue) =>
        await shop.QueryAsync<string>($"SELECT type FROM issue_activity WHERE issue_id = {issue} ORDER BY id");
}
