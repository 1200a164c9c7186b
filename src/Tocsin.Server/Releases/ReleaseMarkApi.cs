using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Releases;

/// <summary>The moments that every chart marks: a release was made, or deployed somewhere.</summary>
static class ReleaseMarkApi
{
    static readonly TimeSpan Default = TimeSpan.FromDays(1);

    public static void MapReleaseMarks(this GatedRoutes routes) =>
        routes.Organization.Get("/release-marks/", Scope.EventRead, ListAsync);

    /// <summary>
    /// Releases and deploys of a period (the last 24 hours by default), earliest first; of <c>project</c> (slug or id, repeatable) when given.
    /// The newest 500 when there are more.
    /// </summary>
    internal static async Task<Results<Ok<IReadOnlyList<ReleaseMarkShape>>, ApiError>> ListAsync(
        Tenant tenant,
        PeriodRequest period,
        ReleaseMarks marks,
        ProjectDirectory directory,
        string[]? project,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (ProjectSelection.Read(tenant, directory, project) is not { } projects)
        {
            return ApiError.NotFound();
        }
        var range = period.OrLast(Default, time);
        return TypedResults.Ok(await marks.OfAsync(tenant.Organization.Id, projects, range, cancellation));
    }
}

/// <summary>
/// Kind: <c>release</c> (when it was released, or else first seen) or <c>deploy</c> (when it was finished). Time: seconds since 1970.
/// Environment: a deploy's. Place: of its release among those of the answer; 0 is the oldest.
/// </summary>
[SnakeCase]
sealed record ReleaseMarkShape(
    string Version,
    IReadOnlyList<string> Projects,
    double Time,
    string Kind,
    string? Environment,
    int Place
);
