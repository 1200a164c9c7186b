using Tocsin.Server.Metadata;

namespace Tocsin.Server.Projects;

/// <summary>
/// What users do with projects. Every change is visible to the gateway of this process when the call returns.
/// </summary>
sealed class ProjectCommands(MetadataDb db, ProjectDirectory directory, TimeProvider time)
{
    public async Task<ProjectChange> CreateAsync(NewProject project, CancellationToken cancellation)
    {
        var change = await db.WriteAsync(transaction => CreateAsync(transaction, project), cancellation);
        await directory.RefreshAsync(cancellation);
        return change;
    }

    /// <summary>For callers with a transaction of their own, who refresh the directory after the commit.</summary>
    public async Task<ProjectChange> CreateAsync(MetadataTransaction transaction, NewProject project)
    {
        if (project.Slug is { } wanted && !Slug.IsValid(wanted))
        {
            return new ProjectChange.InvalidSlug();
        }
        // Counting up first takes the row's lock: two creations of the same slug meet here, one after the other.
        await Changes.NoteAsync(transaction, Changes.Projects);
        var taken = await SlugsAsync(transaction, project.OrganizationId);
        if (project.Slug is { } slug && taken.Contains(slug))
        {
            return new ProjectChange.SlugTaken();
        }
        var id = await NextIdAsync(transaction, project.Id);
        var now = Microseconds.Now(time);
        await transaction.ExecuteAsync(
            """
            INSERT INTO projects (id, organization_id, slug, name, platform, created, options)
            VALUES (@id, @OrganizationId, @slug, @Name, @Platform, @now, @options)
            """,
            new
            {
                id,
                project.OrganizationId,
                slug = project.Slug ?? Slug.Free(Slug.From(project.Name, "project"), taken),
                project.Name,
                project.Platform,
                now,
                options = ProjectOptions.Default.ToJson(),
            }
        );
        await transaction.ExecuteAsync(
            "DELETE FROM project_redirects WHERE organization_id = @OrganizationId AND slug = @Slug",
            new { project.OrganizationId, project.Slug }
        );
        if (project.TeamId is { } team)
        {
            await transaction.ExecuteAsync(
                "INSERT INTO project_teams (project_id, team_id) VALUES (@id, @team)",
                new { id, team }
            );
        }
        await ProjectKeyCommands.InsertAsync(transaction, id, new("Default", null) { PublicKey = project.PublicKey }, now);
        return new ProjectChange.Done(id);
    }

    public Task<ProjectChange> UpdateAsync(long projectId, ProjectPatch patch, CancellationToken cancellation) =>
        directory.ChangeAsync(transaction => UpdateAsync(transaction, projectId, patch), cancellation);

    /// <summary>Removes the project and all it holds in the metadata; its telemetry can no longer be reached and ages out.</summary>
    public Task<ProjectChange> DeleteAsync(long projectId, CancellationToken cancellation) =>
        directory.ChangeAsync<ProjectChange>(
            async transaction =>
            {
                await transaction.ExecuteAsync("DELETE FROM event_index WHERE project_id = @projectId", new { projectId });
                await transaction.ExecuteAsync("DELETE FROM quarantine WHERE project_id = @projectId", new { projectId });
                var rows = await transaction.ExecuteAsync("DELETE FROM projects WHERE id = @projectId", new { projectId });
                return rows == 0 ? new ProjectChange.NotFound() : new ProjectChange.Done(projectId);
            },
            cancellation
        );

    public Task<ProjectChange> AddTeamAsync(long projectId, long teamId, CancellationToken cancellation) =>
        directory.ChangeAsync<ProjectChange>(
            async transaction =>
            {
                await transaction.ExecuteAsync(
                    "INSERT INTO project_teams (project_id, team_id) VALUES (@projectId, @teamId) ON CONFLICT DO NOTHING",
                    new { projectId, teamId }
                );
                return new ProjectChange.Done(projectId);
            },
            cancellation
        );

