using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;

namespace Tocsin.Server.Projects;

/// <summary>Environments appear with the first event that names them; users only hide them.</summary>
static class EnvironmentApi
{
    public static void MapEnvironments(this GatedRoutes routes)
    {
        routes.Organization.Get("/environments/", Scope.ProjectRead, ListAsync);
        routes.Project.Get("/environments/", Scope.ProjectRead, ListOfProjectAsync);
        routes.Project.Get("/environments/{environment}/", Scope.ProjectRead, GetAsync);
        routes.Project.Put("/environments/{environment}/", Scope.ProjectWrite, UpdateAsync);
    }

    /// <summary>The names in all projects, or in those of <c>project</c>; hidden ones with <c>visibility=hidden</c> or <c>all</c>.</summary>
    internal static async Task<Results<Ok<IReadOnlyList<EnvironmentShape>>, ApiError>> ListAsync(
        Tenant tenant,
        ProjectDirectory directory,
        ProjectQueries projects,
        string[]? project,
        string? visibility,
        CancellationToken cancellation
    )
    {
        if (ProjectSelection.Read(tenant, directory, project) is not { } selected)
        {
            return ApiError.NotFound();
        }
        var found = await projects.EnvironmentsAsync([.. selected.Select(one => one.Id)], cancellation);
        var shapes = found
            .GroupBy(environment => environment.Name)
            .Select(group => new EnvironmentShape(group.Key, group.Key, group.All(environment => environment.IsHidden)));
        return TypedResults.Ok(Visible(shapes, visibility));
    }

    static async Task<Ok<IReadOnlyList<EnvironmentShape>>> ListOfProjectAsync(
        Tenant tenant,
        ProjectQueries projects,
        string? visibility,
        CancellationToken cancellation
    )
    {
        var found = await projects.EnvironmentsAsync([tenant.Project.Id], cancellation);
        return TypedResults.Ok(Visible(found.Select(EnvironmentShape.Of), visibility));
    }

    static async Task<Results<Ok<EnvironmentShape>, ApiError>> GetAsync(
        Tenant tenant,
        string environment,
        ProjectQueries projects,
        CancellationToken cancellation
    )
    {
        var found = await projects.EnvironmentsAsync([tenant.Project.Id], cancellation);
        return found.FirstOrDefault(one => one.Name == environment) is { } named
            ? TypedResults.Ok(EnvironmentShape.Of(named))
            : ApiError.NotFound();
    }

    /// <summary>Hides it from the lists of names, or shows it again; its events stay.</summary>
    internal static async Task<Results<Ok<EnvironmentShape>, ApiError>> UpdateAsync(
        Tenant tenant,
        string environment,
        EnvironmentBody body,
        ProjectCommands commands,
        CancellationToken cancellation
    ) =>
        await commands.HideEnvironmentAsync(tenant.Project.Id, environment, body.IsHidden, cancellation)
            ? TypedResults.Ok(new EnvironmentShape(environment, environment, body.IsHidden))
            : ApiError.NotFound();

    static IReadOnlyList<EnvironmentShape> Visible(IEnumerable<EnvironmentShape> all, string? visibility) =>
        [
            .. all.Where(environment =>
                visibility switch
                {
                    "all" => true,
                    "hidden" => environment.IsHidden,
                    _ => !environment.IsHidden,
                }
            ),
        ];
}

sealed record EnvironmentShape(string Id, string Name, bool IsHidden)
{
    public static EnvironmentShape Of(ProjectEnvironment environment) =>
        new(environment.Name, environment.Name, environment.IsHidden);
}

sealed record EnvironmentBody(bool IsHidden);
