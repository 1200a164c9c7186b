using Dapper;
using Server.Tests.Pipeline;
using Server.Tests.Projects;
using Tocsin.Server.Issues;
using Tocsin.Server.Projects;
using static Server.Tests.Pipeline.SomeItem;

namespace Server.Tests.Issues;

/// <summary>A client whose events never group fills one issue an hour, not the list of all issues.</summary>
public sealed class NewIssueLimitTests : IAsyncLifetime
{
    const int Limit = 3;
    const long Second = 1_000_000;
    const long Hour = 3_600 * Second;

    /// <summary>The first moment of an hour.</summary>
    const long Start = Noon / Hour * Hour;

    readonly List<SomeItem> sent = [];
    SomeProjects projects = null!;
    ProjectSnapshot shop = null!;
    ProjectSnapshot desk = null!;

    public async ValueTask InitializeAsync()
    {
        projects = await SomeProjects.CreateAsync();
        var (shop, desk) = (await projects.CreateAsync("Shop"), await projects.CreateAsync("Desk"));
        await projects.Directory.RefreshAsync(CancellationToken.None);
        (this.shop, this.desk) = (projects.Directory.Get(shop)!, projects.Directory.Get(desk)!);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(100)]
    public async Task However_the_events_come_in_batches_the_same_ones_find_no_room(int batch)
    {
        string[] hashes = ["a", "b", "a", "c", "d", "b", "e", "d", "c", "f"];
        var items = hashes.Select(hash => Seen(shop, hash, Start, user: $"id:{hash}")).ToArray();
        foreach (var part in items.Chunk(batch))
        {
            await TakeInAsync(part);
        }

        var issues = await IssuesAsync();
        issues.Select(issue => (issue.IsOverflow, issue.TimesSeen)).ShouldBe([(false, 2), (false, 2), (false, 2), (true, 4)]);
        var overflow = issues[^1];
        (overflow.Title, overflow.Type, overflow.Culprit, overflow.UserCount).ShouldBe((OverflowIssue.Title, "default", "", 3));
        items.Where(item => item.IssueId == overflow.Id).Select(item => item.Sighting!.Hashes[0]).ShouldBe(["d", "e", "d", "f"]);
        (await NumbersAsync("SELECT begun FROM new_issues")).ShouldBe([Limit]);
    }

    [Fact]
    public async Task What_finds_no_room_claims_no_hash_and_begins_its_own_issue_in_the_next_hour()
    {
        await TakeInAsync(Kinds("a", "b", "c", "d", "e"));
        (await NumbersAsync("SELECT COUNT(*) FROM issue_hashes")).ShouldBe([Limit]);

        await TakeInAsync(Seen(shop, "d", Start + Hour - 1), Seen(shop, "d", Start + Hour), Seen(shop, "d", Start + Hour));

        Sent("d").Select(item => item.IssueId).ShouldBe([4, 4, 5, 5]);
        // One that was received before and comes late is counted where it belongs; its kind has an issue by now.
        await TakeInAsync(Seen(shop, "e", Start), Seen(shop, "d", Start));
        Sent("e")[^1].IssueId.ShouldBe(4);
        Sent("d")[^1].IssueId.ShouldBe(5);
    }

    [Fact]
    public async Task Events_of_known_issues_go_on_and_other_projects_notice_nothing()
    {
        await TakeInAsync(Kinds("a", "b", "c", "d"));

        await TakeInAsync(Seen(shop, "a", Start), Seen(desk, "d", Start), Seen(shop, "new", Start, hashes: ["new", "b"]));

        var issues = await IssuesAsync();
        issues.Where(issue => issue.ProjectId == shop.Id).Select(issue => issue.TimesSeen).ShouldBe([2, 2, 1, 1]);
        var others = issues.Where(issue => issue.ProjectId == desk.Id).ShouldHaveSingleItem();
        (others.IsOverflow, others.ShortId, others.Title).ShouldBe((false, 1, "Error: boom"));
        // An issue that was there may learn a hash, whatever the bound says.
        await TakeInAsync(Seen(shop, "new", Start));
        Sent("new")[^1].IssueId.ShouldBe(issues[1].Id);
    }

    [Fact]
    public async Task A_batch_that_is_rolled_back_takes_no_room()
    {
        await Should.ThrowAsync<TimeoutException>(() =>
            projects.Metadata.Db.WriteAsync(
                async transaction =>
                {
                    await new IssueIntake(new() { NewPerHour = Limit }).TakeInAsync(
                        transaction,
                        Kinds("a", "b", "c"),
                        [],
                        default
                    );
                    throw new TimeoutException();
                },
                CancellationToken.None
            )
        );

        await TakeInAsync(Kinds("a", "b", "c"));

        (await IssuesAsync()).ShouldAllBe(issue => !issue.IsOverflow);
    }

