using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;

namespace Tocsin.Server.Explore.Vocabulary;

/// <summary>Which values the attributes of the spans that a query chooses have, and how often. Sentry's route, parameters and shape.</summary>
static class DistributionApi
{
    const string OnlyType = "attributeDistributions";

    public static void MapDistributions(this GatedRoutes routes) =>
        routes.Organization.Get("/trace-items/stats/", Scope.EventRead, GetAsync);

    /// <summary>
    /// By <c>statsType</c>, of which there is one, <c>attributeDistributions</c>: of each attribute whose name contains <c>substringMatch</c> its most
    /// frequent values. Counted among the newest ten thousand of the spans.
    /// </summary>
    internal static Task<Results<Marked<PagedAnswer<StatsShape>>, ApiError>> GetAsync(
        Tenant tenant,
        ExploreRequest request,
        PageRequest page,
        QuestionReader reader,
        Distributions distributions,
        CancellationToken cancellation,
        string[]? statsType = null,
        string? substringMatch = null
    ) =>
        Mistakes.ToAnswerAsync<Marked<PagedAnswer<StatsShape>>>(async () =>
        {
            if (Problem(statsType ?? []) is { } problem)
            {
                return ApiError.Field("statsType", problem);
            }
            var ofSpans = request with { Dataset = "spans", Sort = [] };
            if (await reader.ReadAsync(tenant, ofSpans, [], null, cancellation) is not { } question)
            {
                return ApiError.NotFound();
            }
            var found = await distributions.OfAsync(question, substringMatch ?? "", cancellation);
            var all = found.Value;
            var shown = new PagedAnswer<StatsShape>(
                new([
                    new(
                        new(
                            new OrderedDictionary<string, IReadOnlyList<DistributionValue>>(
                                all.Attributes.Keys.Skip(page.Offset)
                                    .Take(page.Limit)
                                    .Select(name => KeyValuePair.Create(name, all.MostFrequent(name)))
                            )
                        )
                    ),
                ]),
                page,
                all.Attributes.Count > page.Offset + page.Limit
            );
            return new Marked<PagedAnswer<StatsShape>>(shown, found.Notes);
        });

    static string? Problem(IReadOnlyList<string> types) =>
        types.Count == 0 ? "This field is required."
        : types.FirstOrDefault(type => type != OnlyType) is { } wrong ? $"\"{wrong}\" is not a valid choice."
        : null;
}

/// <summary>One for each kind of statistics that was asked for.</summary>
sealed record StatsShape(IReadOnlyList<DistributionsShape> Data);

[SnakeCase]
sealed record DistributionsShape(DistributionTable AttributeDistributions);

/// <summary>By attribute, in the order of their names.</summary>
sealed record DistributionTable(IReadOnlyDictionary<string, IReadOnlyList<DistributionValue>> Data);

sealed record DistributionValue(string Label, double Value);
