using System.Data.Common;
using Dapper;
using Tocsin.Server.Api;
using Tocsin.Server.Metadata;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Releases;

/// <summary>What people and tools ask of releases.</summary>
sealed class ReleaseQueries(MetadataDb metadata, TelemetryStore telemetry)
{
    const string Select = """
        SELECT r.id, r.version, r.status, r.ref, r.url, r.created, r.started, r.released,
            (SELECT COUNT(*) FROM release_commits c WHERE c.release_id = r.id) AS commit_count,
            (SELECT COUNT(*) FROM release_deploys d WHERE d.release_id = r.id) AS deploy_count
        FROM releases r
        """;

    const string SelectCommits =
        "SELECT release_id, key, repository, author_name, author_email, message, created, patch_set FROM release_commits";

    public async Task<IReadOnlyList<Release>> ListAsync(ReleaseList list, CancellationToken cancellation)
    {
        var matching = $"""
            WHERE r.organization_id = @OrganizationId
                AND EXISTS (
                    SELECT 1 FROM project_releases p WHERE p.version = r.version AND p.project_id IN {SqlList.Of(list.Projects)}
                )
                AND (CAST(@pattern AS TEXT) IS NULL OR LOWER(r.version) LIKE @pattern ESCAPE '\')
                AND (CAST(@Status AS TEXT) IS NULL OR r.status = @Status)
            """;
        var parameters = new DynamicParameters(
            new
            {
                list.OrganizationId,
                pattern = Like.Containing(list.Text),
                list.Status,
                list.Limit,
                list.Offset,
            }
        );
        await using var connection = await metadata.OpenAsync(cancellation);
        if (list.Sort == ReleaseSort.Date)
        {
            return await ManyAsync<Release>(
                connection,
                $"{Select} {matching} ORDER BY COALESCE(r.released, r.created) DESC, r.id DESC LIMIT @Limit OFFSET @Offset",
                parameters,
                cancellation
            );
        }
        // The database knows no order of versions.
        var all = await ManyAsync<string>(connection, $"SELECT r.version FROM releases r {matching}", parameters, cancellation);
        List<string> page = [.. ReleaseSort.Sort(list.Sort, all).Skip(list.Offset).Take(list.Limit)];
        var named = SqlList.Of(page, parameters, "version");
        var releases = await ManyAsync<Release>(
            connection,
            $"{Select} WHERE r.organization_id = @OrganizationId AND r.version IN {named}",
            parameters,
            cancellation
        );
        return [.. releases.OrderBy(release => page.IndexOf(release.Version))];
    }

