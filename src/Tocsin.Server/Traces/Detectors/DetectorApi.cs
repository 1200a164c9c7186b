using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// Which performance problems a project wants to hear of, and from where on. Sentry's address answers and takes one flat object of switches and
/// thresholds; ours tells their bounds too.
/// </summary>
static class DetectorApi
{
    const string Pattern = "/performance-issues/configure/";

    public static void MapDetectors(this GatedRoutes routes)
    {
        routes.Project.Get("/performance-issues/", Scope.ProjectRead, List);
        routes.Project.Get(Pattern, Scope.ProjectRead, Get);
        routes.Project.Put(Pattern, Scope.ProjectWrite, UpdateAsync);
        routes.Project.Delete(Pattern, Scope.ProjectWrite, ResetAsync);
    }

    /// <summary>Ours: each detector with its switch and its thresholds, their bounds and usual values.</summary>
    internal static Ok<IReadOnlyList<DetectorShape>> List(Tenant tenant)
    {
        var options = DetectorOptions.Of(tenant.Project.Options);
        return TypedResults.Ok<IReadOnlyList<DetectorShape>>([
            .. DetectorTable.All.Select(detector => DetectorShape.Of(detector, options)),
        ]);
    }

    /// <summary>All switches and thresholds by their names: times in milliseconds, sizes in bytes.</summary>
    internal static Ok<IReadOnlyDictionary<string, object>> Get(Tenant tenant)
    {
        var options = DetectorOptions.Of(tenant.Project.Options);
        var all = new Dictionary<string, object>();
        foreach (var detector in DetectorTable.All)
        {
            all[detector.Switch] = detector.IsOn(options);
            foreach (var threshold in detector.Thresholds)
            {
                all[threshold.Name] = threshold.Of(options);
            }
        }
        return TypedResults.Ok<IReadOnlyDictionary<string, object>>(all);
    }

    /// <summary>
    /// Changes those that are named and answers them. They count for the next spans that arrive; issues that there are stay. The thresholds of a
    /// detector that is off cannot be changed, unless the same request switches it on.
    /// </summary>
    internal static async Task<Results<Ok<IReadOnlyDictionary<string, object>>, ApiError>> UpdateAsync(
        Tenant tenant,
        IReadOnlyDictionary<string, JsonElement> body,
        ProjectCommands commands,
        CancellationToken cancellation
    )
    {
        var change = DetectorChange.Read(body);
        if (body.Count == 0 || change.Unknown is not null)
        {
            return ApiError.BadRequest($"Invalid settings option{(change.Unknown is { } name ? $": {name}" : "")}");
        }
        if (change.Problems.Count > 0)
        {
            return ApiError.Fields(change.Problems);
        }
        if (change.IsForDetectorThatIsOff(tenant.Project.Options))
        {
            return ApiError.Forbidden("Disabled options can not be modified");
        }
        await commands.UpdateAsync(tenant.Project.Id, new() { Options = change.ApplyTo }, cancellation);
        return TypedResults.Ok(change.Taken);
    }

    /// <summary>Puts the thresholds back to the usual ones; switches, and the thresholds of what is off, stay.</summary>
    internal static async Task<NoContent> ResetAsync(Tenant tenant, ProjectCommands commands, CancellationToken cancellation)
    {
        await commands.UpdateAsync(tenant.Project.Id, new() { Options = DetectorChange.Reset }, cancellation);
        return TypedResults.NoContent();
    }
}
