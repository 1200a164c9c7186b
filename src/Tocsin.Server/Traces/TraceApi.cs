using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Projects;
using Tocsin.Server.Traces.Shapes;

namespace Tocsin.Server.Traces;

/// <summary>
/// One trace across all projects of the organisation, in our form and in Sentry's, a span of it in full, and the list of traces. What has
/// arrived so far is shown at once; nothing waits for a trace to be complete.
/// </summary>
static class TraceApi
{
    public const int DefaultSpans = 10_000;
    public const int MostSpans = 50_000;

    /// <summary>Says <c>1</c> where Sentry's shape has no room for "there are more spans than these".</summary>
    const string TruncatedHeader = "X-Tocsin-Truncated";

    public static void MapTraces(this GatedRoutes routes)
    {
        routes.Organization.Get("/traces/", Scope.EventRead, ListAsync);
        routes.Organization.Get("/traces/{traceId}/", Scope.EventRead, GetAsync);
        routes.Organization.Get("/traces/{traceId}/usual/", Scope.EventRead, UsualAsync);
        routes.Organization.Get("/traces/{traceId}/spans/{spanId}/", Scope.EventRead, GetSpanAsync);
        routes.Organization.Get("/trace/{traceId}/", Scope.EventRead, ForestAsync);
        routes.Organization.Get("/trace-meta/{traceId}/", Scope.EventRead, MetaAsync);
        routes.Organization.Get("/events-trace/{traceId}/", Scope.EventRead, TransactionsAsync);
        routes.Organization.Get("/events-trace-light/{traceId}/", Scope.EventRead, NeighboursAsync);
        routes.Organization.Get("/events-trace-meta/{traceId}/", Scope.EventRead, MetaAsync);
    }

    /// <summary>Traces with a span that matches, by <c>sort</c>: <c>-timestamp</c> (newest, the default) or <c>-duration</c>.</summary>
    internal static async Task<Results<Marked<Page<TraceSummaryShape>>, ApiError>> ListAsync(
        Tenant tenant,
        SpanFilterRequest filter,
        PageRequest page,
        TraceList traces,
        ProjectDirectory directory,
        CancellationToken cancellation,
        string sort = "-timestamp"
    )
    {
        if (!TraceList.Sorts.Contains(sort))
        {
            return ApiError.InvalidSort(TraceList.Sorts);
        }
        var (scope, error) = await filter.ReadAsync(tenant, directory, cancellation);
        return scope is null ? error! : Marked.Page(await traces.PageAsync(scope, page, sort, cancellation));
    }

    /// <summary>All of a trace, flat, for the waterfall. <c>limit</c>: spans, 10 000 by default and 50 000 at most.</summary>
    internal static async Task<Results<Ok<TraceShape>, ApiError>> GetAsync(
        Tenant tenant,
        string traceId,
        TraceReading traces,
        PageLoads loads,
        ProjectDirectory directory,
        CancellationToken cancellation,
        int? limit = null
    ) =>
        TryId(traceId, out var id) && await traces.ReadAsync(tenant, directory, id, Limit(limit), cancellation) is { } trace
            ? TypedResults.Ok(TraceMapping.Shape(trace, await loads.FirstAsync(trace, cancellation)))
            : ApiError.NotFound();

    /// <summary>How long spans like those of the trace took in the last day, to be laid under them.</summary>
    internal static async Task<Results<Ok<UsualShape>, ApiError>> UsualAsync(
        Tenant tenant,
        string traceId,
        UsualDurations usual,
        ProjectDirectory directory,
        CancellationToken cancellation
    ) =>
        TryId(traceId, out var id) && await usual.OfAsync(tenant, directory, id, cancellation) is { } kinds
            ? TypedResults.Ok(kinds)
            : ApiError.NotFound();

    /// <summary>One span with everything that is kept of it.</summary>
    internal static async Task<Results<Ok<SpanDetailShape>, ApiError>> GetSpanAsync(
        Tenant tenant,
        string traceId,
        string spanId,
        SpanDetails details,
        ProjectDirectory directory,
        CancellationToken cancellation
    ) =>
        TryId(traceId, out var id)
        && long.TryParse(spanId, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var span)
        && await details.FindAsync(tenant, directory, id, span, cancellation) is { } detail
            ? TypedResults.Ok(detail)
            : ApiError.NotFound();

