using System.Data.Common;
using System.Globalization;
using Dapper;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Access;

/// <summary>How the look for a tenant ended. What the caller may not see is <see cref="Nowhere"/>, like what does not exist.</summary>
abstract record TenantAnswer
{
    TenantAnswer() { }

    public sealed record Found(Tenant Tenant) : TenantAnswer;

    public sealed record Moved(string Slug) : TenantAnswer;

    public sealed record Nowhere : TenantAnswer;
}

/// <summary>
/// Resolves what an address names, by slug or number, and the caller's place in it. Always from the database: a removed member or
/// a revoked role counts from the next request on.
/// </summary>
sealed class Tenants(MetadataDb db, ProjectDirectory directory, ProjectQueries projects)
{
    public async Task<TenantAnswer> FindAsync(HttpContext context, Caller caller, TenantTarget target)
    {
        var cancellation = context.RequestAborted;
        string Named(string parameter) => (string)context.Request.RouteValues[parameter]!;

        if (target is TenantTarget.Owned owned)
        {
            return await owned.FindOwner(Named(owned.Parameter), context.RequestServices, cancellation) is { } owner
                ? await EnterAsync(caller, owner, cancellation)
                : new TenantAnswer.Nowhere();
        }
        await using var connection = await db.OpenAsync(cancellation);
        if (await OrganizationAsync(connection, caller, Reference.Parse(Named("organization"))) is not { } place)
        {
            return new TenantAnswer.Nowhere();
        }
        return target switch
        {
            TenantTarget.Project => await ProjectAsync(connection, caller, place, Named("project"), cancellation),
            TenantTarget.Team => await TeamAsync(connection, caller, place, Named("team")),
            _ => new TenantAnswer.Found(Make(caller, place, place.RoleScopes)),
        };
    }

    async Task<TenantAnswer> EnterAsync(Caller caller, Owner owner, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        var organization = Reference.Parse(owner.OrganizationId.ToString(CultureInfo.InvariantCulture));
        if (await OrganizationAsync(connection, caller, organization) is not { } place)
        {
            return new TenantAnswer.Nowhere();
        }
        return owner.ProjectId is { } project
            ? await ProjectAsync(connection, caller, place, project.ToString(CultureInfo.InvariantCulture), cancellation)
            : new TenantAnswer.Found(Make(caller, place, place.RoleScopes));
    }

    static async Task<Place?> OrganizationAsync(DbConnection connection, Caller caller, Reference named)
    {
        var row = await connection.QueryFirstOrDefaultAsync<PlaceRow>(
            $"""
            SELECT o.id, o.slug, o.name, o.created,
                m.id AS member_id, m.email AS member_email, m.role AS member_role, m.created AS member_created
            FROM organizations o LEFT JOIN members m ON m.organization_id = o.id AND m.user_id = @user
            WHERE {(named.Id is null ? "o.slug = @Slug" : "o.id = @Id")}
            """,
            new
            {
                named.Id,
                named.Slug,
                user = caller.UserId ?? 0,
            }
        );
        if (row is null)
        {
            return null;
        }
        var isTheirs = caller is Caller.OrganizationToken token ? token.OrganizationId == row.Id : row.MemberId is not null;
        return isTheirs ? new(row.Organization, row.Member(caller.UserId)) : null;
    }

    async Task<TenantAnswer> ProjectAsync(
        DbConnection connection,
        Caller caller,
        Place place,
        string text,
        CancellationToken cancellation
    )
    {
        var named = Reference.Parse(text);
        var id = await connection.ExecuteScalarAsync<long?>(
            $"SELECT id FROM projects WHERE organization_id = @organization AND {(named.Id is null ? "slug = @Slug" : "id = @Id")}",
            new
            {
                organization = place.Organization.Id,
                named.Id,
                named.Slug,
            }
        );
        if (id is not { } projectId)
        {
            return await MovedAsync(place.Organization.Id, named, cancellation);
        }
        if (directory.Get(projectId) is not { } project)
        {
            // Made by another process a moment ago.
            await directory.RefreshAsync(cancellation);
            if (directory.Get(projectId) is not { } now)
            {
                return new TenantAnswer.Nowhere();
            }
            project = now;
        }
        var scopes = place.RoleScopes.And(await TeamScopesAsync(connection, place.Member, projectId));
        return new TenantAnswer.Found(Make(caller, place, scopes, project));
    }

