using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Projects;
using Tocsin.Server.Traces;

namespace Tocsin.Server.Performance.Vitals;

static class VitalsApi
{
    public static void MapVitals(this GatedRoutes routes)
    {
        routes.Organization.Get("/performance/vitals/", Scope.EventRead, GetAsync);
        routes.Organization.Get("/performance/vitals/releases/", Scope.EventRead, ReleasesAsync);
    }

    /// <summary>
    /// Web vitals by <c>by</c>: <c>page</c> (the default), <c>browser</c>, <c>device</c>, <c>connection</c>, <c>country</c> or <c>release</c>;
    /// with the <c>thresholds</c> of <c>google</c> (the default) or <c>sentry</c>, who has other ones for phones.
    /// </summary>
    internal static async Task<Results<Ok<VitalsShape>, ApiError>> GetAsync(
        Tenant tenant,
        SpanFilterRequest filter,
        VitalQueries vitals,
        ProjectDirectory directory,
        CancellationToken cancellation,
        string? by = null,
        string? thresholds = null
    )
    {
        if (VitalDimension.Find(by) is not { } dimension)
        {
            return ApiError.BadRequest($"Invalid by: one of {string.Join(", ", VitalDimension.All.Select(one => one.Name))}.");
        }
        if (thresholds is not (null or "" or "google" or "sentry"))
        {
            return ApiError.BadRequest("Invalid thresholds: google or sentry.");
        }
        var (scope, error) = await filter.ReadAsync(tenant, directory, cancellation);
        var limits = thresholds == "sentry" ? VitalThresholds.Sentry : VitalThresholds.Google;
        return scope is null ? error! : TypedResults.Ok(await vitals.OfAsync(scope, dimension, limits, cancellation));
    }

    /// <summary>
    /// Whether the releases of the page loads made web vitals worse or better: the p75 of each beside that of the release before, where both have
    /// enough page loads to tell a change from chance.
    /// </summary>
    internal static async Task<Results<Ok<VitalReleasesShape>, ApiError>> ReleasesAsync(
        Tenant tenant,
        SpanFilterRequest filter,
        VitalReleases releases,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        var (scope, error) = await filter.ReadAsync(tenant, directory, cancellation);
        return scope is null ? error! : TypedResults.Ok(await releases.OfAsync(scope, cancellation));
    }
}
