using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access.Teams;
using Tocsin.Server.Api;

namespace Tocsin.Server.Access.Members;

/// <summary>
/// Who is in which team. Membership is open: everybody may join and leave by themselves, as a contributor; admins of the team and
/// of the organisation do it for others and give roles.
/// </summary>
static class MemberTeamApi
{
    const string Pattern = "/members/{member}/teams/{team}/";

    public static void MapMemberTeams(this GatedRoutes routes)
    {
        routes.Organization.Post(Pattern, Scope.TeamRead, JoinAsync);
        routes.Organization.Put(Pattern, Scope.TeamRead, ChangeRoleAsync);
        routes.Organization.Delete(Pattern, Scope.TeamRead, LeaveAsync);
    }

    static async Task<Results<Created<TeamShape>, ApiError>> JoinAsync(
        Tenant tenant,
        string member,
        string team,
        MemberTeamDoors doors,
        MemberTeamBody? body,
        CancellationToken cancellation
    )
    {
        var (place, refusal) = await doors.FindAsync(tenant, member, team, body?.TeamRole, cancellation);
        if (place is null)
        {
            return refusal!;
        }
        await doors.Commands.JoinAsync(place.Member.Id, place.Team.Id, place.Role, cancellation);
        return TypedResults.Created((string?)null, await doors.ShapeAsync(tenant, place.Team, cancellation));
    }

    static async Task<Results<Ok<MemberTeamShape>, ApiError>> ChangeRoleAsync(
        Tenant tenant,
        string member,
        string team,
        MemberTeamDoors doors,
        MemberTeamBody body,
        CancellationToken cancellation
    )
    {
        var (place, refusal) = await doors.FindAsync(tenant, member, team, body.TeamRole, cancellation);
        if (place is null)
        {
            return refusal!;
        }
        if (await doors.Teams.RoleAsync(place.Member.Id, place.Team.Id, cancellation) is null)
        {
            return ApiError.NotFound();
        }
        await doors.Commands.JoinAsync(place.Member.Id, place.Team.Id, place.Role, cancellation);
        return TypedResults.Ok(new MemberTeamShape(true, place.Role.Id));
    }

    static async Task<Results<Ok<TeamShape>, ApiError>> LeaveAsync(
        Tenant tenant,
        string member,
        string team,
        MemberTeamDoors doors,
        CancellationToken cancellation
    )
    {
        var (place, refusal) = await doors.FindAsync(tenant, member, team, null, cancellation);
        if (place is null)
        {
            return refusal!;
        }
        return await doors.Commands.LeaveAsync(place.Member.Id, place.Team.Id, cancellation)
            ? TypedResults.Ok(await doors.ShapeAsync(tenant, place.Team, cancellation))
            : ApiError.NotFound();
    }
}

sealed record MemberTeamBody(string? TeamRole);

sealed record MemberTeamShape(bool IsActive, string TeamRole);

/// <summary>What the three routes check alike.</summary>
sealed class MemberTeamDoors(MemberQueries members, TeamQueries teams, TeamCommands commands)
{
    public TeamQueries Teams => teams;
    public TeamCommands Commands => commands;

    public async Task<(MemberTeamPlace? Place, ApiError? Refusal)> FindAsync(
        Tenant tenant,
        string member,
        string team,
        string? role,
        CancellationToken cancellation
    )
    {
        var foundMember = await MemberApi.FindAsync(tenant, member, members, cancellation);
        var foundTeam = await teams.FindAsync(tenant.Organization.Id, team, cancellation);
        if (foundMember is null || foundTeam is null)
        {
            return (null, ApiError.NotFound());
        }
        if (TeamRole.Find(role ?? TeamRole.Contributor.Id) is not { } wanted)
        {
            return (null, ApiError.Field("teamRole", "This is no role of a team."));
        }
        var isSelf = tenant.Member?.Id == foundMember.Id && wanted == TeamRole.Contributor;
        return isSelf || await MayRuleAsync(tenant, foundTeam, cancellation)
            ? (new(foundMember, foundTeam, wanted), null)
            : (null, ApiError.Forbidden());
    }

    public async Task<TeamShape> ShapeAsync(Tenant tenant, Team team, CancellationToken cancellation) =>
        new(
            (await teams.ListAsync(tenant.Organization.Id, tenant.Member?.Id, new() { TeamId = team.Id }, cancellation))[0],
            tenant
        );

    async Task<bool> MayRuleAsync(Tenant tenant, Team team, CancellationToken cancellation) =>
        tenant.May(Scope.TeamAdmin)
        || tenant.May(Scope.MemberAdmin)
        || (
            tenant is { Member: { } own, Caller.TokenScopes: null }
            && await teams.RoleAsync(own.Id, team.Id, cancellation) == TeamRole.Admin
        );
}

sealed record MemberTeamPlace(MemberSummary Member, Team Team, TeamRole Role);
