using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Hosting;
using Tocsin.Server.Issues.Search;

namespace Tocsin.Server.Issues;

/// <summary>One page of an issue list: the search, the rows, and for the rows on the page their counts over time.</summary>
sealed class IssueListing(IssueQueries queries, IssueEvents events, IssueSearch search, ServerOptions server, TimeProvider time)
{
    /// <summary>Without a query Sentry's API lists the unresolved ones.</summary>
    const string DefaultQuery = "is:unresolved";

    const string DirectHit = "X-Sentry-Direct-Hit";

    public async Task<Results<Marked<Page<IssueShape>>, ApiError>> PageAsync(
        Tenant tenant,
        IssueScope scope,
        IssueFilterRequest filter,
        PeriodRequest period,
        PageRequest page,
        HttpContext context
    )
    {
        var cancellation = context.RequestAborted;
        var text = filter.Query ?? DefaultQuery;
        if (
            context.Request.Query["shortIdLookup"] == "1"
            && await queries.FindAsync(scope, text.Trim(), cancellation) is { } direct
        )
        {
            context.Response.Headers[DirectHit] = "1";
            var alone = new Page<IssueShape>([IssueMapping.Shape(direct, scope, server, null, null, null)], null, null, 1);
            return new Marked<Page<IssueShape>>(alone, AnswerNotes.None);
        }
        if (filter.Ids.Count > 0)
        {
            return await NamedAsync(scope, filter, period, context);
        }
        var criteria = await search.ReadAsync(tenant, text, cancellation);
        if (criteria.Error is { } error)
        {
            return ApiError.BadRequest(error);
        }
        var found = await queries.ListAsync(
            scope,
            new()
            {
                Criteria = criteria.Criteria!,
                Environments = filter.Environments,
                Period = period.Range,
                Sort = filter.Sort,
                Limit = page.Limit,
                Offset = page.Offset,
            },
            cancellation
        );
        var (issues, hasMore, hits) = found.Value;
        var shown = await ShapesAsync(issues, scope, filter, period, context);
        return new Marked<Page<IssueShape>>(
            new(shown.Value, page.Previous, hasMore ? page.Next : null, hits),
            found.Notes.With(shown.Notes)
        );
    }

    /// <summary>Those that are named, as Sentry's list gives them: on one page, whatever the query says.</summary>
    async Task<Results<Marked<Page<IssueShape>>, ApiError>> NamedAsync(
        IssueScope scope,
        IssueFilterRequest filter,
        PeriodRequest period,
        HttpContext context
    )
    {
        if (filter.Ids.Count > PageRequest.MaxLimit)
        {
            return ApiError.BadRequest($"Name at most {PageRequest.MaxLimit} issues.");
        }
        var rows = await queries.FindAsync(scope, filter.Ids, context.RequestAborted);
        var shown = await ShapesAsync(rows, scope, filter, period, context);
        return new Marked<Page<IssueShape>>(new(shown.Value, null, null, rows.Count), shown.Notes);
    }

    async Task<Answer<IReadOnlyList<IssueShape>>> ShapesAsync(
        IReadOnlyList<IssueRow> rows,
        IssueScope scope,
        IssueFilterRequest filter,
        PeriodRequest period,
        HttpContext context
    )
    {
        if (rows.Count == 0)
        {
            return new([], AnswerNotes.None);
        }
        var statsPeriod = context.Request.Query["groupStatsPeriod"] == "14d" ? "14d" : "24h";
        var (length, step) =
            statsPeriod == "14d" ? (TimeSpan.FromDays(14), TimeSpan.FromDays(1)) : (TimeSpan.FromDays(1), TimeSpan.FromHours(1));
        var range = new PeriodRequest((Telemetry.Query.TimeRange?)null).OrLast(length, time);
        var series = await events.SeriesAsync(rows, filter.Environments, range, step, context.RequestAborted);
        var totals =
            period.Range is { } asked ? await events.TotalsAsync(rows, filter.Environments, asked, context.RequestAborted)
            : filter.Environments.Count > 0
                ? await events.TotalsAsync(rows, filter.Environments, Telemetry.Query.TimeRange.All, context.RequestAborted)
            : null;
        return new(
            [
                .. rows.Select(row =>
                    IssueMapping.Shape(
                        row,
                        scope,
                        server,
                        series.Value[row.Id],
                        totals?.Value.GetValueOrDefault(row.Id),
                        statsPeriod
                    )
                ),
            ],
            series.Notes.With(totals?.Notes)
        );
    }
}
