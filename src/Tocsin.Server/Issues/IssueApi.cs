using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Hosting;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Issues;

/// <summary>Lists of issues and one issue: read, change, delete. Sentry's routes and shapes.</summary>
static class IssueApi
{
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public static void MapIssues(this GatedRoutes routes)
    {
        routes.Organization.Get("/issues/", Scope.EventRead, ListAsync);
        routes.Organization.Put("/issues/", Scope.EventWrite, UpdateManyAsync);
        routes.Organization.Delete("/issues/", Scope.EventAdmin, DeleteManyAsync);
        routes.Organization.Get("/issues/{issue}/", Scope.EventRead, GetAsync);
        routes.Organization.Put("/issues/{issue}/", Scope.EventWrite, UpdateAsync);
        routes.Organization.Delete("/issues/{issue}/", Scope.EventAdmin, DeleteAsync);
        routes.Organization.Get("/issues/{issue}/stats/", Scope.EventRead, StatsAsync);
        routes.Organization.Get("/shortids/{issue}/", Scope.EventRead, GetAsync);

        routes.Project.Get("/issues/", Scope.EventRead, ListOfProjectAsync);
        routes.Project.Put("/issues/", Scope.EventWrite, UpdateManyOfProjectAsync);
        routes.Project.Delete("/issues/", Scope.EventAdmin, DeleteManyOfProjectAsync);

        var owned = routes.OfIssue();
        owned.Get("/", Scope.EventRead, GetAsync);
        owned.Put("/", Scope.EventWrite, UpdateAsync);
        owned.Delete("/", Scope.EventAdmin, DeleteAsync);
        owned.Get("/stats/", Scope.EventRead, StatsAsync);
    }

    static async Task<Results<Marked<Page<IssueShape>>, ApiError>> ListAsync(
        Tenant tenant,
        IssueFilterRequest filter,
        PeriodRequest period,
        PageRequest page,
        IssueListing listing,
        ProjectDirectory directory,
        HttpContext context
    ) =>
        filter.Scope(tenant, directory) is { } scope
            ? await listing.PageAsync(tenant, scope, filter, period, page, context)
            : ApiError.NotFound();

    static Task<Results<Marked<Page<IssueShape>>, ApiError>> ListOfProjectAsync(
        Tenant tenant,
        IssueFilterRequest filter,
        PeriodRequest period,
        PageRequest page,
        IssueListing listing,
        HttpContext context
    ) => listing.PageAsync(tenant, IssueFilterRequest.ScopeOf(tenant), filter, period, page, context);

    static async Task<Results<Marked<Ok<IssueDetailShape>>, ApiError>> GetAsync(
        Tenant tenant,
        string issue,
        IssueFilterRequest filter,
        IssueQueries queries,
        IssueEvents events,
        IssueActivity activity,
        ProjectDirectory directory,
        ServerOptions server,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var scope = IssueFilterRequest.ScopeOf(tenant, directory);
        if (await queries.FindAsync(scope, issue, cancellation) is not { } row)
        {
            return ApiError.NotFound();
        }
        var lastDay = new PeriodRequest((TimeRange?)null).OrLast(Day, time);
        var series = await events.SeriesAsync([row], filter.Environments, lastDay, TimeSpan.FromHours(1), cancellation);
        var tags = await events.TagKeysAsync(row, filter.Environments, TimeRange.All, cancellation);
        var detail = IssueMapping.Detail(
            IssueMapping.Shape(row, scope, server, series.Value[row.Id], null, "24h"),
            row,
            await activity.ListAsync(row.Id, null, 100, 0, cancellation),
            await queries.SeenByAsync(row.Id, cancellation),
            tags.Value,
            await queries.EnvironmentsAsync(row.Id, cancellation)
        );
        return Marked.Ok(new Answer<IssueDetailShape>(detail, series.Notes.With(tags.Notes)));
    }

