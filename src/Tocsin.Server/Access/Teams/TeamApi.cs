using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access.Members;
using Tocsin.Server.Api;
using Tocsin.Server.Hosting;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Access.Teams;

static class TeamApi
{
    public static void MapTeams(this GatedRoutes routes)
    {
        routes.Organization.Get("/teams/", Scope.TeamRead, ListAsync);
        routes.Organization.Post("/teams/", Scope.TeamWrite, CreateAsync);
        routes.Team.Get("/", Scope.TeamRead, GetAsync);
        routes.Team.Put("/", Scope.TeamWrite, UpdateAsync);
        routes.Team.Delete("/", Scope.TeamAdmin, DeleteAsync);
        routes.Team.Get("/members/", Scope.TeamRead, MembersAsync);
    }

    /// <summary>The organisation's teams with their projects.</summary>
    internal static async Task<Page<TeamWithProjectsShape>> ListAsync(
        Tenant tenant,
        PageRequest page,
        TeamQueries teams,
        ProjectQueries projects,
        string? query,
        CancellationToken cancellation
    )
    {
        var organization = tenant.Organization.Id;
        var all = await teams.ListAsync(organization, tenant.Member?.Id, new() { Query = query }, cancellation);
        var ofTeam = (await projects.ListAsync(new(organization, 0, int.MaxValue), cancellation))
            .SelectMany(project => project.Teams, (project, team) => (team.Id, Project: project))
            .ToLookup(pair => pair.Id, pair => pair.Project);
        return Page<TeamWithProjectsShape>.Of(
            page,
            [
                .. all.Select(team => new TeamWithProjectsShape(
                    team,
                    tenant,
                    [.. ofTeam[team.Id].Select(project => new ProjectShape(project, tenant))]
                )),
            ]
        );
    }

    /// <summary>Makes a team; the member who makes it is its admin.</summary>
    internal static async Task<Results<Created<TeamShape>, ApiError>> CreateAsync(
        Tenant tenant,
        TeamBody body,
        TeamCommands commands,
        TeamQueries teams,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(body.Name) && string.IsNullOrEmpty(body.Slug))
        {
            return ApiError.Field("name", "Name or slug is required.");
        }
        return await commands.CreateAsync(tenant, body.TrimmedName, body.Slug, cancellation) switch
        {
            TeamChange.Done done => TypedResults.Created(
                (string?)null,
                new TeamShape(await SummaryAsync(teams, tenant, done.Team.Id, cancellation), tenant)
            ),
            TeamChange.SlugTaken => ApiError.Conflict("A team with this slug already exists."),
            _ => ApiError.Field("slug", Slug.Rule),
        };
    }

    /// <summary>One team.</summary>
    internal static async Task<Ok<TeamDetailShape>> GetAsync(
        Tenant tenant,
        TeamQueries teams,
        ServerOptions server,
        CancellationToken cancellation
    ) =>
        TypedResults.Ok(new TeamDetailShape(await SummaryAsync(teams, tenant, tenant.Team.Id, cancellation), tenant, server.Url));

    /// <summary>Changes name or slug.</summary>
    internal static async Task<Results<Ok<TeamDetailShape>, ApiError>> UpdateAsync(
        Tenant tenant,
        TeamBody body,
        TeamCommands commands,
        TeamQueries teams,
        ServerOptions server,
        CancellationToken cancellation
    ) =>
        await commands.UpdateAsync(tenant.Team, body.TrimmedName, body.Slug, cancellation) switch
        {
            TeamChange.Done done => TypedResults.Ok(
                new TeamDetailShape(await SummaryAsync(teams, tenant, done.Team.Id, cancellation), tenant, server.Url)
            ),
            TeamChange.SlugTaken => ApiError.Field("slug", "A team with this slug already exists."),
            _ => ApiError.Field("slug", Slug.Rule),
        };

    /// <summary>Removes the team; its projects and members stay.</summary>
    internal static async Task<NoContent> DeleteAsync(Tenant tenant, TeamCommands commands, CancellationToken cancellation)
    {
        await commands.DeleteAsync(tenant.Team, cancellation);
        return TypedResults.NoContent();
    }

    /// <summary>The members who are in the team.</summary>
    internal static async Task<Page<MemberShape>> MembersAsync(
        Tenant tenant,
        PageRequest page,
        MemberQueries members,
        CancellationToken cancellation
    )
    {
        var all = await members.ListAsync(tenant.Organization.Id, new() { TeamId = tenant.Team.Id }, cancellation);
        return Page<MemberShape>.Of(page, [.. all.Select(member => MemberShape.Of(member))]);
    }

    static async Task<TeamSummary> SummaryAsync(TeamQueries teams, Tenant tenant, long team, CancellationToken cancellation) =>
        (await teams.ListAsync(tenant.Organization.Id, tenant.Member?.Id, new() { TeamId = team }, cancellation))[0];
}

/// <summary>What is absent stays as it is; a new team takes its slug from the name.</summary>
sealed record TeamBody(string? Name, string? Slug)
{
    internal string? TrimmedName => string.IsNullOrWhiteSpace(Name) ? null : Name.Trim();
}
