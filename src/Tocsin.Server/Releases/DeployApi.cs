using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Releases;

/// <summary>When and where a release went live.</summary>
static class DeployApi
{
    public static void MapDeploys(this GatedRoutes routes)
    {
        routes.Organization.Get("/releases/{version}/deploys/", Scope.ReleaseRead, ListAsync);
        routes.Organization.Post("/releases/{version}/deploys/", Scope.ProjectReleases, CreateAsync);
    }

    /// <summary>The latest first.</summary>
    internal static async Task<Results<Page<DeployShape>, ApiError>> ListAsync(
        Tenant tenant,
        string version,
        PageRequest page,
        ReleaseQueries releases,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        if (await ReleaseApi.FindAsync(tenant, version, releases, cancellation) is not { } release)
        {
            return ApiError.NotFound();
        }
        var deploys = await releases.DeploysAsync([release.Id], cancellation);
        var projects = await ProjectsAsync(tenant, release, releases, directory, cancellation);
        return Page<DeployShape>.Of(page, [.. deploys.Select(deploy => DeployShape.Of(deploy, projects))]);
    }

    /// <summary>Tells of a deploy. Without a <c>dateFinished</c> it has just ended; <c>projects</c> narrows it to some of the release's.</summary>
    internal static async Task<Results<Created<DeployShape>, ApiError>> CreateAsync(
        Tenant tenant,
        string version,
        DeployBody body,
        ReleaseCommands commands,
        ReleaseQueries releases,
        ProjectDirectory directory,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (await ReleaseApi.FindAsync(tenant, version, releases, cancellation) is not { } release)
        {
            return ApiError.NotFound();
        }
        if (body.Problem is { } problem)
        {
            return problem;
        }
        if (ReleaseBody.Find([.. directory.Of(tenant.Organization.Id)], body.Projects) is not { } named)
        {
            return ApiError.Field("projects", "Invalid project ids or slugs");
        }
        var ids = named.Select(project => project.Id).ToList();
        var deploy = await commands.DeployAsync(
            release,
            new()
            {
                Environment = body.Environment!.Trim(),
                Name = body.Name,
                Url = body.Url,
                Projects = JsonSerializer.Serialize(ids),
                Started = ReleaseBody.Moment(body.DateStarted),
                Finished = ReleaseBody.Moment(body.DateFinished) ?? Microseconds.Now(time),
            },
            ids,
            cancellation
        );
        var projects = await ProjectsAsync(tenant, release, releases, directory, cancellation);
        return TypedResults.Created((string?)null, DeployShape.Of(deploy, projects));
    }

    static Task<IReadOnlyList<ReleaseProject>> ProjectsAsync(
        Tenant tenant,
        Release release,
        ReleaseQueries releases,
        ProjectDirectory directory,
        CancellationToken cancellation
    ) =>
        releases.ProjectsAsync(
            directory.Of(tenant.Organization.Id).Select(project => project.Id),
            [release.Version],
            cancellation
        );
}

/// <summary>Environment is needed. Dates: ISO 8601.</summary>
sealed record DeployBody
{
    const int MaxName = 64;

    public string? Environment { get; init; }
    public string? Name { get; init; }
    public string? Url { get; init; }
    public string? DateStarted { get; init; }
    public string? DateFinished { get; init; }
    public IReadOnlyList<JsonElement>? Projects { get; init; }

    internal ApiError? Problem =>
        string.IsNullOrWhiteSpace(Environment) ? ApiError.Field("environment", "This field is required.")
        : Environment.Length > MaxName
            ? ApiError.Field("environment", $"Ensure this field has no more than {MaxName} characters.")
        : LegalNames.EnvironmentFault(Environment.Trim()) is { } fault
            ? ApiError.Field("environment", $"No environment is called so: {fault}.")
        : Name?.Length > MaxName ? ApiError.Field("name", $"Ensure this field has no more than {MaxName} characters.")
        : DateStarted is not null && ReleaseBody.Moment(DateStarted) is null ? ApiError.Field("dateStarted", ReleaseBody.NoDate)
        : DateFinished is not null && ReleaseBody.Moment(DateFinished) is null
            ? ApiError.Field("dateFinished", ReleaseBody.NoDate)
        : null;
}
