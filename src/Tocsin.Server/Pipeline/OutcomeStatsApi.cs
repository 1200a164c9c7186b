using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Projects;
using Tocsin.Telemetry;

namespace Tocsin.Server.Pipeline;

/// <summary>Statistics of outcomes in the shape of Sentry's <c>stats_v2</c>.</summary>
static class OutcomeStatsApi
{
    static readonly TimeSpan DefaultPeriod = TimeSpan.FromDays(1);
    static readonly TimeSpan DefaultInterval = TimeSpan.FromHours(1);
    static readonly TimeSpan ShortestInterval = TimeSpan.FromMinutes(1);

    public static void MapOutcomeStats(this GatedRoutes routes) => routes.Organization.Get("/stats_v2/", Scope.OrgRead, GetAsync);

    /// <summary>
    /// Sums per interval. <c>field</c>: <c>sum(quantity)</c>, <c>sum(times_seen)</c>. <c>groupBy</c>: <c>outcome</c>, <c>category</c>,
    /// <c>reason</c>, <c>project</c>, <c>key</c>. Filters: <c>project</c>, <c>outcome</c>, <c>category</c>, <c>reason</c>, <c>key</c>.
    /// </summary>
    static async Task<Results<Marked<Ok<OutcomeStatsShape>>, ApiError>> GetAsync(
        Tenant tenant,
        PeriodRequest period,
        ProjectDirectory directory,
        TelemetryStore telemetry,
        TimeProvider time,
        string[]? field,
        string[]? groupBy,
        string? interval,
        long[]? project,
        string[]? outcome,
        string[]? category,
        string[]? reason,
        long[]? key,
        CancellationToken cancellation
    )
    {
        var step = DefaultInterval;
        if (interval is not null && (!PeriodRequest.TryDuration(interval, out step) || step < ShortestInterval))
        {
            return ApiError.BadRequest("Invalid interval: a number and one of m, h, d, w, such as 1h; 1m at least.");
        }
        var outcomes = outcome?.Select(OutcomeName.Find).ToList();
        if (outcomes?.Contains(null) == true)
        {
            return ApiError.BadRequest($"Invalid outcome: {string.Join(", ", outcome!)}");
        }
        // -1 is Sentry's word for all projects; what is not the organisation's is not looked for.
        var own = directory.Of(tenant.Organization.Id).Select(own => own.Id).ToHashSet();
        var asked = project is null || project.Contains(-1) ? [] : project;
        if (!asked.All(own.Contains))
        {
            return ApiError.Forbidden();
        }
        var query = new OutcomeStats
        {
            OrganizationId = tenant.Organization.Id,
            Range = period.OrLast(DefaultPeriod, time),
            Step = step,
            Fields = field is { Length: > 0 } ? field : ["sum(quantity)"],
            GroupBy = groupBy ?? [],
            Projects = asked,
            Outcomes = [.. (outcomes ?? []).OfType<long>()],
            Categories = category ?? [],
            Reasons = reason ?? [],
            Keys = key ?? [],
        };
        return query.Mistake is { } mistake
            ? ApiError.BadRequest(mistake)
            : Marked.Ok(await query.AskAsync(telemetry, cancellation));
    }
}
