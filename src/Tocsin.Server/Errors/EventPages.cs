using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Api;
using Tocsin.Server.Issues;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Errors;

/// <summary>Lists of events, newest first: as rows, or each in full.</summary>
sealed class EventPages(ErrorQueries queries, ErrorDetails details, EventSearch search)
{
    /// <param name="issue">Null: of all.</param>
    public async Task<Results<Marked<Page<object>>, ApiError>> PageAsync(
        IReadOnlyList<long> projects,
        IssueFilterRequest filter,
        IssueRow? issue,
        PeriodRequest period,
        PageRequest page,
        bool full,
        CancellationToken cancellation
    )
    {
        var (where, error) = await WhereAsync(projects, filter, issue, cancellation);
        if (error is not null)
        {
            return ApiError.BadRequest(error);
        }
        var rows = await queries.ListAsync(
            projects,
            where,
            period.Range ?? TimeRange.All,
            oldestFirst: false,
            page.Limit + 1,
            page.Offset,
            cancellation
        );
        return Marked.FromOffset(
            page,
            full
                ? new(await WholeAsync(projects, rows.Value, cancellation), rows.Notes)
                : rows.As<object>(all => all.Select(row => row.Shape()))
        );
    }

    /// <summary>The newest or the oldest of those of an issue that are asked for; neither: there is none.</summary>
    public async Task<(Answer<EventId?>? Found, string? Error)> FirstAsync(
        IssueRow issue,
        IssueFilterRequest filter,
        PeriodRequest period,
        bool oldest,
        CancellationToken cancellation
    )
    {
        IReadOnlyList<long> projects = [issue.ProjectId];
        var (where, error) = await WhereAsync(projects, filter, issue, cancellation);
        if (error is not null)
        {
            return (null, error);
        }
        var rows = await queries.ListAsync(projects, where, period.Range ?? TimeRange.All, oldest, 1, 0, cancellation);
        return (new(rows.Value is [var first] ? first.Id : null, rows.Notes), null);
    }

    async Task<(Filter Where, string? Error)> WhereAsync(
        IReadOnlyList<long> projects,
        IssueFilterRequest filter,
        IssueRow? issue,
        CancellationToken cancellation
    )
    {
        var (searched, error) = await search.ReadAsync(filter.Query, projects, issue is not null, cancellation);
        List<Filter> parts = issue is null
            ? []
            : [new Filter.Compare(new Expression.Field("issue.id"), Comparison.Equal, issue.Id)];
        if (searched is not null)
        {
            parts.Add(searched);
        }
        if (filter.Environments.Count > 0)
        {
            parts.Add(new Filter.In(new Expression.Field("environment"), [.. filter.Environments]));
        }
        return (new Filter.And(parts), error);
    }

    /// <summary>An event that left the index meanwhile stays a row.</summary>
    async Task<IReadOnlyList<object>> WholeAsync(
        IReadOnlyList<long> projects,
        IReadOnlyList<EventListRow> rows,
        CancellationToken cancellation
    )
    {
        var whole = new List<object>(rows.Count);
        foreach (var row in rows)
        {
            var place = await queries.FindAsync(projects, row.Id, cancellation);
            whole.Add(place is null ? row.Shape() : await details.AloneAsync(place, cancellation));
        }
        return whole;
    }
}
