using Dapper;
using Server.Tests.Projects;
using Tocsin.Server.Issues;
using Tocsin.Server.Issues.Merging;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Server.Tests.Issues.Merging;

/// <summary>A project whose events come through the real intake and whose issues are merged, on either metadata database.</summary>
sealed class MergedShop : IAsyncDisposable
{
    readonly SomeProjects projects;

    MergedShop(SomeProjects projects, ProjectSnapshot project)
    {
        this.projects = projects;
        Project = project;
        Merging = new(projects.Metadata.Db, TimeProvider.System);
    }

    public ProjectSnapshot Project { get; }
    public MetadataDb Db => projects.Metadata.Db;
    public IssueMerging Merging { get; }

    public static async Task<MergedShop> CreateAsync()
    {
        var projects = await SomeProjects.CreateAsync();
        var id = await projects.CreateAsync("Shop");
        await projects.Directory.RefreshAsync(CancellationToken.None);
        return new(projects, projects.Directory.Get(id)!);
    }

    /// <summary>As the worker does it: with their rows in the index, and anew when the batch was prepared on what has changed.</summary>
    public async Task<IReadOnlyList<IssueChange>> TakeInAsync(params PreparedItem[] items)
    {
        while (true)
        {
            var changes = new List<IssueChange>();
            try
            {
                await Db.WriteAsync(
                    async transaction =>
                    {
                        await new IssueIntake(new()).TakeInAsync(transaction, items, changes, CancellationToken.None);
                        await EventIndex.AddAsync(transaction, items, CancellationToken.None);
                    },
                    CancellationToken.None
                );
                return changes;
            }
            catch (StaleBatchException) { }
            // Two writers that wait for each other: PostgreSQL ends one of them.
            catch (Npgsql.PostgresException deadlock) when (deadlock.SqlState == Npgsql.PostgresErrorCodes.DeadlockDetected) { }
        }
    }

    public async Task<MergeResult> MergeAsync(params long[] issues) =>
        await Merging.MergeAsync(await RowsAsync(issues), null, CancellationToken.None);

    public async Task<MergeResult> UnmergeAsync(long issue, params string[] hashes) =>
        await Merging.UnmergeAsync((await RowsAsync(issue)).Single(), hashes, null, CancellationToken.None);

    /// <summary>The issue that events with this hash go to.</summary>
    public async Task<IssueRow> OfHashAsync(string hash)
    {
        var found = await QueryAsync<long>(
            $"""
            SELECT COALESCE(s.parent_id, h.issue_id) FROM issue_hashes h LEFT JOIN issue_strands s ON s.issue_id = h.issue_id
            WHERE h.project_id = {Project.Id} AND h.hash = '{hash}'
            """
        );
        return (await RowsAsync(found.ShouldHaveSingleItem())).ShouldHaveSingleItem();
    }

    public Task<IReadOnlyList<IssueRow>> RowsAsync(params long[] issues) =>
        QueryAsync<IssueRow>($"{IssueRow.Select} WHERE i.id IN {SqlList.Of(issues)}");

    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql)
    {
        await using var connection = await Db.OpenAsync(CancellationToken.None);
        return (await connection.QueryAsync<T>(sql, new { UserId = (long?)null })).AsList();
    }

    public Task WriteAsync(string sql) => Db.WriteAsync(transaction => transaction.ExecuteAsync(sql), CancellationToken.None);

    public ValueTask DisposeAsync() => projects.DisposeAsync();
}
