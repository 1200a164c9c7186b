using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Projects;
using Tocsin.Server.Traces;

namespace Tocsin.Server.Performance.Services;

static class ServiceMapApi
{
    public static void MapServiceMap(this GatedRoutes routes) =>
        routes.Organization.Get("/performance/service-map/", Scope.EventRead, GetAsync);

    /// <summary>Services, what they call, and how well that goes.</summary>
    internal static async Task<Results<Ok<ServiceMapShape>, ApiError>> GetAsync(
        Tenant tenant,
        SpanFilterRequest filter,
        ServiceMap map,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        var (scope, error) = await filter.ReadAsync(tenant, directory, cancellation);
        return scope is null ? error! : TypedResults.Ok(await map.OfAsync(scope, cancellation));
    }
}
