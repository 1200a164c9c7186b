using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Access.Teams;
using Tocsin.Server.Api;
using Tocsin.Server.Hosting;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Projects;

static class ProjectApi
{
    const string SlugTaken = "A project with this slug already exists.";

    public static void MapProjects(this GatedRoutes routes)
    {
        routes.Organization.Get("/projects/", Scope.ProjectRead, ListAsync);
        routes.Team.Get("/projects/", Scope.ProjectRead, ListOfTeamAsync);
        routes.Team.Post("/projects/", Scope.ProjectWrite, CreateAsync);
        routes.Project.Get("/", Scope.ProjectRead, GetAsync);
        routes.Project.Put("/", Scope.ProjectWrite, UpdateAsync);
        routes.Project.Delete("/", Scope.ProjectAdmin, DeleteAsync);
        routes.Project.Get("/teams/", Scope.ProjectRead, TeamsAsync);
        routes.Project.Post("/teams/{team}/", Scope.ProjectWrite, AddTeamAsync);
        routes.Project.Delete("/teams/{team}/", Scope.ProjectWrite, RemoveTeamAsync);
        routes.MapProjectKeys();
        routes.MapInboundFilters();
        routes.MapTransactionThreshold();
        routes.MapTransactionThresholdOverride();
        routes.MapEnvironments();
    }

    /// <summary>The organisation's projects, in the order of their slugs.</summary>
    internal static async Task<Page<ProjectShape>> ListAsync(
        Tenant tenant,
        PageRequest page,
        ProjectQueries projects,
        string? query,
        CancellationToken cancellation
    ) =>
        await PageAsync(
            tenant,
            page,
            projects,
            new(tenant.Organization.Id, page.Offset, page.Limit + 1) { Query = query },
            cancellation
        );

    /// <summary>The team's projects.</summary>
    internal static async Task<Page<ProjectShape>> ListOfTeamAsync(
        Tenant tenant,
        PageRequest page,
        ProjectQueries projects,
        CancellationToken cancellation
    ) =>
        await PageAsync(
            tenant,
            page,
            projects,
            new(tenant.Organization.Id, page.Offset, page.Limit + 1) { TeamId = tenant.Team.Id },
            cancellation
        );

    /// <summary>Makes a project with a first key.</summary>
    internal static async Task<Results<Created<ProjectDetailShape>, ApiError>> CreateAsync(
        Tenant tenant,
        ProjectBody body,
        ProjectCommands commands,
        ProjectQueries projects,
        ServerOptions server,
        CancellationToken cancellation
    )
    {
        if (string.IsNullOrWhiteSpace(body.Name))
        {
            return ApiError.Field("name", "This field is required.");
        }
        if (body.Problems().ToList() is { Count: > 0 } problems)
        {
            return ApiError.Fields(problems);
        }
        var created = await commands.CreateAsync(
            new(tenant.Organization.Id, body.Name.Trim())
            {
                Slug = string.IsNullOrEmpty(body.Slug) ? null : body.Slug,
                Platform = body.Platform,
                TeamId = tenant.Team.Id,
            },
            cancellation
        );
        return created switch
        {
            ProjectChange.Done done => TypedResults.Created(
                (string?)null,
                new ProjectDetailShape((await projects.GetAsync(done.ProjectId, cancellation))!, tenant, server.Url)
            ),
            ProjectChange.SlugTaken => ApiError.Conflict(SlugTaken),
            _ => ApiError.Field("slug", Slug.Rule),
        };
    }

    /// <summary>One project with its settings.</summary>
    internal static async Task<Results<Ok<ProjectDetailShape>, ApiError>> GetAsync(
        Tenant tenant,
        ProjectQueries projects,
        ServerOptions server,
        CancellationToken cancellation
    ) =>
        await projects.GetAsync(tenant.Project.Id, cancellation) is { } project
            ? TypedResults.Ok(new ProjectDetailShape(project, tenant, server.Url))
            : ApiError.NotFound();

    /// <summary>Changes settings; they count for the next event that arrives.</summary>
    internal static async Task<Results<Ok<ProjectDetailShape>, ApiError>> UpdateAsync(
        Tenant tenant,
        ProjectBody body,
        ProjectCommands commands,
        ProjectQueries projects,
        ServerOptions server,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (body.Problems().ToList() is { Count: > 0 } problems)
        {
            return ApiError.Fields(problems);
        }
        var patch = body.ToPatch(tenant.UserId, Microseconds.Now(time));
        return await commands.UpdateAsync(tenant.Project.Id, patch, cancellation) switch
        {
            ProjectChange.Done => await GetAsync(tenant, projects, server, cancellation),
            ProjectChange.SlugTaken => ApiError.Field("slug", SlugTaken),
            ProjectChange.InvalidSlug => ApiError.Field("slug", Slug.Rule),
            _ => ApiError.NotFound(),
        };
    }

    /// <summary>Removes the project with its issues and keys.</summary>
    internal static async Task<NoContent> DeleteAsync(Tenant tenant, ProjectCommands commands, CancellationToken cancellation)
    {
        await commands.DeleteAsync(tenant.Project.Id, cancellation);
        return TypedResults.NoContent();
    }

    /// <summary>The teams that the project belongs to.</summary>
    internal static async Task<Page<TeamShape>> TeamsAsync(
        Tenant tenant,
        PageRequest page,
        TeamQueries teams,
        CancellationToken cancellation
    )
    {
        var all = await teams.ListAsync(
            tenant.Organization.Id,
            tenant.Member?.Id,
            new() { ProjectId = tenant.Project.Id },
            cancellation
        );
        return Page<TeamShape>.Of(page, [.. all.Select(team => new TeamShape(team, tenant))]);
    }

    /// <summary>Gives the project to a team, beside those that have it.</summary>
    internal static async Task<Results<Created<ProjectDetailShape>, ApiError>> AddTeamAsync(
        Tenant tenant,
        string team,
        TeamQueries teams,
        ProjectCommands commands,
        ProjectQueries projects,
        ServerOptions server,
        CancellationToken cancellation
    )
    {
        if (await teams.FindAsync(tenant.Organization.Id, team, cancellation) is not { } found)
        {
            return ApiError.NotFound("Team does not exist.");
        }
        await commands.AddTeamAsync(tenant.Project.Id, found.Id, cancellation);
        var project = await projects.GetAsync(tenant.Project.Id, cancellation);
        return TypedResults.Created((string?)null, new ProjectDetailShape(project!, tenant, server.Url));
    }

    /// <summary>Takes the project from a team.</summary>
    internal static async Task<Results<Ok<ProjectDetailShape>, ApiError>> RemoveTeamAsync(
        Tenant tenant,
        string team,
        TeamQueries teams,
        ProjectCommands commands,
        ProjectQueries projects,
        ServerOptions server,
        CancellationToken cancellation
    )
    {
        if (await teams.FindAsync(tenant.Organization.Id, team, cancellation) is not { } found)
        {
            return ApiError.NotFound("Team does not exist.");
        }
        await commands.RemoveTeamAsync(tenant.Project.Id, found.Id, cancellation);
        return await GetAsync(tenant, projects, server, cancellation);
    }

    static async Task<Page<ProjectShape>> PageAsync(
        Tenant tenant,
        PageRequest page,
        ProjectQueries projects,
        ProjectList list,
        CancellationToken cancellation
    ) =>
        Page<ProjectShape>.FromOffset(
            page,
            [.. (await projects.ListAsync(list, cancellation)).Select(project => new ProjectShape(project, tenant))]
        );
}
