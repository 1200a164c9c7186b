using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Access.Teams;

/// <summary>How a command on a team ended.</summary>
abstract record TeamChange
{
    TeamChange() { }

    public sealed record Done(Team Team) : TeamChange;

    public sealed record SlugTaken : TeamChange;

    public sealed record InvalidSlug : TeamChange;
}

sealed class TeamCommands(MetadataDb db, TimeProvider time)
{
    /// <summary>A member who makes a team is in it, as its admin.</summary>
    public Task<TeamChange> CreateAsync(Tenant tenant, string? name, string? slug, CancellationToken cancellation) =>
        db.WriteAsync<TeamChange>(
            async transaction =>
            {
                if (slug is not null && !Slug.IsValid(slug))
                {
                    return new TeamChange.InvalidSlug();
                }
                var organization = tenant.Organization.Id;
                var taken = await SlugsAsync(transaction, organization);
                if (slug is not null && taken.Contains(slug))
                {
                    return new TeamChange.SlugTaken();
                }
                var chosen = slug ?? Slug.Free(Slug.From(name ?? "", "team"), taken);
                var team = new Team
                {
                    OrganizationId = organization,
                    Slug = chosen,
                    Name = name ?? chosen,
                    Created = Microseconds.Now(time),
                };
                team = team with { Id = await InsertAsync(transaction, team) };
                if (tenant.Member is { } member)
                {
                    await MembershipAsync(transaction, member.Id, team.Id, TeamRole.Admin);
                }
                return new TeamChange.Done(team);
            },
            cancellation
        );

    public Task<TeamChange> UpdateAsync(Team team, string? name, string? slug, CancellationToken cancellation) =>
        db.WriteAsync<TeamChange>(
            async transaction =>
            {
                var changed = team with { Name = name ?? team.Name, Slug = slug ?? team.Slug };
                if (!Slug.IsValid(changed.Slug))
                {
                    return new TeamChange.InvalidSlug();
                }
                if (changed.Slug != team.Slug && (await SlugsAsync(transaction, team.OrganizationId)).Contains(changed.Slug))
                {
                    return new TeamChange.SlugTaken();
                }
                await transaction.ExecuteAsync("UPDATE teams SET name = @Name, slug = @Slug WHERE id = @Id", changed);
                return new TeamChange.Done(changed);
            },
            cancellation
        );

    /// <summary>Its projects and members stay; they are only no longer together.</summary>
    public Task DeleteAsync(Team team, CancellationToken cancellation) =>
        db.WriteAsync(transaction => transaction.ExecuteAsync("DELETE FROM teams WHERE id = @Id", new { team.Id }), cancellation);

    public Task JoinAsync(long memberId, long teamId, TeamRole role, CancellationToken cancellation) =>
        db.WriteAsync(transaction => MembershipAsync(transaction, memberId, teamId, role), cancellation);

    /// <summary>False: the member was not in the team.</summary>
    public Task<bool> LeaveAsync(long memberId, long teamId, CancellationToken cancellation) =>
        db.WriteAsync(
            async transaction =>
                await transaction.ExecuteAsync(
                    "DELETE FROM member_teams WHERE member_id = @memberId AND team_id = @teamId",
                    new { memberId, teamId }
                ) > 0,
            cancellation
        );

    public static Task<long> InsertAsync(MetadataTransaction transaction, Team team) =>
        transaction.ScalarAsync<long>(
            "INSERT INTO teams (organization_id, slug, name, created) VALUES (@OrganizationId, @Slug, @Name, @Created) RETURNING id",
            team
        );

    public static Task MembershipAsync(MetadataTransaction transaction, long memberId, long teamId, TeamRole role) =>
        transaction.ExecuteAsync(
            """
            INSERT INTO member_teams (member_id, team_id, role) VALUES (@memberId, @teamId, @role)
            ON CONFLICT (member_id, team_id) DO UPDATE SET role = excluded.role
            """,
            new
            {
                memberId,
                teamId,
                role = role.Id,
            }
        );

    static async Task<HashSet<string>> SlugsAsync(MetadataTransaction transaction, long organization) =>
        [
            .. await transaction.QueryAsync<string>(
                "SELECT slug FROM teams WHERE organization_id = @organization",
                new { organization }
            ),
        ];
}