    public Task<ProjectChange> RemoveTeamAsync(long projectId, long teamId, CancellationToken cancellation) =>
        directory.ChangeAsync<ProjectChange>(
            async transaction =>
            {
                await transaction.ExecuteAsync(
                    "DELETE FROM project_teams WHERE project_id = @projectId AND team_id = @teamId",
                    new { projectId, teamId }
                );
                return new ProjectChange.Done(projectId);
            },
            cancellation
        );

    /// <summary>False: no event of the project ever named this environment.</summary>
    public Task<bool> HideEnvironmentAsync(long projectId, string environment, bool isHidden, CancellationToken cancellation) =>
        db.WriteAsync(
            async transaction =>
                await transaction.ExecuteAsync(
                    "UPDATE environments SET is_hidden = @isHidden WHERE project_id = @projectId AND name = @environment",
                    new
                    {
                        projectId,
                        environment,
                        isHidden,
                    }
                ) > 0,
            cancellation
        );

    static async Task<ProjectChange> UpdateAsync(MetadataTransaction transaction, long projectId, ProjectPatch patch)
    {
        var row = await transaction.FirstAsync<PatchedRow>(
            "SELECT organization_id, slug, name, platform, options FROM projects WHERE id = @projectId",
            new { projectId }
        );
        if (row is null)
        {
            return new ProjectChange.NotFound();
        }
        var slug = patch.Slug ?? row.Slug;
        if (slug != row.Slug)
        {
            if (!Slug.IsValid(slug))
            {
                return new ProjectChange.InvalidSlug();
            }
            if ((await SlugsAsync(transaction, row.OrganizationId)).Contains(slug))
            {
                return new ProjectChange.SlugTaken();
            }
            await RedirectAsync(transaction, row.OrganizationId, row.Slug, slug, projectId);
        }
        await transaction.ExecuteAsync(
            "UPDATE projects SET slug = @slug, name = @name, platform = @platform, options = @options WHERE id = @projectId",
            new
            {
                projectId,
                slug,
                name = patch.Name ?? row.Name,
                platform = patch.Platform ?? row.Platform,
                options = patch.Options is null ? row.Options : patch.Options(ProjectOptions.Parse(row.Options)).ToJson(),
            }
        );
        return new ProjectChange.Done(projectId);
    }

    static async Task RedirectAsync(MetadataTransaction transaction, long organizationId, string from, string to, long projectId)
    {
        await transaction.ExecuteAsync(
            "DELETE FROM project_redirects WHERE organization_id = @organizationId AND slug = @to",
            new { organizationId, to }
        );
        await transaction.ExecuteAsync(
            """
            INSERT INTO project_redirects (organization_id, slug, project_id) VALUES (@organizationId, @from, @projectId)
            ON CONFLICT (organization_id, slug) DO UPDATE SET project_id = excluded.project_id
            """,
            new
            {
                organizationId,
                from,
                projectId,
            }
        );
    }

    static async Task<HashSet<string>> SlugsAsync(MetadataTransaction transaction, long organizationId) =>
        [
            .. await transaction.QueryAsync<string>(
                "SELECT slug FROM projects WHERE organization_id = @organizationId",
                new { organizationId }
            ),
        ];

    // Ids of deleted projects are not used again: their telemetry may still lie in the stores.
    static async Task<long> NextIdAsync(MetadataTransaction transaction, long? wanted)
    {
        var last = await transaction.ScalarAsync<long>(
            "SELECT COALESCE((SELECT number FROM changes WHERE subject = 'project ids'), 0)"
        );
        var id = wanted ?? last + 1;
        await transaction.ExecuteAsync(
            """
            INSERT INTO changes (subject, number) VALUES ('project ids', @number)
            ON CONFLICT (subject) DO UPDATE SET number = excluded.number
            """,
            new { number = Math.Max(last, id) }
        );
        return id;
    }

    sealed record PatchedRow
    {
        public long OrganizationId { get; init; }
        public string Slug { get; init; } = "";
        public string Name { get; init; } = "";
        public string? Platform { get; init; }
        public string Options { get; init; } = "{}";
    }
}