    async Task<TenantAnswer> MovedAsync(long organization, Reference named, CancellationToken cancellation)
    {
        if (
            named.Slug is { } former
            && await projects.FormerSlugAsync(organization, former, cancellation) is { } id
            && directory.Get(id) is { } project
        )
        {
            return new TenantAnswer.Moved(project.Slug);
        }
        return new TenantAnswer.Nowhere();
    }

    static async Task<TenantAnswer> TeamAsync(DbConnection connection, Caller caller, Place place, string text)
    {
        var named = Reference.Parse(text);
        var team = await connection.QueryFirstOrDefaultAsync<Team>(
            $"""
            SELECT id, organization_id, slug, name, created FROM teams
            WHERE organization_id = @organization AND {(named.Id is null ? "slug = @Slug" : "id = @Id")}
            """,
            new
            {
                organization = place.Organization.Id,
                named.Id,
                named.Slug,
            }
        );
        if (team is null)
        {
            return new TenantAnswer.Nowhere();
        }
        var role = place.Member is { } member
            ? await connection.ExecuteScalarAsync<string?>(
                "SELECT role FROM member_teams WHERE member_id = @member AND team_id = @team",
                new { member = member.Id, team = team.Id }
            )
            : null;
        var scopes = place.RoleScopes.And(TeamRole.Find(role)?.Scopes ?? ScopeSet.None);
        return new TenantAnswer.Found(Make(caller, place, scopes, team: team));
    }

    static async Task<ScopeSet> TeamScopesAsync(DbConnection connection, Member? member, long projectId)
    {
        if (member is null)
        {
            return ScopeSet.None;
        }
        var roles = await connection.QueryAsync<string?>(
            """
            SELECT DISTINCT mt.role FROM member_teams mt JOIN project_teams pt ON pt.team_id = mt.team_id
            WHERE mt.member_id = @member AND pt.project_id = @projectId
            """,
            new { member = member.Id, projectId }
        );
        return roles.Aggregate(ScopeSet.None, (scopes, role) => scopes.And(TeamRole.Find(role)?.Scopes ?? ScopeSet.None));
    }

    static Tenant Make(Caller caller, Place place, ScopeSet scopes, ProjectSnapshot? project = null, Team? team = null) =>
        new()
        {
            Caller = caller,
            Organization = place.Organization,
            Member = place.Member,
            Scopes = caller switch
            {
                Caller.OrganizationToken token => token.Scopes,
                { TokenScopes: { } limit } => limit.Within(scopes),
                _ => scopes,
            },
            Project = project!,
            Team = team!,
        };

    sealed record Place(Organization Organization, Member? Member)
    {
        public ScopeSet RoleScopes => Member is null ? ScopeSet.None : Role.Find(Member.Role)?.Scopes ?? ScopeSet.None;
    }

    sealed record PlaceRow
    {
        public long Id { get; init; }
        public string Slug { get; init; } = "";
        public string Name { get; init; } = "";
        public long Created { get; init; }
        public long? MemberId { get; init; }
        public string? MemberEmail { get; init; }
        public string? MemberRole { get; init; }
        public long? MemberCreated { get; init; }

        public Organization Organization =>
            new()
            {
                Id = Id,
                Slug = Slug,
                Name = Name,
                Created = Created,
            };

        public Member? Member(long? user) =>
            MemberId is not { } member
                ? null
                : new()
                {
                    Id = member,
                    OrganizationId = Id,
                    UserId = user,
                    Email = MemberEmail!,
                    Role = MemberRole!,
                    Created = MemberCreated!.Value,
                };
    }
}
