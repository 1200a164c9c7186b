using Dapper;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Access.Teams;

sealed class TeamQueries(MetadataDb db)
{
    /// <summary>In the order of the slugs, with how many members each has and whether this one is among them.</summary>
    public async Task<IReadOnlyList<TeamSummary>> ListAsync(
        long organizationId,
        long? memberId,
        TeamFilter filter,
        CancellationToken cancellation
    )
    {
        await using var connection = await db.OpenAsync(cancellation);
        var teams = await connection.QueryAsync<TeamSummary>(
            """
            SELECT t.id, t.organization_id, t.slug, t.name, t.created,
                (SELECT COUNT(*) FROM member_teams a WHERE a.team_id = t.id) AS member_count,
                (SELECT a.role FROM member_teams a WHERE a.team_id = t.id AND a.member_id = @memberId) AS own_role
            FROM teams t
            WHERE t.organization_id = @organizationId
                AND (@TeamId IS NULL OR t.id = @TeamId)
                AND (@ProjectId IS NULL OR EXISTS (SELECT 1 FROM project_teams p WHERE p.team_id = t.id AND p.project_id = @ProjectId))
                AND (@pattern IS NULL OR LOWER(t.name) LIKE @pattern ESCAPE '\' OR t.slug LIKE @pattern ESCAPE '\')
            ORDER BY t.slug
            """,
            new
            {
                organizationId,
                memberId,
                filter.TeamId,
                filter.ProjectId,
                pattern = Like.Containing(filter.Query),
            }
        );
        return teams.AsList();
    }

    /// <summary>Null: the organisation has no such team.</summary>
    public async Task<Team?> FindAsync(long organizationId, string named, CancellationToken cancellation)
    {
        var reference = Reference.Parse(named);
        await using var connection = await db.OpenAsync(cancellation);
        return await connection.QueryFirstOrDefaultAsync<Team>(
            $"""
            SELECT id, organization_id, slug, name, created FROM teams
            WHERE organization_id = @organizationId AND {(reference.Id is null ? "slug = @Slug" : "id = @Id")}
            """,
            new
            {
                organizationId,
                reference.Id,
                reference.Slug,
            }
        );
    }

    /// <summary>The member's role in the team; null: not in it.</summary>
    public async Task<TeamRole?> RoleAsync(long memberId, long teamId, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        return TeamRole.Find(
            await connection.ExecuteScalarAsync<string?>(
                "SELECT role FROM member_teams WHERE member_id = @memberId AND team_id = @teamId",
                new { memberId, teamId }
            )
        );
    }
}

/// <summary>What is null does not narrow the list.</summary>
sealed record TeamFilter
{
    public long? TeamId { get; init; }
    public long? ProjectId { get; init; }
    public string? Query { get; init; }
}

sealed record TeamSummary
{
    public long Id { get; init; }
    public long OrganizationId { get; init; }
    public string Slug { get; init; } = "";
    public string Name { get; init; } = "";
    public long Created { get; init; }
    public long MemberCount { get; init; }

    /// <summary>The asking member's role in it; null: not a member.</summary>
    public string? OwnRole { get; init; }
}