    [Fact]
    public async Task The_overflow_issue_keeps_its_looks_and_is_made_again_when_it_was_deleted()
    {
        var changes = await TakeInAsync(Kinds("a", "b", "c", "d"));
        changes.Last(change => change.Kind == IssueChangeKind.Created).Title.ShouldBe(OverflowIssue.Title);
        await TakeInAsync(Seen(shop, "e", Start + Second, title: "TypeError: other", level: "fatal", release: "shop@2.0.0"));
        var overflow = (await IssuesAsync())[^1];
        (overflow.Title, overflow.Level, overflow.LastSeen).ShouldBe((OverflowIssue.Title, "error", Start + Second));
        (overflow.FirstRelease, overflow.LastRelease).ShouldBe(("shop@2.0.0", "shop@2.0.0"));

        await WriteAsync("UPDATE issues SET status = 'resolved', substatus = NULL WHERE is_overflow = 1");
        await TakeInAsync(Kinds("f"));
        (await IssuesAsync())[^1].Substatus.ShouldBe(IssueStatus.Regressed);

        await WriteAsync("DELETE FROM issues WHERE is_overflow = 1");
        await TakeInAsync(Kinds("f", "g"));
        var again = (await IssuesAsync())[^1];
        (again.IsOverflow, again.TimesSeen, again.ShortId).ShouldBe((true, 2, 5));
    }

    [Fact]
    public async Task A_higher_bound_holds_at_once_and_without_one_nothing_is_counted()
    {
        await TakeInAsync(Kinds("a", "b", "c", "d"));
        await TakeInAsync(Limit + 1, Kinds("e", "f"));
        await TakeInAsync(null, Kinds("g", "h", "i"));

        (await IssuesAsync()).Count(issue => !issue.IsOverflow).ShouldBe(Limit + 1 + 3);
        (await IssuesAsync()).Single(issue => issue.IsOverflow).TimesSeen.ShouldBe(2);
        (await NumbersAsync("SELECT begun FROM new_issues")).ShouldBe([Limit + 1]);
    }

    [Fact]
    public async Task Counts_are_kept_for_a_day()
    {
        for (var hour = 0; hour < 30; hour++)
        {
            await TakeInAsync(Seen(shop, $"shop-{hour}", Start + hour * Hour), Seen(desk, "desk", Start));
        }

        (await NumbersAsync($"SELECT COUNT(*) FROM new_issues WHERE project_id = {shop.Id}")).ShouldBe([25]);
        (await NumbersAsync($"SELECT MIN(hour) FROM new_issues WHERE project_id = {shop.Id}")).ShouldBe([Start / Hour + 5]);
        (await NumbersAsync($"SELECT COUNT(*) FROM new_issues WHERE project_id = {desk.Id}")).ShouldBe([1]);
    }

    public ValueTask DisposeAsync() => projects.DisposeAsync();

    SomeItem[] Kinds(params string[] hashes) => [.. hashes.Select(hash => Seen(shop, hash, Start))];

    Task<IReadOnlyList<IssueChange>> TakeInAsync(params SomeItem[] items) => TakeInAsync(Limit, items);

    async Task<IReadOnlyList<IssueChange>> TakeInAsync(int? limit, params SomeItem[] items)
    {
        var changes = new List<IssueChange>();
        await projects.Metadata.Db.WriteAsync(
            transaction =>
                new IssueIntake(new() { NewPerHour = limit }).TakeInAsync(transaction, items, changes, CancellationToken.None),
            CancellationToken.None
        );
        sent.AddRange(items);
        return changes;
    }

    IReadOnlyList<SomeItem> Sent(string hash) => sent.FindAll(item => item.Sighting!.Hashes[0] == hash);

    async Task<IReadOnlyList<Issue>> IssuesAsync()
    {
        await using var connection = await projects.Metadata.Db.OpenAsync(CancellationToken.None);
        return (await connection.QueryAsync<Issue>("SELECT * FROM issues ORDER BY id")).AsList();
    }

    async Task<IReadOnlyList<long>> NumbersAsync(string sql)
    {
        await using var connection = await projects.Metadata.Db.OpenAsync(CancellationToken.None);
        return (await connection.QueryAsync<long>(sql)).AsList();
    }

    Task WriteAsync(string sql) =>
        projects.Metadata.Db.WriteAsync(transaction => transaction.ExecuteAsync(sql), CancellationToken.None);
}
