using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Tocsin.Server.Access;
using Tocsin.Server.Api;

namespace Tocsin.Server.Explore.Vocabulary;

/// <summary>By which attributes some spans differ most from others. Sentry's route, parameters and shape.</summary>
static class RankingApi
{
    public static void MapRankings(this GatedRoutes routes) =>
        routes.Organization.Get("/trace-items/attributes/ranked/", Scope.EventRead, GetAsync);

    /// <summary>
    /// The spans that <c>query_1</c> chooses beside those of <c>query_2</c> (by default all): their attributes, those that tell the first ones apart
    /// most before the others. Counted among the newest ten thousand of each. <c>function</c> is a count, as nothing else is compared.
    /// </summary>
    internal static Task<Results<Marked<Ok<RankingShape>>, ApiError>> GetAsync(
        Tenant tenant,
        ExploreRequest request,
        QuestionReader reader,
        Distributions distributions,
        CancellationToken cancellation,
        [FromQuery(Name = "query_1")] string? query1 = null,
        [FromQuery(Name = "query_2")] string? query2 = null,
        string? function = null
    ) =>
        Mistakes.ToAnswerAsync<Marked<Ok<RankingShape>>>(async () =>
        {
            if (!string.IsNullOrEmpty(function) && !function.StartsWith("count(", StringComparison.Ordinal))
            {
                return ApiError.Field("function", $"\"{function}\" is not a valid choice: counts are compared.");
            }
            if (await OfAsync(query1) is not { } one || await OfAsync(query2) is not { } other)
            {
                return ApiError.NotFound();
            }
            var (first, second) = (one.Value, other.Value);
            return Marked.Ok(
                new Answer<RankingShape>(new(Ranking.Of(first, second), first.Weight, second.Weight), one.Notes.With(other.Notes))
            );

            async Task<Answer<AttributeValues>?> OfAsync(string? query)
            {
                var asked = request with { Dataset = "spans", Query = query, Sort = [] };
                return await reader.ReadAsync(tenant, asked, [], null, cancellation) is { } question
                    ? await distributions.OfAsync(question, "", cancellation)
                    : null;
            }
        });
}

/// <param name="RankedAttributes">Those first that tell most.</param>
/// <param name="Cohort1Total">Spans of the first query that were looked at, with those that they stand for.</param>
/// <param name="Cohort2Total">Of the second.</param>
sealed record RankingShape(IReadOnlyList<RankedAttribute> RankedAttributes, double Cohort1Total, double Cohort2Total);

sealed record RankedAttribute(
    string AttributeName,
    IReadOnlyList<DistributionValue> Cohort1,
    IReadOnlyList<DistributionValue> Cohort2,
    AttributePlaces Order
);

/// <summary>Places in the list, from 0.</summary>
/// <param name="Rrf">By how far the values of the two lie apart, and how few they are.</param>
/// <param name="Rrr">By the value whose share grew most; null: none did.</param>
sealed record AttributePlaces(int Rrf, int? Rrr);
