using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Releases;

/// <summary>Releases as sentry-cli and people write and read them.</summary>
static class ReleaseApi
{
    public static void MapReleases(this GatedRoutes routes)
    {
        routes.Organization.Get("/releases/", Scope.ReleaseRead, ListAsync);
        Made(routes.Organization.Post("/releases/", Scope.ProjectReleases, CreateAsync));
        routes.Project.Get("/releases/", Scope.ReleaseRead, ListOfProjectAsync);
        Made(routes.Project.Post("/releases/", Scope.ProjectReleases, CreateInProjectAsync));
        foreach (var group in (TenantRoutes[])[routes.Organization, routes.Project])
        {
            group.Get("/releases/{version}/", Scope.ReleaseRead, GetAsync);
            group.Put("/releases/{version}/", Scope.ProjectReleases, UpdateAsync);
            group.Delete("/releases/{version}/", Scope.ProjectReleases, DeleteAsync);
            group.Get("/releases/{version}/commits/", Scope.ReleaseRead, CommitsAsync);
        }
        routes.Organization.Get("/releases/{version}/previous-with-commits/", Scope.ReleaseRead, PreviousAsync);
    }

    static void Made(RouteHandlerBuilder route) =>
        route.Produces<ReleaseShape>(StatusCodes.Status201Created).Produces<ReleaseShape>(StatusCodes.Status208AlreadyReported);

    /// <summary>
    /// The latest first; <c>query</c> is a part of the version, <c>status</c> is <c>open</c> or <c>archived</c>. <c>sort</c>: <c>date</c> (the
    /// default), or those that are versions by <c>semver</c>, or those whose build is a number by <c>build</c>; the highest first.
    /// </summary>
    internal static async Task<Results<Marked<Page<ReleaseShape>>, ApiError>> ListAsync(
        Tenant tenant,
        PageRequest page,
        ReleaseQueries releases,
        ReleaseViews views,
        ProjectDirectory directory,
        string[]? project,
        string? query,
        string? status,
        CancellationToken cancellation,
        string sort = ReleaseSort.Date
    ) =>
        ProjectSelection.Read(tenant, directory, project) is { } selected
            ? await PageAsync(
                tenant,
                page,
                Listed(tenant, page, [.. selected.Select(one => one.Id)], query, status, sort),
                releases,
                views,
                cancellation
            )
            : ApiError.NotFound();

    /// <summary>As the organisation's list, of one project.</summary>
    internal static Task<Results<Marked<Page<ReleaseShape>>, ApiError>> ListOfProjectAsync(
        Tenant tenant,
        PageRequest page,
        ReleaseQueries releases,
        ReleaseViews views,
        string? query,
        string? status,
        CancellationToken cancellation,
        string sort = ReleaseSort.Date
    ) => PageAsync(tenant, page, Listed(tenant, page, [tenant.Project.Id], query, status, sort), releases, views, cancellation);

    static ReleaseList Listed(
        Tenant tenant,
        PageRequest page,
        IReadOnlyList<long> projects,
        string? query,
        string? status,
        string sort
    ) =>
        new(tenant.Organization.Id, projects)
        {
            Text = query,
            Status = status,
            Sort = sort,
            Limit = page.Limit + 1,
            Offset = page.Offset,
        };

    static async Task<Results<Marked<Page<ReleaseShape>>, ApiError>> PageAsync(
        Tenant tenant,
        PageRequest page,
        ReleaseList list,
        ReleaseQueries releases,
        ReleaseViews views,
        CancellationToken cancellation
    )
    {
        if (!ReleaseSort.Names.Contains(list.Sort))
        {
            return ApiError.InvalidSort(ReleaseSort.Names);
        }
        var found = await releases.ListAsync(list, cancellation);
        return Marked.FromOffset(page, await views.OfAsync(tenant.Organization.Id, found, cancellation));
    }

    /// <summary>Announces a release, or changes it when it exists already (208).</summary>
    internal static async Task<Results<JsonHttpResult<ReleaseShape>, ApiError>> CreateAsync(
        Tenant tenant,
        ReleaseBody body,
        ReleaseCommands commands,
        ReleaseQueries releases,
        ReleaseViews views,
        ProjectDirectory directory,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var projects = ReleaseBody.Find([.. directory.Of(tenant.Organization.Id)], body.Projects);
        if ((ReleaseBody.VersionProblem(body.TrimmedVersion) ?? body.Problem) is { } problem)
        {
            return problem;
        }
        if (projects is null)
        {
            return ApiError.Field("projects", "Invalid project ids or slugs");
        }
        // sentry-cli archives and restores with an empty list.
        if (projects.Count == 0 && await FindAsync(tenant, body.TrimmedVersion, releases, cancellation) is null)
        {
            return ApiError.Field("projects", "This list may not be empty.");
        }
        return await SaveAsync(tenant, body, projects, commands, releases, views, time, cancellation);
    }

    /// <summary>As the organisation's; the release belongs to this project.</summary>
    internal static async Task<Results<JsonHttpResult<ReleaseShape>, ApiError>> CreateInProjectAsync(
        Tenant tenant,
        ReleaseBody body,
        ReleaseCommands commands,
        ReleaseQueries releases,
        ReleaseViews views,
        TimeProvider time,
        CancellationToken cancellation
    ) =>
        (ReleaseBody.VersionProblem(body.TrimmedVersion) ?? body.Problem) is { } problem
            ? problem
            : await SaveAsync(tenant, body, [tenant.Project], commands, releases, views, time, cancellation);

