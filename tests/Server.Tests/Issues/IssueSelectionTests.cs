using Dapper;
using Server.Tests.Hosting;
using Server.Tests.Projects;
using Tocsin.Server.Issues;
using Tocsin.Server.Issues.Search;

namespace Server.Tests.Issues;

/// <summary>The page that is picked from the indexes of several projects and statuses is the one that sorting everything would give.</summary>
public sealed class IssueSelectionTests : IAsyncLifetime
{
    readonly Random random = new(7);
    readonly List<Issue> issues = [];
    SomeProjects projects = null!;

    public async ValueTask InitializeAsync()
    {
        this.projects = await SomeProjects.CreateAsync();
        long[] projects =
        [
            await this.projects.CreateAsync("Shop"),
            await this.projects.CreateAsync("Desk"),
            await this.projects.CreateAsync("Till"),
        ];
        for (var i = 1; i <= 120; i++)
        {
            // Few values, so that many issues are equal in what they are sorted by.
            var first = random.Next(10);
            issues.Add(
                new()
                {
                    Id = i,
                    ProjectId = projects[random.Next(3)],
                    ShortId = i,
                    Status = IssueStatus.All[random.Next(3)],
                    Priority = "high",
                    Type = "error",
                    Title = $"{random.Next(4)}",
                    Culprit = "",
                    Metadata = "{}",
                    Level = "error",
                    Platform = "python",
                    FirstSeen = first,
                    LastSeen = first + random.Next(10),
                    TimesSeen = random.Next(10),
                    UserCount = random.Next(10),
                }
            );
        }
        await this.projects.Metadata.Db.WriteAsync(
            async transaction =>
            {
                foreach (var issue in issues)
                {
                    await transaction.ExecuteAsync(
                        """
                        INSERT INTO issues (id, project_id, short_id, status, status_changed, priority, type, title, culprit, metadata, level,
                            platform, first_seen, last_seen, times_seen, user_count)
                        VALUES (@Id, @ProjectId, @ShortId, @Status, 0, @Priority, @Type, @Title, @Culprit, @Metadata, @Level,
                            @Platform, @FirstSeen, @LastSeen, @TimesSeen, @UserCount)
                        """,
                        issue
                    );
                }
            },
            CancellationToken.None
        );
    }

    [Theory]
    [InlineData("date")]
    [InlineData("new")]
    [InlineData("freq")]
    [InlineData("user")]
    public async Task Pages_of_any_projects_and_statuses_are_those_of_all_issues_sorted(string sort)
    {
        var by = Enum.Parse<IssueSort>(sort, ignoreCase: true);
        long[] all = [.. issues.Select(issue => issue.ProjectId).Distinct().Order()];
        // The last one has more projects than parts are worth it.
        foreach (var projects in new[] { all[..1], all, [.. all, .. Enumerable.Range(1000, 30).Select(id => (long)id)] })
        {
            foreach (
                var statuses in new[] { IssueStatus.All, IssueStatus.All.Take(1).ToList(), IssueStatus.All.Skip(1).ToList(), [] }
            )
            {
                var expected = issues
                    .Where(issue => projects.Contains(issue.ProjectId) && statuses.Contains(issue.Status) && issue.Title != "2")
                    .OrderByDescending(issue => KeyOf(issue, by))
                    .ThenByDescending(issue => issue.Id)
                    .Select(issue => issue.Id)
                    .ToList();
                for (var offset = 0; offset < 40; offset += 13)
                {
                    var (page, hits) = await FindAsync(projects, statuses, by, 13, offset);

                    page.ShouldBe(
                        expected.Skip(offset).Take(13),
                        $"{sort}, {projects.Length} projects, {statuses.Count} statuses"
                    );
                    hits.ShouldBe(Math.Min(20, expected.Count));
                }
            }
        }
    }

    [Theory]
    [InlineData("date", "issues_last_seen")]
    [InlineData("new", "issues_first_seen")]
    [InlineData("freq", "issues_times_seen")]
    [InlineData("user", "issues_user_count")]
    public async Task Each_part_of_a_page_is_read_in_the_order_of_its_index(string sort, string index)
    {
        Assert.SkipWhen(TestMetadata.UsesPostgres, "SQLite's plans; PostgreSQL makes its own by what the tables hold.");
        var selection = new IssueSelection([1, 2], new(), Enum.Parse<IssueSort>(sort, ignoreCase: true));
        await using var connection = await projects.Metadata.Db.OpenAsync(CancellationToken.None);

        var plan = (
            await connection.QueryAsync<PlanRow>(
                $"EXPLAIN QUERY PLAN {selection.Page}",
                new
                {
                    UserId = 0,
                    Reach = 26,
                    Limit = 26,
                    Offset = 0,
                }
            )
        ).Select(row => row.Detail).ToList();

        plan.Count(step =>
                step.Contains($"USING INDEX {index} (project_id=? AND status=?)", StringComparison.Ordinal)
                || step.Contains($"USING COVERING INDEX {index} (project_id=? AND status=?)", StringComparison.Ordinal)
            )
            .ShouldBe(6, string.Join('\n', plan));
        // What is sorted are the first ones of the parts, and the page.
        plan.Count(step => step.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal))
            .ShouldBe(2, string.Join('\n', plan));
    }

    public ValueTask DisposeAsync() => projects.DisposeAsync();

    async Task<(IReadOnlyList<long> Page, int Hits)> FindAsync(
        IReadOnlyList<long> projects,
        IReadOnlyList<string> statuses,
        IssueSort sort,
        int limit,
        int offset
    )
    {
        var criteria = new IssueCriteria();
        criteria.Require(statuses.Count == 0 ? "1 = 0" : $"i.status IN ('{string.Join("','", statuses)}')");
        criteria.Require($"i.title <> {criteria.Bind("2")}");
        criteria.Narrow(statuses);
        var selection = new IssueSelection(projects, criteria, sort);
        criteria.Parameters.Add("UserId", 0L);
        criteria.Parameters.Add("Reach", limit + offset);
        criteria.Parameters.Add("Limit", limit);
        criteria.Parameters.Add("Offset", offset);
        criteria.Parameters.Add("MaxHits", 20);
        await using var connection = await this.projects.Metadata.Db.OpenAsync(CancellationToken.None);
        var page = await connection.QueryAsync<IssueRow>(selection.Page, criteria.Parameters);
        var hits = await connection.ExecuteScalarAsync<int>(selection.Hits, criteria.Parameters);
        return ([.. page.Select(row => row.Id)], hits);
    }

    static long KeyOf(Issue issue, IssueSort sort) =>
        sort switch
        {
            IssueSort.New => issue.FirstSeen,
            IssueSort.Freq => issue.TimesSeen,
            IssueSort.User => issue.UserCount,
            _ => issue.LastSeen,
        };

    sealed record PlanRow
    {
        public string Detail { get; init; } = "";
    }
}
