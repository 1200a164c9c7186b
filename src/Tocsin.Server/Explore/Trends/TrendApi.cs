using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;

namespace Tocsin.Server.Explore.Trends;

/// <summary>Which transactions became slower or faster between two parts of a period. Sentry's routes, parameters and shapes.</summary>
static class TrendApi
{
    /// <summary>Each has a line of its own in the chart.</summary>
    const int MostRows = 5;

    public static void MapTrends(this GatedRoutes routes)
    {
        routes.Organization.Get("/events-trends/", Scope.EventRead, TableAsync);
        routes.Organization.Get("/events-trends-stats/", Scope.EventRead, StatsAsync);
    }

    /// <summary>
    /// Groups of equal <c>field</c>s with <c>aggregate_range_1</c> and <c>_2</c> (the function before and after), <c>count_range_1</c> and <c>_2</c>,
    /// <c>trend_percentage</c> (the second by the first), <c>trend_difference</c>, <c>count_percentage</c> and <c>t_test</c>; at most five in a page. The
    /// query may hold conditions on <c>trend_percentage()</c>, <c>trend_difference()</c>, <c>count_percentage()</c> and <c>confidence()</c>.
    /// </summary>
    internal static Task<Results<PagedAnswer<EventsShape>, ApiError>> TableAsync(
        Tenant tenant,
        TrendRequest request,
        PageRequest page,
        TrendTables trends,
        CancellationToken cancellation
    ) =>
        Mistakes.ToAnswerAsync<PagedAnswer<EventsShape>>(async () =>
        {
            var few = page with { Limit = Math.Min(page.Limit, MostRows) };
            return await trends.ReadAsync(tenant, request.Read(), few, cancellation) is { } table
                ? new PagedAnswer<EventsShape>(table.Events, few, table.HasMore)
                : ApiError.NotFound();
        });

    /// <summary>The same as <c>events</c>, and as <c>stats</c> the function over time, in steps of <c>interval</c>, of each of the groups.</summary>
    internal static Task<Results<PagedAnswer<TrendStatsShape>, ApiError>> StatsAsync(
        Tenant tenant,
        TrendRequest request,
        PageRequest page,
        TrendTables trends,
        CancellationToken cancellation
    ) =>
        Mistakes.ToAnswerAsync<PagedAnswer<TrendStatsShape>>(async () =>
        {
            var few = page with { Limit = Math.Min(page.Limit, MostRows) };
            var asked = request.Read();
            if (await trends.ReadAsync(tenant, asked, few, cancellation) is not { } table)
            {
                return ApiError.NotFound();
            }
            var lines = await trends.LinesAsync(table, asked, cancellation);
            return new PagedAnswer<TrendStatsShape>(new(table.Events.With(lines.Notes), lines.Value), few, table.HasMore);
        });
}

/// <summary>Stats: by the values of the fields, joined by commas, as <c>events-stats</c> has them of groups.</summary>
sealed record TrendStatsShape(EventsShape Events, IReadOnlyDictionary<string, object> Stats);
