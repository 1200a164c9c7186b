using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Api;
using Tocsin.Server.Issues;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Errors;

/// <summary>Lists of events, newest first: as rows, or each in full.</summary>
sealed class EventPages(ErrorQueries queries, ErrorDetails details, TimeProvider time)
{
    public async Task<Results<Page<object>, ApiError>> PageAsync(
        IReadOnlyList<long> projects,
        IssueFilterRequest filter,
        IReadOnlyList<Filter> conditions,
        PeriodRequest period,
        PageRequest page,
        bool full,
        CancellationToken cancellation
    )
    {
        var (searched, error) = EventSearch.Read(filter.Query, time.GetUtcNow());
        if (error is not null)
        {
            return ApiError.BadRequest(error);
        }
        List<Filter> parts = [.. conditions];
        if (searched is not null)
        {
            parts.Add(searched);
        }
        if (filter.Environments.Count > 0)
        {
            parts.Add(new Filter.In(new Expression.Field("environment"), [.. filter.Environments]));
        }
        var rows = await queries.ListAsync(
            projects,
            parts.Count == 0 ? null : new Filter.And(parts),
            period.Range ?? TimeRange.All,
            page.Limit + 1,
            page.Offset,
            cancellation
        );
        return Page<object>.FromOffset(
            page,
            full ? await WholeAsync(projects, rows, cancellation) : [.. rows.Select(row => row.Shape())]
        );
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
