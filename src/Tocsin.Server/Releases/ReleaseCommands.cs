using Tocsin.Server.Metadata;

namespace Tocsin.Server.Releases;

/// <summary>What clients announce about releases: sentry-cli, build servers, people.</summary>
sealed class ReleaseCommands(MetadataDb db, TimeProvider time)
{
    /// <summary>Makes the release or changes it; true: it is new. Projects are added, never taken away.</summary>
    public Task<bool> SaveAsync(
        long organizationId,
        string version,
        IReadOnlyList<long> projects,
        ReleaseChange change,
        CancellationToken cancellation
    ) =>
        db.WriteAsync(
            async transaction =>
            {
                var now = Microseconds.Now(time);
                var isNew =
                    await transaction.ExecuteAsync(
                        """
                        INSERT INTO releases (organization_id, version, created) VALUES (@organizationId, @version, @now)
                        ON CONFLICT (organization_id, version) DO NOTHING
                        """,
                        new
                        {
                            organizationId,
                            version,
                            now,
                        }
                    ) > 0;
                var id = await transaction.ScalarAsync<long>(
                    """
                    UPDATE releases SET status = COALESCE(@Status, status), ref = COALESCE(@Ref, ref), url = COALESCE(@Url, url),
                        started = COALESCE(@Started, started), released = COALESCE(@Released, released)
                    WHERE organization_id = @organizationId AND version = @version RETURNING id
                    """,
                    new
                    {
                        organizationId,
                        version,
                        change.Status,
                        change.Ref,
                        change.Url,
                        change.Started,
                        change.Released,
                    }
                );
                await AddProjectsAsync(transaction, version, projects, now, cancellation);
                if (change.Commits is { } commits)
                {
                    await ReplaceCommitsAsync(transaction, id, commits, cancellation);
                }
                return isNew;
            },
            cancellation
        );

    /// <summary>Returns the deploy as it stands.</summary>
    public Task<Deploy> DeployAsync(
        Release release,
        Deploy deploy,
        IReadOnlyList<long> projects,
        CancellationToken cancellation
    ) =>
        db.WriteAsync(
            async transaction =>
            {
                await AddProjectsAsync(transaction, release.Version, projects, Microseconds.Now(time), cancellation);
                var id = await transaction.ScalarAsync<long>(
                    """
                    INSERT INTO release_deploys (release_id, environment, name, url, projects, started, finished)
                    VALUES (@Id, @Environment, @Name, @Url, @Projects, @Started, @Finished) RETURNING id
                    """,
                    new
                    {
                        release.Id,
                        deploy.Environment,
                        deploy.Name,
                        deploy.Url,
                        deploy.Projects,
                        deploy.Started,
                        deploy.Finished,
                    }
                );
                return deploy with { Id = id, ReleaseId = release.Id };
            },
            cancellation
        );

    /// <summary>False: issues name the release, so it stays.</summary>
    public Task<bool> DeleteAsync(long organizationId, string version, CancellationToken cancellation) =>
        db.WriteAsync(
            async transaction =>
            {
                var parameters = new { organizationId, version };
                const string ofOrganization = "project_id IN (SELECT id FROM projects WHERE organization_id = @organizationId)";
                var named = await transaction.ScalarAsync<long>(
                    $"""
                    SELECT COUNT(*) FROM (
                        SELECT 1 FROM issues WHERE {ofOrganization} AND (first_release = @version OR last_release = @version) LIMIT 1
                    ) AS named
                    """,
                    parameters
                );
                if (named > 0)
                {
                    return false;
                }
                await transaction.ExecuteAsync(
                    "DELETE FROM releases WHERE organization_id = @organizationId AND version = @version",
                    parameters
                );
                await transaction.ExecuteAsync(
                    $"DELETE FROM project_releases WHERE version = @version AND {ofOrganization}",
                    parameters
                );
                return true;
            },
            cancellation
        );

    static async Task AddProjectsAsync(
        MetadataTransaction transaction,
        string version,
        IReadOnlyList<long> projects,
        long now,
        CancellationToken cancellation
    )
    {
        var rows = new ValueRows();
        foreach (var project in projects)
        {
            rows.Add(project, version, now);
        }
        await rows.ExecuteAsync(
            transaction,
            """
            INSERT INTO project_releases (project_id, version, first_seen) VALUES {rows}
            ON CONFLICT (project_id, version) DO NOTHING
            """,
            cancellation
        );
    }

    static async Task ReplaceCommitsAsync(
        MetadataTransaction transaction,
        long releaseId,
        IReadOnlyList<Commit> commits,
        CancellationToken cancellation
    )
    {
        await transaction.ExecuteAsync("DELETE FROM release_commits WHERE release_id = @releaseId", new { releaseId });
        var rows = new ValueRows();
        for (var place = 0; place < commits.Count; place++)
        {
            var commit = commits[place];
            rows.Add(
                releaseId,
                place,
                commit.Key,
                commit.Repository,
                commit.AuthorName,
                commit.AuthorEmail,
                commit.Message,
                commit.Created,
                commit.PatchSet
            );
        }
        await rows.ExecuteAsync(
            transaction,
            """
            INSERT INTO release_commits
                (release_id, place, key, repository, author_name, author_email, message, created, patch_set) VALUES {rows}
            """,
            cancellation
        );
    }
}

/// <summary>What is null stays as it is.</summary>
sealed record ReleaseChange
{
    public string? Status { get; init; }
    public string? Ref { get; init; }
    public string? Url { get; init; }
    public long? Started { get; init; }
    public long? Released { get; init; }

    /// <summary>Take the place of the release's commits; newest first.</summary>
    public IReadOnlyList<Commit>? Commits { get; init; }
}
