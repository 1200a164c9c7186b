using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Explore.Reading;
using Tocsin.Server.Explore.Series;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Explore;

/// <summary>
/// Any question about events and spans: a table, a series over time, a count, what values tags have. Sentry's routes, parameters and shapes
/// (https://docs.sentry.io/api/explore/). A question that makes no sense is answered with 400 and a sentence.
/// </summary>
static class ExploreApi
{
    static readonly IReadOnlyList<string> CountAlone = ["count()"];

    public static void MapExplore(this GatedRoutes routes)
    {
        routes.Organization.Get("/events/", Scope.EventRead, TableAsync);
        routes.Organization.Get("/events-stats/", Scope.EventRead, StatsAsync).Produces<EventsStatsShape>();
        routes.Organization.Get("/events-timeseries/", Scope.EventRead, TimeSeriesAsync);
        routes.Organization.Get("/events-facets/", Scope.EventRead, FacetsAsync);
        routes.Organization.Get("/events-meta/", Scope.EventRead, CountAsync);
        routes.Organization.Get("/events/validate/", Scope.EventRead, CheckAsync);
    }

    /// <summary>
    /// Rows with the columns of <c>field</c> (repeatable, at most 20): fields, <c>tags[key]</c>, functions such as <c>p95(span.duration)</c>, and
    /// <c>equation|…</c>. With a function among them, one row per group of equal fields.
    /// </summary>
    internal static Task<Results<PagedAnswer<EventsShape>, ApiError>> TableAsync(
        Tenant tenant,
        ExploreRequest request,
        PageRequest page,
        QuestionReader reader,
        ExploreTables tables,
        CancellationToken cancellation
    ) =>
        Mistakes.ToAnswerAsync<PagedAnswer<EventsShape>>(async () =>
        {
            if (request.Fields.Count == 0)
            {
                throw new ExploreMistake("No columns selected");
            }
            if (await reader.ReadAsync(tenant, request, request.Fields, null, cancellation) is not { } question)
            {
                return ApiError.NotFound();
            }
            var answer = await tables.AnswerAsync(question.WithNames(), page.Limit + 1, page.Offset, cancellation);
            var more = answer.Data.Count > page.Limit;
            return new PagedAnswer<EventsShape>(
                more ? answer with { Data = [.. answer.Data.Take(page.Limit)] } : answer,
                page,
                more
            );
        });

    /// <summary>
    /// <c>yAxis</c> (repeatable, <c>count()</c> by default) over time, in steps of <c>interval</c>; with <c>topEvents</c> one series for each of the
    /// largest groups of equal <c>field</c>s and one for the rest, unless <c>query</c> has conditions on aggregates. One line is answered alone,
    /// several by their names. With <c>comparisonDelta</c> each value of a line that is of all stands beside that of so many seconds earlier.
    /// </summary>
    internal static Task<Results<Ok<object>, ApiError>> StatsAsync(
        Tenant tenant,
        ExploreRequest request,
        QuestionReader reader,
        ExploreSeries series,
        CancellationToken cancellation
    ) =>
        Mistakes.ToAnswerAsync<Ok<object>>(async () =>
            await SeriesAsync(tenant, request, reader, series, cancellation) is var (question, answer)
                ? TypedResults.Ok(SeriesMapping.Stats(answer, question, IsByGroup(request, question)))
                : ApiError.NotFound()
        );

    /// <summary>As <c>events-stats</c>, each line with its own description, and <c>groupBy</c> instead of <c>field</c> if you like.</summary>
    internal static Task<Results<Ok<TimeSeriesAnswer>, ApiError>> TimeSeriesAsync(
        Tenant tenant,
        ExploreRequest request,
        QuestionReader reader,
        ExploreSeries series,
        TimeProvider time,
        CancellationToken cancellation
    ) =>
        Mistakes.ToAnswerAsync<Ok<TimeSeriesAnswer>>(async () =>
            await SeriesAsync(tenant, request, reader, series, cancellation) is var (question, answer)
                ? TypedResults.Ok(SeriesMapping.TimeSeries(answer, question, Microseconds.Now(time)))
                : ApiError.NotFound()
        );

    static bool IsByGroup(ExploreRequest request, Question question) => request.Top > 0 && question.Keys.Count > 0;

    static async Task<(Question Question, SeriesAnswer Answer)?> SeriesAsync(
        Tenant tenant,
        ExploreRequest request,
        QuestionReader reader,
        ExploreSeries series,
        CancellationToken cancellation
    )
    {
        var steps = SeriesSteps.Of(request.Range, request.Interval);
        IReadOnlyList<string> axes = request.Axes.Count == 0 ? CountAlone : request.Axes;
        IReadOnlyList<string> columns = request.Top == 0 ? axes : [.. request.Fields, .. axes];
        // Only groups have an order; clients name one with a single line too.
        var ordered = request.Top == 0 ? request with { Sort = [] } : request;
        if (await reader.ReadAsync(tenant, ordered, columns, steps.Step, cancellation) is not { } question)
        {
            return null;
        }
        if (question.Columns.FirstOrDefault(column => axes.Contains(column.Name) && !column.IsAggregate) is { } wrong)
        {
            throw new ExploreMistake($"yAxis must be a function; {wrong.Name} is a field");
        }
        // A function that is selected beside the fields is asked of the groups only where it is an axis too.
        question = question with
        {
            Columns = [.. question.Columns.Where(column => !column.IsAggregate || axes.Contains(column.Name))],
        };
        var answer = await series.AnswerAsync(question, steps, request.Top, request.LeavesOutOthers, cancellation);
        return (
            question,
            request.Earlier is { } earlier && answer.Groups is [{ Key: [], IsOther: false }]
                ? await series.CompareAsync(answer, question, earlier, cancellation)
                : answer
        );
    }

    /// <summary>The values that tags have among the events, or the columns of spans, with how many of each; the most frequent ten per key.</summary>
    internal static Task<Results<Marked<Page<FacetShape>>, ApiError>> FacetsAsync(
        Tenant tenant,
        ExploreRequest request,
        PageRequest page,
        QuestionReader reader,
        Facets facets,
        CancellationToken cancellation
    ) =>
        Mistakes.ToAnswerAsync<Marked<Page<FacetShape>>>(async () =>
        {
            if (await reader.ReadAsync(tenant, request, [], null, cancellation) is not { } question)
            {
                return ApiError.NotFound();
            }
            var found = await facets.OfAsync(question, cancellation);
            return Marked.Page(page, found);
        });

    /// <summary>How many events or spans there are, and how many of them are stored.</summary>
    internal static Task<Results<Marked<Ok<EventsCountShape>>, ApiError>> CountAsync(
        Tenant tenant,
        ExploreRequest request,
        QuestionReader reader,
        ExploreTables tables,
        CancellationToken cancellation
    ) =>
        Mistakes.ToAnswerAsync<Marked<Ok<EventsCountShape>>>(async () =>
            await reader.ReadAsync(tenant, request, [], null, cancellation) is { } question
                ? Marked.Ok(await tables.CountAsync(question, cancellation))
                : ApiError.NotFound()
        );

    /// <summary>Whether the question that <c>/events/</c> would be asked makes sense, part by part; 400 where it does not.</summary>
    internal static async Task<Results<Ok<QuestionCheckShape>, BadRequest<QuestionCheckShape>>> CheckAsync(
        Tenant tenant,
        ExploreRequest request,
        QuestionCheck check,
        CancellationToken cancellation
    )
    {
        var found = await check.OfAsync(tenant, request, cancellation);
        return found.Valid ? TypedResults.Ok(found) : TypedResults.BadRequest(found);
    }
}
