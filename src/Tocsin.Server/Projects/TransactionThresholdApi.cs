using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Projects;

/// <summary>
/// The project's threshold of apdex and misery at Sentry's address. The project's own settings have it as <c>apdexThreshold</c>, to the millisecond.
/// </summary>
static class TransactionThresholdApi
{
    const string Pattern = "/transaction-threshold/configure/";
    public const string Duration = "duration";

    public static void MapTransactionThreshold(this GatedRoutes routes)
    {
        routes.Project.Get(Pattern, Scope.ProjectRead, Get);
        routes.Project.Post(Pattern, Scope.ProjectWrite, SetAsync);
        routes.Project.Delete(Pattern, Scope.ProjectWrite, ResetAsync);
    }

    /// <summary>The threshold; without an id while it is the usual one.</summary>
    internal static Ok<TransactionThresholdShape> Get(Tenant tenant) => TypedResults.Ok(ShapeOf(tenant.Project));

    /// <summary>Sets the threshold, 201 for the first time; what is stored is judged by it at once.</summary>
    internal static async Task<Results<Ok<TransactionThresholdShape>, Created<TransactionThresholdShape>, ApiError>> SetAsync(
        Tenant tenant,
        TransactionThresholdBody body,
        ProjectCommands commands,
        ProjectDirectory directory,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        if (body.Problems().ToList() is { Count: > 0 } problems)
        {
            return ApiError.Fields(problems);
        }
        await commands.UpdateAsync(
            tenant.Project.Id,
            new() { Options = options => options.WithApdexThreshold(body.Threshold, tenant.UserId, Microseconds.Now(time)) },
            cancellation
        );
        if (directory.Get(tenant.Project.Id) is not { } changed)
        {
            return ApiError.NotFound();
        }
        return tenant.Project.Options.ApdexEdit is null
            ? TypedResults.Created((string?)null, ShapeOf(changed))
            : TypedResults.Ok(ShapeOf(changed));
    }

    /// <summary>Back to the usual threshold.</summary>
    internal static async Task<NoContent> ResetAsync(Tenant tenant, ProjectCommands commands, CancellationToken cancellation)
    {
        await commands.UpdateAsync(
            tenant.Project.Id,
            new()
            {
                Options = options => options with { ApdexThreshold = ProjectOptions.Default.ApdexThreshold, ApdexEdit = null },
            },
            cancellation
        );
        return TypedResults.NoContent();
    }

    static TransactionThresholdShape ShapeOf(ProjectSnapshot project)
    {
        var id = project.Id.ToString(CultureInfo.InvariantCulture);
        var edit = project.Options.ApdexEdit;
        return new()
        {
            Id = edit is null ? "" : id,
            Threshold = project.Options.ApdexThreshold.ToString(CultureInfo.InvariantCulture),
            Metric = Duration,
            ProjectId = id,
            EditedBy = edit?.By?.ToString(CultureInfo.InvariantCulture),
            DateAdded = Microseconds.ToUtc(edit?.Added),
            DateUpdated = Microseconds.ToUtc(edit?.Updated),
        };
    }

    /// <summary>Both as Sentry's clients send them; what is absent stays as it is.</summary>
    internal sealed record TransactionThresholdBody(int? Threshold, string? Metric)
    {
        public IEnumerable<(string Field, string Sentence)> Problems()
        {
            if (Threshold is { } threshold && (threshold % 100 != 0 || threshold is < 100 or > ProjectBody.LongestThreshold))
            {
                yield return ("threshold", "Invalid threshold - specify a multiple of 100 milliseconds, up to an hour.");
            }
            if (Metric is "lcp")
            {
                yield return ("metric", "Runs are judged by their duration here; a threshold for lcp is not supported.");
            }
            else if (Metric is not (null or Duration))
            {
                yield return ("metric", $"Invalid transaction metric - {Metric}");
            }
        }
    }
}

/// <summary>Threshold: milliseconds as text. Id: empty, and who and when null, while nobody has set it.</summary>
sealed record TransactionThresholdShape
{
    public required string Id { get; init; }
    public required string Threshold { get; init; }
    public required string Metric { get; init; }
    public required string ProjectId { get; init; }
    public required string? EditedBy { get; init; }
    public required DateTime? DateAdded { get; init; }
    public required DateTime? DateUpdated { get; init; }
}
