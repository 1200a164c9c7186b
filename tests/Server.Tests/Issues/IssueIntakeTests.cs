using Dapper;
using Server.Tests.Projects;
using Tocsin.Server.Issues;
using Tocsin.Server.Issues.Intake;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;
using static Server.Tests.Pipeline.SomeItem;

namespace Server.Tests.Issues;

public sealed class IssueIntakeTests : IAsyncLifetime
{
    const long Minute = 60_000_000;
    const long Day = 24 * 60 * Minute;
    SomeProjects projects = null!;
    ProjectSnapshot shop = null!;

    public async ValueTask InitializeAsync()
    {
        projects = await SomeProjects.CreateAsync();
        var id = await projects.CreateAsync("Shop");
        await projects.Directory.RefreshAsync(CancellationToken.None);
        shop = projects.Directory.Get(id)!;
    }

    [Fact]
    public async Task A_first_event_creates_an_issue_and_the_next_one_counts_on_it()
    {
        var created = await TakeInAsync(Seen(shop, "a", user: "id:1"));
        var counted = await TakeInAsync(
            Seen(shop, "a", Noon + Minute, user: "id:2"),
            Seen(shop, "a", Noon - Minute, user: "id:1")
        );

        var issue = await OnlyIssueAsync();
        (issue.Status, issue.Substatus, issue.ShortId).ShouldBe(("unresolved", "new", 1));
        (issue.TimesSeen, issue.UserCount).ShouldBe((3, 2));
        (issue.FirstSeen, issue.LastSeen).ShouldBe((Noon - Minute, Noon + Minute));
        created.Select(change => change.Kind).ShouldBe([IssueChangeKind.Created, IssueChangeKind.Counted]);
        var change = counted.ShouldHaveSingleItem();
        (change.Kind, change.IssueId, change.Events).ShouldBe((IssueChangeKind.Counted, issue.Id, 2));
        (await ActivitiesAsync(issue.Id)).ShouldBe(["first_seen"]);
    }

    [Fact]
    public async Task An_event_joins_the_issue_that_owns_any_of_its_hashes_and_brings_its_others()
    {
        await TakeInAsync(Seen(shop, "old"));
        await TakeInAsync(Seen(shop, "", hashes: ["new", "old"]));
        await TakeInAsync(Seen(shop, "new"));

        (await OnlyIssueAsync()).TimesSeen.ShouldBe(3);
    }