    public async Task<Release?> FindAsync(long organizationId, string version, CancellationToken cancellation)
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        return await connection.QueryFirstOrDefaultAsync<Release>(
            new(
                $"{Select} WHERE r.organization_id = @organizationId AND r.version = @version",
                new { organizationId, version },
                cancellationToken: cancellation
            )
        );
    }

    /// <summary>What the commits of releases say they belong to, in alphabetical order.</summary>
    public async Task<IReadOnlyList<Repository>> RepositoriesAsync(
        long organizationId,
        int limit,
        int offset,
        CancellationToken cancellation
    )
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        return
        [
            .. await connection.QueryAsync<Repository>(
                new(
                    """
                    SELECT c.repository AS name, MIN(c.created) AS created
                    FROM release_commits c JOIN releases r ON r.id = c.release_id
                    WHERE r.organization_id = @organizationId AND c.repository <> ''
                    GROUP BY c.repository ORDER BY c.repository LIMIT @limit OFFSET @offset
                    """,
                    new
                    {
                        organizationId,
                        limit,
                        offset,
                    },
                    cancellationToken: cancellation
                )
            ),
        ];
    }

    /// <summary>The latest release before this one that has commits.</summary>
    public async Task<Release?> PreviousWithCommitsAsync(long organizationId, Release release, CancellationToken cancellation)
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        return await connection.QueryFirstOrDefaultAsync<Release>(
            new(
                $"""
                {Select}
                WHERE r.organization_id = @organizationId AND r.id <> @Id AND r.created <= @Created
                    AND EXISTS (SELECT 1 FROM release_commits c WHERE c.release_id = r.id)
                ORDER BY r.created DESC, r.id DESC LIMIT 1
                """,
                new
                {
                    organizationId,
                    release.Id,
                    release.Created,
                },
                cancellationToken: cancellation
            )
        );
    }

    /// <summary>Which of the given projects have which of the releases.</summary>
    public async Task<IReadOnlyList<ReleaseProject>> ProjectsAsync(
        IEnumerable<long> projects,
        IEnumerable<string> versions,
        CancellationToken cancellation
    )
    {
        var parameters = new DynamicParameters();
        var named = SqlList.Of(versions, parameters, "version");
        await using var connection = await metadata.OpenAsync(cancellation);
        return await ManyAsync<ReleaseProject>(
            connection,
            $"""
            SELECT p.version, p.project_id, p.first_seen, o.slug, o.name, o.platform,
                (SELECT COUNT(*) FROM issues i WHERE i.project_id = p.project_id AND i.first_release = p.version
                    AND i.status <> 'merged') AS new_issues
            FROM project_releases p JOIN projects o ON o.id = p.project_id
            WHERE p.project_id IN {SqlList.Of(projects)} AND p.version IN {named}
            ORDER BY p.project_id
            """,
            parameters,
            cancellation
        );
    }

    /// <summary>The latest first.</summary>
    public async Task<IReadOnlyList<Deploy>> DeploysAsync(IEnumerable<long> releases, CancellationToken cancellation)
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        return await ManyAsync<Deploy>(
            connection,
            $"""
            SELECT id, release_id, environment, name, url, projects, started, finished FROM release_deploys
            WHERE release_id IN {SqlList.Of(releases)} ORDER BY finished DESC, id DESC
            """,
            new(),
            cancellation
        );
    }

    /// <summary>When each release of each project went live: the last deploy, else the stated date, else when it was first seen.</summary>
    /// <param name="now">Microseconds since 1970 UTC; later deploys have not happened.</param>
    /// <param name="cancellation">Ends the query.</param>
    public async Task<IReadOnlyList<LiveRelease>> LiveAsync(long now, CancellationToken cancellation)
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        return await ManyAsync<LiveRelease>(
            connection,
            """
            SELECT p.project_id, p.version,
                COALESCE(
                    (SELECT MAX(d.finished) FROM release_deploys d WHERE d.release_id = r.id AND d.finished <= @now),
                    r.released,
                    p.first_seen
                ) AS live
            FROM project_releases p
            JOIN projects o ON o.id = p.project_id
            JOIN releases r ON r.organization_id = o.organization_id AND r.version = p.version
            """,
            new(new { now }),
            cancellation
        );
    }

    /// <summary>Since when the given projects have which of the releases.</summary>
    public async Task<IReadOnlyList<ReleaseDates>> DatesAsync(
        IEnumerable<long> projects,
        IEnumerable<string> versions,
        CancellationToken cancellation
    )
    {
        var parameters = new DynamicParameters();
        var named = SqlList.Of(versions, parameters, "version");
        await using var connection = await metadata.OpenAsync(cancellation);
        return await ManyAsync<ReleaseDates>(
            connection,
            $"""
            SELECT p.project_id, p.version, p.first_seen, r.released,
                (SELECT MIN(d.finished) FROM release_deploys d WHERE d.release_id = r.id) AS deployed
            FROM project_releases p
            JOIN projects o ON o.id = p.project_id
            JOIN releases r ON r.organization_id = o.organization_id AND r.version = p.version
            WHERE p.project_id IN {SqlList.Of(projects)} AND p.version IN {named}
            """,
            parameters,
            cancellation
        );
    }

    /// <summary>The newest commits of each release, newest first.</summary>
    public async Task<IReadOnlyList<Commit>> NewestCommitsAsync(IEnumerable<long> releases, CancellationToken cancellation)
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        return await ManyAsync<Commit>(
            connection,
            $"{SelectCommits} WHERE release_id IN {SqlList.Of(releases)} AND place < 50 ORDER BY release_id, place",
            new(),
            cancellation
        );
    }

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<Commit>> CommitsAsync(long releaseId, int limit, int offset, CancellationToken cancellation)
    {
        await using var connection = await metadata.OpenAsync(cancellation);
        return await ManyAsync<Commit>(
            connection,
            $"{SelectCommits} WHERE release_id = @releaseId ORDER BY place LIMIT @limit OFFSET @offset",
            new(
                new
                {
                    releaseId,
                    limit,
                    offset,
                }
            ),
            cancellation
        );
    }

    /// <summary>The times of the first and last event of each release, from the events that are still there.</summary>
    public async Task<Answer<IReadOnlyDictionary<string, (long First, long Last)>>> EventTimesAsync(
        IReadOnlyList<long> projects,
        IReadOnlyList<string> versions,
        CancellationToken cancellation
    )
    {
        if (projects.Count == 0 || versions.Count == 0)
        {
            return new(new Dictionary<string, (long, long)>(), AnswerNotes.None);
        }
        var release = new Expression.Field("release");
        var time = new Expression.Field("timestamp");
        var result = await telemetry.QueryAsync(
            new()
            {
                Dataset = Dataset.Events,
                Projects = projects,
                Range = TimeRange.All,
                Select =
                [
                    new("release", release),
                    new("first", new Expression.Aggregate(AggregateKind.Min, time)),
                    new("last", new Expression.Aggregate(AggregateKind.Max, time)),
                ],
                Where = new Filter.In(release, [.. versions]),
                GroupBy = [release],
                Limit = versions.Count,
                Budget = TimeSpan.FromSeconds(2),
            },
            cancellation
        );
        return new(
            result.Rows.ToDictionary(row => (string)row[0]!, row => ((long)row[1]!, (long)row[2]!)),
            AnswerNotes.Of(result)
        );
    }

    static async Task<IReadOnlyList<T>> ManyAsync<T>(
        DbConnection connection,
        string sql,
        DynamicParameters parameters,
        CancellationToken cancellation
    ) => [.. await connection.QueryAsync<T>(new(sql, parameters, cancellationToken: cancellation))];
}