    /// <summary>
    /// Sentry's forest of a trace: spans below spans, errors where they happened. <c>additional_attributes</c> (repeatable): fields and attributes that
    /// each span tells beside the usual ones, at most 20. Of a trace of which nothing has arrived, yet or any more, the forest is empty.
    /// </summary>
    internal static async Task<Results<Marked<Ok<IReadOnlyList<SentryTraceNode>>>, ApiError>> ForestAsync(
        Tenant tenant,
        string traceId,
        TraceReading traces,
        ProjectDirectory directory,
        HttpContext context,
        CancellationToken cancellation,
        int? limit = null,
        [FromQuery(Name = "additional_attributes")] string[]? additionalAttributes = null
    )
    {
        if (!TryId(traceId, out var id))
        {
            return ApiError.NotFound();
        }
        var trace = await traces.ReadAsync(tenant, directory, id, Limit(limit), cancellation, additionalAttributes ?? []);
        return trace is null
            ? Marked.Ok(new Answer<IReadOnlyList<SentryTraceNode>>([], AnswerNotes.None))
            : Answered(context, trace, SentryForest.Of(trace));
    }

    /// <summary>What a trace holds, counted; of one of which nothing has arrived, nothing.</summary>
    internal static async Task<Results<Marked<Ok<TraceMetaShape>>, ApiError>> MetaAsync(
        Tenant tenant,
        string traceId,
        TraceReading traces,
        ProjectDirectory directory,
        HttpContext context,
        CancellationToken cancellation
    ) =>
        !TryId(traceId, out var id) ? ApiError.NotFound()
        : await traces.ReadAsync(tenant, directory, id, MostSpans, cancellation) is { } trace
            ? Answered(context, trace, TraceCounts.Of(trace))
        : Marked.Ok(new Answer<TraceMetaShape>(TraceCounts.OfNothing, AnswerNotes.None));

    /// <summary>The trace as Sentry showed it before it knew spans: transactions below transactions, each with what failed in it.</summary>
    internal static async Task<Results<Marked<Ok<TransactionTraceShape>>, ApiError>> TransactionsAsync(
        Tenant tenant,
        string traceId,
        TraceReading traces,
        ProjectDirectory directory,
        HttpContext context,
        CancellationToken cancellation
    ) =>
        TryId(traceId, out var id) && await traces.ReadAsync(tenant, directory, id, MostSpans, cancellation) is { } trace
            ? Answered(context, trace, TransactionTrace.Of(trace))
            : ApiError.NotFound();

    /// <summary>
    /// Of the same the transaction of an event (<c>event_id</c>, of the transaction itself or of an error in it), the one that called it and those that
    /// it called, without their children.
    /// </summary>
    internal static async Task<Results<Marked<Ok<TransactionTraceShape>>, ApiError>> NeighboursAsync(
        Tenant tenant,
        string traceId,
        TraceReading traces,
        ProjectDirectory directory,
        HttpContext context,
        CancellationToken cancellation,
        [FromQuery(Name = "event_id")] string? eventId = null
    )
    {
        if (eventId is null || !TryId(eventId, out var of))
        {
            return ApiError.BadRequest("An event_id is required for the light trace");
        }
        return
            TryId(traceId, out var id)
            && await traces.ReadAsync(tenant, directory, id, MostSpans, cancellation) is { } trace
            && TransactionTrace.Around(trace, of) is { } around
            ? Answered(context, trace, around)
            : ApiError.NotFound();
    }

    /// <summary>What was left out is as much not in it as what could not be read. No span in it stands for others.</summary>
    static Marked<Ok<T>> Answered<T>(HttpContext context, Trace trace, T value)
    {
        if (trace.Truncated)
        {
            context.Response.Headers[TruncatedHeader] = "1";
        }
        return Marked.Ok(new Answer<T>(value, new(trace.Partial || trace.Truncated || trace.HasMoreEvents, Sampled: false)));
    }

    static int Limit(int? asked) => Math.Clamp(asked ?? DefaultSpans, 1, MostSpans);

    static bool TryId(string text, out UInt128 id) =>
        UInt128.TryParse(
            text.Replace("-", "", StringComparison.Ordinal),
            NumberStyles.AllowHexSpecifier,
            CultureInfo.InvariantCulture,
            out id
        )
        && id != 0;
}
