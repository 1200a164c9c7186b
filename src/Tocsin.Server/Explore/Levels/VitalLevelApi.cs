using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Explore.Reading;

namespace Tocsin.Server.Explore.Levels;

/// <summary>How many page loads have good and poor web vitals, by Google's limits. Sentry's route, parameters and shape.</summary>
static class VitalLevelApi
{
    public static void MapVitalLevels(this GatedRoutes routes) =>
        routes.Organization.Get("/events-vitals/", Scope.EventRead, GetAsync);

    /// <summary>Of each <c>vital</c> (<c>measurements.lcp</c> and the like, repeatable) the p75, and how many are good, middling and poor.</summary>
    internal static Task<Results<Marked<Ok<IReadOnlyDictionary<string, VitalLevelShape>>>, ApiError>> GetAsync(
        Tenant tenant,
        ExploreRequest request,
        VitalLevels levels,
        CancellationToken cancellation,
        string[]? vital = null
    ) =>
        Mistakes.ToAnswerAsync<Marked<Ok<IReadOnlyDictionary<string, VitalLevelShape>>>>(async () =>
            await levels.OfAsync(tenant, request, Names(vital ?? []), cancellation) is { } found
                ? Marked.Ok(found)
                : ApiError.NotFound()
        );

    static List<string> Names(IEnumerable<string> vitals)
    {
        var names = vitals.Where(name => name.Length > 0).Select(name => name.ToLowerInvariant()).Distinct().ToList();
        return names.Count == 0 ? throw new ExploreMistake("Need to pass at least one vital")
            : names.Find(name => VitalLimits.Find(name) is null) is { } wrong
                ? throw new ExploreMistake($"{wrong} is not a valid vital")
            : names;
    }
}
