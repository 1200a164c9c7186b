using System.Data.Common;
using Dapper;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Projects;

/// <summary>What users ask about projects and their keys. Callers pass ids that the tenant gate has resolved.</summary>
sealed class ProjectQueries(MetadataDb db)
{
    const string Columns = """
        p.id, p.organization_id, p.slug, p.name, p.platform, p.status, p.created, p.first_event, p.first_transaction, p.options
        """;

    public async Task<Project?> GetAsync(long projectId, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        var project = await connection.QueryFirstOrDefaultAsync<Project>(
            $"SELECT {Columns} FROM projects p WHERE p.id = @projectId",
            new { projectId }
        );
        return project is null ? null : (await WithTeamsAsync(connection, [project]))[0];
    }

    /// <summary>In the order of the slugs; one more than asked for tells the caller that there is a next page.</summary>
    public async Task<IReadOnlyList<Project>> ListAsync(ProjectList list, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        var projects = await connection.QueryAsync<Project>(
            $"""
            SELECT {Columns} FROM projects p
            WHERE p.organization_id = @OrganizationId
                AND (@TeamId IS NULL OR EXISTS (SELECT 1 FROM project_teams t WHERE t.project_id = p.id AND t.team_id = @TeamId))
                AND (@pattern IS NULL OR LOWER(p.name) LIKE @pattern ESCAPE '\' OR p.slug LIKE @pattern ESCAPE '\')
            ORDER BY p.slug LIMIT @Limit OFFSET @Offset
            """,
            new
            {
                list.OrganizationId,
                list.TeamId,
                pattern = Like.Containing(list.Query),
                list.Limit,
                list.Offset,
            }
        );
        return await WithTeamsAsync(connection, projects.AsList());
    }

    public async Task<IReadOnlyList<ProjectKey>> KeysAsync(long projectId, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        var keys = await connection.QueryAsync<ProjectKey>(
            """
            SELECT id, project_id, label, public_key, secret_key, is_active, rate_limit_count, rate_limit_window, created
            FROM project_keys WHERE project_id = @projectId ORDER BY id
            """,
            new { projectId }
        );
        return keys.AsList();
    }

    /// <summary>Environments that events of these projects named, hidden ones too.</summary>
    public async Task<IReadOnlyList<ProjectEnvironment>> EnvironmentsAsync(
        IReadOnlyCollection<long> projectIds,
        CancellationToken cancellation
    )
    {
        await using var connection = await db.OpenAsync(cancellation);
        var environments = await connection.QueryAsync<ProjectEnvironment>(
            $"""
            SELECT project_id, name, first_seen, is_hidden FROM environments
            WHERE project_id IN {SqlList.Of(projectIds)} ORDER BY name, project_id
            """
        );
        return environments.AsList();
    }

    /// <summary>Where a project that had this slug is now; null: no project ever had it.</summary>
    public async Task<long?> FormerSlugAsync(long organizationId, string slug, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        return await connection.ExecuteScalarAsync<long?>(
            "SELECT project_id FROM project_redirects WHERE organization_id = @organizationId AND slug = @slug",
            new { organizationId, slug }
        );
    }

    static async Task<IReadOnlyList<Project>> WithTeamsAsync(DbConnection connection, IReadOnlyList<Project> projects)
    {
        var ids = SqlList.Of(projects.Select(project => project.Id));
        var teams = await connection.QueryAsync<(long Project, long Id, string Slug, string Name)>(
            $"""
            SELECT pt.project_id, t.id, t.slug, t.name FROM project_teams pt JOIN teams t ON t.id = pt.team_id
            WHERE pt.project_id IN {ids} ORDER BY t.slug
            """
        );
        var teamsOf = teams.ToLookup(team => team.Project, team => new ProjectTeam(team.Id, team.Slug, team.Name));
        return [.. projects.Select(project => project with { Teams = [.. teamsOf[project.Id]] })];
    }
}

/// <summary>A part of an organisation's projects.</summary>
sealed record ProjectList(long OrganizationId, int Offset, int Limit)
{
    public long? TeamId { get; init; }

    /// <summary>A part of the name or slug.</summary>
    public string? Query { get; init; }
}
