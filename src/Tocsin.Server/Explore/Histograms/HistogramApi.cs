using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;

namespace Tocsin.Server.Explore.Histograms;

/// <summary>How numbers are spread over bins. Sentry's route, parameters and shape.</summary>
static class HistogramApi
{
    public static void MapHistograms(this GatedRoutes routes) =>
        routes.Organization.Get("/events-histogram/", Scope.EventRead, GetAsync);

    /// <summary>By field: how many rows have a value in each bin.</summary>
    internal static Task<Results<Marked<Ok<IReadOnlyDictionary<string, IReadOnlyList<HistogramBinShape>>>>, ApiError>> GetAsync(
        Tenant tenant,
        HistogramRequest request,
        HistogramQueries histograms,
        CancellationToken cancellation
    ) =>
        Mistakes.ToAnswerAsync<Marked<Ok<IReadOnlyDictionary<string, IReadOnlyList<HistogramBinShape>>>>>(async () =>
        {
            var (form, error) = request.Read();
            return form is null ? error!
                : await histograms.OfAsync(tenant, request.Explore, form, cancellation) is { } found ? Marked.Ok(found)
                : ApiError.NotFound();
        });
}
