using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Errors.Shapes;
using Tocsin.Server.Issues;
using Tocsin.Server.Payloads;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Errors;

/// <summary>Events of an issue and of a project, one event, and its stored JSON. Sentry's routes and shapes (protocol section 8.3).</summary>
static class ErrorApi
{
    public static void MapErrors(this GatedRoutes routes)
    {
        routes.Organization.Get("/issues/{issue}/events/", Scope.EventRead, ListOfIssueAsync);
        routes.Organization.Get("/issues/{issue}/events/{eventId}/", Scope.EventRead, OfIssueAsync);
        routes.Organization.Get("/eventids/{eventId}/", Scope.EventRead, ResolveAsync);
        var owned = routes.OfIssue();
        owned.Get("/events/", Scope.EventRead, ListOfIssueAsync);
        owned.Get("/events/{eventId}/", Scope.EventRead, OfIssueAsync);
        routes.Project.Get("/events/", Scope.EventRead, ListOfProjectAsync);
        routes.Project.Get("/events/{eventId}/", Scope.EventRead, OfProjectAsync);
        routes
            .Project.Get("/events/{eventId}/json/", Scope.EventRead, JsonOfProjectAsync)
            .Produces(StatusCodes.Status200OK, contentType: "application/json");
    }

    static async Task<Results<Page<EventSummary>, ApiError>> ListOfIssueAsync(
        Tenant tenant,
        string issue,
        IssueFilterRequest filter,
        PeriodRequest period,
        PageRequest page,
        IssueQueries issues,
        ErrorQueries queries,
        ProjectDirectory directory,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (await issues.FindAsync(IssueFilterRequest.ScopeOf(tenant, directory), issue, cancellation) is not { } row)
        {
            return ApiError.NotFound();
        }
        var ofIssue = new Filter.Compare(new Expression.Field("issue.id"), Comparison.Equal, row.Id);
        return await PageAsync([row.ProjectId], filter, [ofIssue], period, page, queries, time, cancellation);
    }

    static Task<Results<Page<EventSummary>, ApiError>> ListOfProjectAsync(
        Tenant tenant,
        IssueFilterRequest filter,
        PeriodRequest period,
        PageRequest page,
        ErrorQueries queries,
        TimeProvider time,
        CancellationToken cancellation
    ) => PageAsync([tenant.Project.Id], filter, [], period, page, queries, time, cancellation);

    static async Task<Results<Page<EventSummary>, ApiError>> PageAsync(
        IReadOnlyList<long> projects,
        IssueFilterRequest filter,
        IReadOnlyList<Filter> conditions,
        PeriodRequest period,
        PageRequest page,
        ErrorQueries queries,
        TimeProvider time,
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
        var where = parts.Count == 0 ? null : new Filter.And(parts);
        var rows = await queries.ListAsync(
            projects,
            where,
            period.Range ?? TimeRange.All,
            page.Limit + 1,
            page.Offset,
            cancellation
        );
        return Page<EventSummary>.FromOffset(page, [.. rows.Select(row => row.Shape())]);
    }

    static async Task<Results<Ok<EventDetail>, ApiError>> OfIssueAsync(
        Tenant tenant,
        string issue,
        string eventId,
        IssueQueries issues,
        ErrorQueries queries,
        ErrorDetails details,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        var scope = IssueFilterRequest.ScopeOf(tenant, directory);
        if (await issues.FindAsync(scope, issue, cancellation) is not { } row)
        {
            return ApiError.NotFound();
        }
        var place = eventId switch
        {
            "latest" or "recommended" => await queries.LatestAsync(row.Id, cancellation),
            "oldest" => await queries.OldestAsync(row.Id, cancellation),
            _ => EventId.TryParse(eventId, out var id) ? await queries.FindAsync(scope, id, cancellation) : null,
        };
        return place is null || place.IssueId != row.Id
            ? ApiError.NotFound()
            : TypedResults.Ok(await details.DetailAsync(place, cancellation));
    }

    static async Task<Results<Ok<EventDetail>, ApiError>> OfProjectAsync(
        Tenant tenant,
        string eventId,
        ErrorQueries queries,
        ErrorDetails details,
        CancellationToken cancellation
    ) =>
        EventId.TryParse(eventId, out var id)
        && await queries.FindAsync(IssueFilterRequest.ScopeOf(tenant), id, cancellation) is { } place
            ? TypedResults.Ok(await details.DetailAsync(place, cancellation))
            : ApiError.NotFound();

    static async Task<Results<Ok<EventPlace>, ApiError>> ResolveAsync(
        Tenant tenant,
        string eventId,
        ErrorQueries queries,
        ErrorDetails details,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        var scope = IssueFilterRequest.ScopeOf(tenant, directory);
        if (!EventId.TryParse(eventId, out var id) || await queries.FindAsync(scope, id, cancellation) is not { } place)
        {
            return ApiError.NotFound();
        }
        var detail = await details.DetailAsync(place, cancellation);
        return TypedResults.Ok(
            new EventPlace(tenant.Organization.Slug, detail.ProjectSlug, detail.GroupId, detail.EventId, detail)
        );
    }

    /// <summary>The event as it is stored: normalised and scrubbed, in the client's own shape.</summary>
    internal static async Task<Results<Utf8ContentHttpResult, ApiError>> JsonOfProjectAsync(
        Tenant tenant,
        string eventId,
        ErrorQueries queries,
        ErrorDetails details,
        CancellationToken cancellation
    )
    {
        if (
            !EventId.TryParse(eventId, out var id)
            || await queries.FindAsync(IssueFilterRequest.ScopeOf(tenant), id, cancellation) is not { } place
        )
        {
            return ApiError.NotFound();
        }
        return details.Body(place) is PayloadReading.Found { Record.Body: { Length: > 0 } body }
            ? TypedResults.Text(body.Span, "application/json; charset=utf-8")
            : ApiError.NotFound("The body of this event is not kept any more.");
    }
}
