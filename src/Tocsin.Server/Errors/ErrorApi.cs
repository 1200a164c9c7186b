using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Errors.Shapes;
using Tocsin.Server.Issues;
using Tocsin.Server.Payloads;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Errors;

/// <summary>Events of an issue and of a project, one event, and its stored JSON. Sentry's routes and shapes.</summary>
static class ErrorApi
{
    public static void MapErrors(this GatedRoutes routes)
    {
        routes.Organization.Get("/issues/{issue}/events/", Scope.EventRead, ListOfIssueAsync).Produces<EventSummary[]>();
        routes.Organization.Get("/issues/{issue}/events/{eventId}/", Scope.EventRead, OfIssueAsync);
        routes.Organization.Get("/eventids/{eventId}/", Scope.EventRead, ResolveAsync);
        routes.Organization.Get("/events/{projectAndEvent}/", Scope.EventRead, OfOrganizationAsync);
        var owned = routes.OfIssue();
        owned.Get("/events/", Scope.EventRead, ListOfIssueAsync).Produces<EventSummary[]>();
        owned.Get("/events/{eventId}/", Scope.EventRead, OfIssueAsync);
        routes.Project.Get("/events/", Scope.EventRead, ListOfProjectAsync).Produces<EventSummary[]>();
        routes.Project.Get("/events/{eventId}/", Scope.EventRead, OfProjectAsync);
        routes
            .Project.Get("/events/{eventId}/json/", Scope.EventRead, JsonOfProjectAsync)
            .Produces(StatusCodes.Status200OK, contentType: "application/json");
    }

    /// <summary>The events of an issue, newest first; with <c>full=true</c> each as it is shown alone, with its stack trace.</summary>
    internal static async Task<Results<Marked<Page<object>>, ApiError>> ListOfIssueAsync(
        Tenant tenant,
        string issue,
        IssueFilterRequest filter,
        PeriodRequest period,
        PageRequest page,
        IssueQueries issues,
        EventPages pages,
        ProjectDirectory directory,
        CancellationToken cancellation,
        string? full = null
    )
    {
        if (await issues.FindAsync(IssueFilterRequest.ScopeOf(tenant, directory), issue, cancellation) is not { } row)
        {
            return ApiError.NotFound();
        }
        return await pages.PageAsync([row.ProjectId], filter, row, period, page, IsYes(full), cancellation);
    }

    /// <summary>The events of a project, newest first; with <c>full=true</c> each as it is shown alone, with its stack trace.</summary>
    internal static Task<Results<Marked<Page<object>>, ApiError>> ListOfProjectAsync(
        Tenant tenant,
        IssueFilterRequest filter,
        PeriodRequest period,
        PageRequest page,
        EventPages pages,
        CancellationToken cancellation,
        string? full = null
    ) => pages.PageAsync([tenant.Project.Id], filter, null, period, page, IsYes(full), cancellation);

    static bool IsYes(string? written) => written is "1" || string.Equals(written, "true", StringComparison.OrdinalIgnoreCase);

    static bool IsNarrowed(IssueFilterRequest filter, PeriodRequest period) =>
        filter.Environments.Count > 0 || !string.IsNullOrWhiteSpace(filter.Query) || period.Range is not null;

    /// <summary>
    /// An event of an issue by its id, or <c>latest</c>, <c>oldest</c> or <c>recommended</c>: of all, or of those that <c>environment</c>, <c>query</c> and
    /// the period choose.
    /// </summary>
    internal static async Task<Results<Marked<Ok<EventDetail>>, ApiError>> OfIssueAsync(
        Tenant tenant,
        string issue,
        string eventId,
        IssueFilterRequest filter,
        PeriodRequest period,
        IssueQueries issues,
        EventPages pages,
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
        var notes = AnswerNotes.None;
        if (eventId is "latest" or "recommended" or "oldest" && IsNarrowed(filter, period))
        {
            var (found, error) = await pages.FirstAsync(row, filter, period, eventId == "oldest", cancellation);
            if (found is null)
            {
                return ApiError.BadRequest(error!);
            }
            eventId = found.Value?.ToString() ?? "";
            notes = found.Notes;
        }
        var place = eventId switch
        {
            "latest" or "recommended" => await queries.LatestAsync(row.Id, cancellation),
            "oldest" => await queries.OldestAsync(row.Id, cancellation),
            _ => EventId.TryParse(eventId, out var id) ? await queries.FindAsync(scope, id, cancellation) : null,
        };
        return place is null || place.IssueId != row.Id
            ? ApiError.NotFound()
            : Marked.Ok(new Answer<EventDetail>(await details.DetailAsync(place, cancellation), notes));
    }

    /// <summary>An event by the slug of its project and its id: <c>shop:9ec79c33ec9942ab8353589fcb2e04dc</c>.</summary>
    internal static async Task<Results<Ok<EventDetail>, ApiError>> OfOrganizationAsync(
        Tenant tenant,
        string projectAndEvent,
        ErrorQueries queries,
        ErrorDetails details,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        var colon = projectAndEvent.IndexOf(':', StringComparison.Ordinal);
        return
            colon > 0
            && ProjectSelection.Read(tenant, directory, [projectAndEvent[..colon]]) is [{ Id: var project }]
            && EventId.TryParse(projectAndEvent.AsSpan(colon + 1), out var id)
            && await queries.FindAsync([project], id, cancellation) is { } place
            ? TypedResults.Ok(await details.DetailAsync(place, cancellation))
            : ApiError.NotFound();
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