    static async Task<JsonHttpResult<ReleaseShape>> SaveAsync(
        Tenant tenant,
        ReleaseBody body,
        IReadOnlyList<ProjectSnapshot> projects,
        ReleaseCommands commands,
        ReleaseQueries releases,
        ReleaseViews views,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var isNew = await commands.SaveAsync(
            tenant.Organization.Id,
            body.TrimmedVersion,
            [.. projects.Select(project => project.Id)],
            body.ToChange(Microseconds.Now(time)),
            cancellation
        );
        var saved = await FindAsync(tenant, body.TrimmedVersion, releases, cancellation);
        return TypedResults.Json(
            (await views.OfAsync(tenant.Organization.Id, [saved!], cancellation)).Value[0],
            statusCode: isNew ? StatusCodes.Status201Created : StatusCodes.Status208AlreadyReported
        );
    }

    /// <summary>One release.</summary>
    internal static async Task<Results<Marked<Ok<ReleaseShape>>, ApiError>> GetAsync(
        Tenant tenant,
        string version,
        ReleaseQueries releases,
        ReleaseViews views,
        CancellationToken cancellation
    ) =>
        await FindAsync(tenant, version, releases, cancellation) is { } release
            ? await OneAsync(tenant, release, views, cancellation)
            : ApiError.NotFound();

    /// <summary>Finishes, archives, restores, sets commits; makes the release when <c>projects</c> says whose it is.</summary>
    internal static async Task<Results<Marked<Ok<ReleaseShape>>, ApiError>> UpdateAsync(
        Tenant tenant,
        string version,
        ReleaseBody body,
        ReleaseCommands commands,
        ReleaseQueries releases,
        ReleaseViews views,
        ProjectDirectory directory,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (body.Problem is { } problem)
        {
            return problem;
        }
        if (ReleaseBody.Find([.. directory.Of(tenant.Organization.Id)], body.Projects) is not { } projects)
        {
            return ApiError.Field("projects", "Invalid project ids or slugs");
        }
        var name = Named(version);
        if (projects.Count == 0 && await FindAsync(tenant, version, releases, cancellation) is null)
        {
            return ApiError.NotFound();
        }
        if (ReleaseBody.VersionProblem(name) is { } misnamed)
        {
            return misnamed;
        }
        await commands.SaveAsync(
            tenant.Organization.Id,
            name,
            [.. projects.Select(project => project.Id)],
            body.ToChange(Microseconds.Now(time)),
            cancellation
        );
        return await GetAsync(tenant, version, releases, views, cancellation);
    }

    /// <summary>Removes a release that no issue names.</summary>
    internal static async Task<Results<NoContent, ApiError>> DeleteAsync(
        Tenant tenant,
        string version,
        ReleaseCommands commands,
        ReleaseQueries releases,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(tenant, version, releases, cancellation) is not { } release)
        {
            return ApiError.NotFound();
        }
        return await commands.DeleteAsync(tenant.Organization.Id, release.Version, cancellation)
            ? TypedResults.NoContent()
            : ApiError.BadRequest("This release is referenced by active issues and cannot be removed.");
    }

    /// <summary>The release's commits, newest first.</summary>
    internal static async Task<Results<Page<CommitShape>, ApiError>> CommitsAsync(
        Tenant tenant,
        string version,
        PageRequest page,
        ReleaseQueries releases,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(tenant, version, releases, cancellation) is not { } release)
        {
            return ApiError.NotFound();
        }
        var commits = await releases.CommitsAsync(release.Id, page.Limit + 1, page.Offset, cancellation);
        return Page<CommitShape>.FromOffset(page, [.. commits.Select(CommitShape.Of)]);
    }

    /// <summary>The latest release before this one that has commits; an empty object when there is none.</summary>
    internal static async Task<Results<Marked<Ok<ReleaseShape>>, Ok<EmptyShape>, ApiError>> PreviousAsync(
        Tenant tenant,
        string version,
        ReleaseQueries releases,
        ReleaseViews views,
        CancellationToken cancellation
    )
    {
        if (await FindAsync(tenant, version, releases, cancellation) is not { } release)
        {
            return ApiError.NotFound();
        }
        return await releases.PreviousWithCommitsAsync(tenant.Organization.Id, release, cancellation) is { } previous
            ? await OneAsync(tenant, previous, views, cancellation)
            : TypedResults.Ok(new EmptyShape());
    }

    static async Task<Marked<Ok<ReleaseShape>>> OneAsync(
        Tenant tenant,
        Release release,
        ReleaseViews views,
        CancellationToken cancellation
    )
    {
        var shapes = await views.OfAsync(tenant.Organization.Id, [release], cancellation);
        return Marked.Ok(new Answer<ReleaseShape>(shapes.Value[0], shapes.Notes));
    }

    internal static Task<Release?> FindAsync(
        Tenant tenant,
        string version,
        ReleaseQueries releases,
        CancellationToken cancellation
    ) => releases.FindAsync(tenant.Organization.Id, Named(version), cancellation);

    // Routing leaves %2F as it is; a version may hold a slash.
    static string Named(string version) => version.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase).Trim();
}

sealed record EmptyShape;