    static async Task<Results<Ok<IssueShape>, NoContent, ApiError>> UpdateAsync(
        Tenant tenant,
        string issue,
        IssueUpdate update,
        IssueChanging changing,
        ProjectDirectory directory,
        CancellationToken cancellation
    ) => await changing.OneAsync(tenant, IssueFilterRequest.ScopeOf(tenant, directory), issue, update, cancellation);

    static async Task<Results<Accepted, ApiError>> DeleteAsync(
        Tenant tenant,
        string issue,
        IssueQueries queries,
        IssueCommands commands,
        ProjectDirectory directory,
        CancellationToken cancellation
    )
    {
        if (await queries.FindAsync(IssueFilterRequest.ScopeOf(tenant, directory), issue, cancellation) is not { } row)
        {
            return ApiError.NotFound();
        }
        if (!row.IsNamed(issue))
        {
            return ApiError.BadRequest(
                $"This issue was merged into {ShortId.Format(row.ProjectSlug, row.ShortId)}. Delete that one, or unmerge this first."
            );
        }
        await commands.DeleteAsync([row], cancellation);
        return TypedResults.Accepted((string?)null);
    }

    static async Task<Results<Ok<IssuesChangedShape>, NoContent, ApiError>> UpdateManyAsync(
        Tenant tenant,
        IssueFilterRequest filter,
        IssueUpdate update,
        IssueChanging changing,
        ProjectDirectory directory,
        CancellationToken cancellation
    ) =>
        filter.Scope(tenant, directory) is { } scope
            ? await changing.ManyAsync(tenant, scope, filter, update, cancellation)
            : ApiError.NotFound();

    static Task<Results<Ok<IssuesChangedShape>, NoContent, ApiError>> UpdateManyOfProjectAsync(
        Tenant tenant,
        IssueFilterRequest filter,
        IssueUpdate update,
        IssueChanging changing,
        CancellationToken cancellation
    ) => changing.ManyAsync(tenant, IssueFilterRequest.ScopeOf(tenant), filter, update, cancellation);

    static async Task<Results<NoContent, ApiError>> DeleteManyAsync(
        Tenant tenant,
        IssueFilterRequest filter,
        IssueChanging changing,
        ProjectDirectory directory,
        CancellationToken cancellation
    ) =>
        filter.Scope(tenant, directory) is { } scope
            ? await changing.DeleteAsync(tenant, scope, filter, cancellation)
            : ApiError.NotFound();

    static Task<Results<NoContent, ApiError>> DeleteManyOfProjectAsync(
        Tenant tenant,
        IssueFilterRequest filter,
        IssueChanging changing,
        CancellationToken cancellation
    ) => changing.DeleteAsync(tenant, IssueFilterRequest.ScopeOf(tenant), filter, cancellation);

    static async Task<Results<Marked<Ok<IssueStatsShape>>, ApiError>> StatsAsync(
        Tenant tenant,
        string issue,
        IssueFilterRequest filter,
        PeriodRequest period,
        IssueQueries queries,
        IssueEvents events,
        ProjectDirectory directory,
        TimeProvider time,
        CancellationToken cancellation,
        string? interval = null
    )
    {
        if (await queries.FindAsync(IssueFilterRequest.ScopeOf(tenant, directory), issue, cancellation) is not { } row)
        {
            return ApiError.NotFound();
        }
        var range = period.OrLast(TimeSpan.FromDays(14), time);
        if (!IssueSteps.TryChoose(range, interval, out var step))
        {
            return ApiError.BadRequest(
                "Invalid interval: a step such as 5m, 1h or 1d that divides the period into at most 10000 parts."
            );
        }
        var series = await events.SeriesAsync([row], filter.Environments, range, step, cancellation);
        var own = series.Value[row.Id];
        return Marked.Ok(new Answer<IssueStatsShape>(new(own.EventPairs, own.UserPairs), series.Notes));
    }
}