    [Fact]
    public async Task Within_one_batch_events_meet_in_the_issue_that_the_first_one_creates()
    {
        var items = new[] { Seen(shop, "x"), Seen(shop, "y"), Seen(shop, "", hashes: ["z", "x"]), Seen(shop, "z") };
        await TakeInAsync(items);

        var issues = await IssuesAsync();
        issues.Select(issue => issue.TimesSeen).ShouldBe([3, 1]);
        items.Select(item => item.IssueId).ShouldBe([issues[0].Id, issues[1].Id, issues[0].Id, issues[0].Id]);
        issues.Select(issue => issue.ShortId).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Equal_hashes_of_two_projects_are_two_issues_with_counters_of_their_own()
    {
        var other = await projects.CreateAsync("Other");
        await projects.Directory.RefreshAsync(CancellationToken.None);

        await TakeInAsync(Seen(shop, "same"), Seen(projects.Directory.Get(other)!, "same"));

        (await IssuesAsync()).Select(issue => issue.ShortId).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task An_issue_takes_its_looks_from_the_newest_event_only()
    {
        await TakeInAsync(Seen(shop, "a", title: "first", release: "shop@1.0.0"));
        await TakeInAsync(Seen(shop, "a", Noon + Minute, title: "newest", level: "fatal", release: "shop@1.1.0"));
        await TakeInAsync(Seen(shop, "a", Noon - Minute, title: "late", release: "shop@0.9.0"));

        var issue = await OnlyIssueAsync();
        (issue.Title, issue.Level).ShouldBe(("newest", "fatal"));
        (issue.FirstRelease, issue.LastRelease).ShouldBe(("shop@0.9.0", "shop@1.1.0"));
    }

    [Fact]
    public async Task A_regression_reopens_a_resolved_issue()
    {
        await TakeInAsync(Seen(shop, "a"));
        await ChangeAsync(IssueStatus.Resolved, null, "{}");

        var cause = Seen(shop, "a", Noon + Minute, release: "shop@2.0.0");
        var changes = await TakeInAsync(cause, Seen(shop, "a", Noon + 2 * Minute));

        var issue = await OnlyIssueAsync();
        (issue.Status, issue.Substatus, issue.StatusDetails).ShouldBe(("unresolved", "regressed", "{}"));
        changes
            .Where(change => change.Kind == IssueChangeKind.Regressed)
            .ShouldHaveSingleItem()
            .EventId.ShouldBe(cause.EventId!.Value);
        (await ActivitiesAsync(issue.Id)).ShouldBe(["first_seen", "set_regression"]);
        (await TakeInAsync(Seen(shop, "a"))).ShouldAllBe(change => change.Kind == IssueChangeKind.Counted);
    }

    [Theory]
    [InlineData("shop@1.9.0", false)]
    [InlineData("shop@1.10.0", false)]
    [InlineData("shop@1.10.1", true)]
    [InlineData("shop@1.10.1-beta", true)]
    [InlineData(null, false)]
    public async Task An_issue_resolved_in_a_release_comes_back_with_a_later_one_only(string? release, bool reopens)
    {
        await TakeInAsync(Seen(shop, "a"));
        await ChangeAsync(IssueStatus.Resolved, null, """{"inRelease":"shop@1.10.0"}""");

        await TakeInAsync(Seen(shop, "a", Noon + Minute, release: release));

        (await OnlyIssueAsync()).Status.ShouldBe(reopens ? IssueStatus.Unresolved : IssueStatus.Resolved);
    }

    [Theory]
    [InlineData("build-a", false)]
    [InlineData("build-b", false)]
    [InlineData("build-c", true)]
    [InlineData("never-seen", true)]
    public async Task Releases_without_a_version_are_ordered_by_when_they_were_first_seen(string release, bool reopens)
    {
        await TakeInAsync(Seen(shop, "a"));
        await ReleasesAsync(("build-a", Noon), ("build-b", Noon + Minute), ("build-c", Noon + 2 * Minute));
        await ChangeAsync(IssueStatus.Resolved, null, """{"inRelease":"build-b"}""");

        await TakeInAsync(Seen(shop, "a", Noon + Day, release: release));

        (await OnlyIssueAsync()).Status.ShouldBe(reopens ? IssueStatus.Unresolved : IssueStatus.Resolved);
    }

    [Theory]
    [InlineData("shop@1.1.0", false)]
    [InlineData("shop@1.2.0", true)]
    public async Task Resolved_in_the_next_release_means_newer_than_the_latest_known_then(string release, bool reopens)
    {
        await TakeInAsync(Seen(shop, "a"));
        await ReleasesAsync(("shop@1.1.0", Noon), ("shop@1.0.9", Noon + Minute), ("shop@1.2.0", Noon + Day));
        await ChangeAsync(IssueStatus.Resolved, null, """{"inNextRelease":true}""", Noon + 2 * Minute);

        await TakeInAsync(Seen(shop, "a", Noon + 2 * Day, release: release));

        (await OnlyIssueAsync()).Status.ShouldBe(reopens ? IssueStatus.Unresolved : IssueStatus.Resolved);
    }

    [Fact]
    public async Task An_issue_archived_for_some_events_returns_when_they_are_reached()
    {
        await TakeInAsync(Seen(shop, "a"), Seen(shop, "a"));
        await ChangeAsync(IssueStatus.Ignored, IssueStatus.ArchivedUntilConditionMet, """{"ignoreCount":3}""");

        await TakeInAsync(Seen(shop, "a"), Seen(shop, "a"));
        (await OnlyIssueAsync()).Status.ShouldBe(IssueStatus.Ignored);
        var changes = await TakeInAsync(Seen(shop, "a"));

        var issue = await OnlyIssueAsync();
        (issue.Status, issue.Substatus).ShouldBe(("unresolved", "ongoing"));
        changes.ShouldContain(change => change.Kind == IssueChangeKind.Escalated);
    }

    [Fact]
    public async Task Events_spread_over_more_than_the_window_do_not_bring_an_archived_issue_back()
    {
        await TakeInAsync(Seen(shop, "a"));
        await ChangeAsync(IssueStatus.Ignored, IssueStatus.ArchivedUntilConditionMet, """{"ignoreCount":3,"ignoreWindow":10}""");

        for (var i = 1; i <= 6; i++)
        {
            await TakeInAsync(Seen(shop, "a", Noon + i * 9 * Minute));
        }
        (await OnlyIssueAsync()).Status.ShouldBe(IssueStatus.Ignored);
        await TakeInAsync(Seen(shop, "a", Noon + Day), Seen(shop, "a", Noon + Day), Seen(shop, "a", Noon + Day));

        (await OnlyIssueAsync()).Status.ShouldBe(IssueStatus.Unresolved);
    }

    [Fact]
    public async Task An_issue_archived_for_some_users_or_some_time_returns_after_them()
    {
        await TakeInAsync(Seen(shop, "users", user: "id:1"), Seen(shop, "time"), Seen(shop, "forever"));
        await ChangeAsync(IssueStatus.Ignored, IssueStatus.ArchivedUntilConditionMet, """{"ignoreUserCount":2}""", shortId: 1);
        await ChangeAsync(IssueStatus.Ignored, IssueStatus.ArchivedUntilConditionMet, """{"ignoreDuration":30}""", shortId: 2);
        await ChangeAsync(IssueStatus.Ignored, IssueStatus.ArchivedForever, "{}", shortId: 3);

        await TakeInAsync(Seen(shop, "users", user: "id:2"), Seen(shop, "time", Noon + 29 * Minute), Seen(shop, "forever"));
        (await IssuesAsync()).ShouldAllBe(issue => issue.Status == IssueStatus.Ignored);
        await TakeInAsync(
            Seen(shop, "users", user: "id:3"),
            Seen(shop, "time", Noon + 31 * Minute),
            Seen(shop, "forever", Noon + 400 * Day)
        );

        (await IssuesAsync()).Select(issue => issue.Status).ShouldBe(["unresolved", "unresolved", "ignored"]);
    }

    [Fact]
    public async Task An_issue_archived_until_it_escalates_returns_when_a_day_brings_far_more_than_usual()
    {
        await TakeInAsync(Seen(shop, "a"));
        await ChangeAsync(IssueStatus.Ignored, IssueStatus.ArchivedUntilEscalating, "{}");

        await TakeInAsync([.. Enumerable.Range(0, 10).Select(_ => Seen(shop, "a", Noon + Minute))]);
        (await OnlyIssueAsync()).Status.ShouldBe(IssueStatus.Ignored);
        await TakeInAsync(Seen(shop, "a", Noon + 2 * Minute));

        var issue = await OnlyIssueAsync();
        (issue.Status, issue.Substatus).ShouldBe(("unresolved", "escalating"));
    }

    [Fact]
    public async Task Environments_are_counted_per_issue()
    {
        await TakeInAsync(
            Seen(shop, "a", environment: "prod"),
            Seen(shop, "a", Noon + Minute, environment: "prod"),
            Seen(shop, "a")
        );
        await TakeInAsync(Seen(shop, "a", Noon - Minute, environment: "prod"), Seen(shop, "a", environment: "dev"));

        await using var connection = await projects.Metadata.Db.OpenAsync(CancellationToken.None);
        var rows = await connection.QueryAsync<(string, long, long, long)>(
            "SELECT environment, first_seen, last_seen, times_seen FROM issue_environments ORDER BY environment"
        );
        rows.ShouldBe([("dev", Noon, Noon, 1), ("prod", Noon - Minute, Noon + Minute, 3)]);
    }

    [Fact]
    public async Task A_hash_that_was_discarded_meanwhile_sends_the_batch_back()
    {
        await TakeInAsync(Seen(shop, "a"));
        await projects.Metadata.Db.WriteAsync(
            transaction => transaction.ExecuteAsync("UPDATE issue_hashes SET discarded = 1, issue_id = NULL"),
            CancellationToken.None
        );

        await Should.ThrowAsync<StaleBatchException>(() => TakeInAsync(Seen(shop, "b"), Seen(shop, "a")));

        await using var connection = await projects.Metadata.Db.OpenAsync(CancellationToken.None);
        (await IssueHashes.DiscardedAsync(connection, [Seen(shop, "a"), Seen(shop, "b")], CancellationToken.None)).ShouldBe([
            new IssueHash(shop.Id, "a"),
        ]);
    }

    [Fact]
    public async Task Text_that_a_database_cannot_hold_costs_nothing_but_itself()
    {
        await TakeInAsync(Seen(shop, "a", title: "nul \0 and half a pair \uD83D!"));

        (await OnlyIssueAsync()).Title.ShouldBe("nul  and half a pair \uFFFD!");
    }

    [Fact]
    public async Task Five_thousand_events_of_two_thousand_issues_are_counted_exactly()
    {
        var items = Enumerable
            .Range(0, 5_000)
            .Select(i => Seen(shop, $"hash-{i % 2_000}", Noon + i, user: $"id:{i % 700}", environment: $"env-{i % 5}"))
            .ToArray();
        await TakeInAsync(items);
        await TakeInAsync(items);

        var issues = await IssuesAsync();
        issues.Count.ShouldBe(2_000);
        issues.Sum(issue => issue.TimesSeen).ShouldBe(10_000);
        issues
            .Sum(issue => issue.UserCount)
            .ShouldBe(items.Select(item => (item.IssueId, item.Sighting!.User)).Distinct().Count());
    }

    public ValueTask DisposeAsync() => projects.DisposeAsync();

    async Task<IReadOnlyList<IssueChange>> TakeInAsync(params PreparedItem[] items)
    {
        var changes = new List<IssueChange>();
        await projects.Metadata.Db.WriteAsync(
            transaction => new IssueIntake(new()).TakeInAsync(transaction, items, changes, CancellationToken.None),
            CancellationToken.None
        );
        return changes;
    }

    Task ChangeAsync(string status, string? substatus, string details, long at = Noon, int shortId = 1) =>
        projects.Metadata.Db.WriteAsync(
            transaction =>
                transaction.ExecuteAsync(
                    "UPDATE issues SET status = @status, substatus = @substatus, status_details = @details, status_changed = @at WHERE short_id = @shortId",
                    new
                    {
                        status,
                        substatus,
                        details,
                        at,
                        shortId,
                    }
                ),
            CancellationToken.None
        );

    Task ReleasesAsync(params (string Version, long FirstSeen)[] releases) =>
        projects.Metadata.Db.WriteAsync(
            async transaction =>
            {
                foreach (var (version, firstSeen) in releases)
                {
                    await transaction.ExecuteAsync(
                        "INSERT INTO project_releases (project_id, version, first_seen) VALUES (@Id, @version, @firstSeen)",
                        new
                        {
                            shop.Id,
                            version,
                            firstSeen,
                        }
                    );
                }
            },
            CancellationToken.None
        );

    async Task<Issue> OnlyIssueAsync() => (await IssuesAsync()).ShouldHaveSingleItem();

    async Task<IReadOnlyList<Issue>> IssuesAsync()
    {
        await using var connection = await projects.Metadata.Db.OpenAsync(CancellationToken.None);
        return (await connection.QueryAsync<Issue>("SELECT * FROM issues ORDER BY id")).AsList();
    }

    async Task<IReadOnlyList<string>> ActivitiesAsync(long issue)
    {
        await using var connection = await projects.Metadata.Db.OpenAsync(CancellationToken.None);
        return (
            await connection.QueryAsync<string>(
                "SELECT type FROM issue_activity WHERE issue_id = @issue ORDER BY id",
                new { issue }
            )
        ).AsList();
    }
}
