using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Tocsin.Server.Access;
using Tocsin.Server.Api;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Projects;

/// <summary>
/// The threshold of apdex and misery of one transaction, instead of its project's, at Sentry's address. The project is named by the parameter
/// <c>project</c>, the transaction by <c>transaction</c>, in the address or the body. All of a project stand at an address of ours.
/// </summary>
static class TransactionThresholdOverrideApi
{
    const string Pattern = "/project-transaction-threshold-override/";
    const string ListPattern = "/transaction-thresholds/";

    /// <summary>As many conditions as a question bears well.</summary>
    const int Most = 500;
    const int LongestName = 200;

    public static void MapTransactionThresholdOverride(this GatedRoutes routes)
    {
        routes.Organization.Get(Pattern, Scope.ProjectRead, Get);
        routes.Organization.Post(Pattern, Scope.ProjectWrite, SetAsync);
        routes.Organization.Delete(Pattern, Scope.ProjectWrite, ResetAsync);
        routes.Project.Get(ListPattern, Scope.ProjectRead, List);
    }

    /// <summary>The transactions of the project that have a threshold of their own, by name.</summary>
    internal static Page<TransactionThresholdOverrideShape> List(Tenant tenant, PageRequest page) =>
        Page<TransactionThresholdOverrideShape>.Of(
            page,
            [
                .. tenant
                    .Project.Options.TransactionThresholds.OrderBy(one => one.Key, StringComparer.Ordinal)
                    .Select(one => ShapeOf(tenant.Project, one.Key, one.Value)),
            ]
        );

    /// <summary>The transaction's own threshold; 404 while it has none and the project's stands.</summary>
    internal static Results<Ok<TransactionThresholdOverrideShape>, ApiError> Get(
        Tenant tenant,
        ProjectDirectory directory,
        [FromQuery] string[]? project,
        string? transaction
    )
    {
        var (chosen, error) = Choose(tenant, directory, project, transaction);
        return chosen is null ? error!
            : ShapeOf(chosen, transaction!) is { } shape ? TypedResults.Ok(shape)
            : ApiError.NotFound();
    }

    /// <summary>Sets it, 201 for the first time; what is stored is judged by it at once.</summary>
    internal static async Task<
        Results<Ok<TransactionThresholdOverrideShape>, Created<TransactionThresholdOverrideShape>, ApiError>
    > SetAsync(
        Tenant tenant,
        TransactionThresholdOverrideBody body,
        ProjectCommands commands,
        ProjectDirectory directory,
        TimeProvider time,
        [FromQuery] string[]? project,
        CancellationToken cancellation
    )
    {
        var (chosen, error) = Choose(tenant, directory, project, body.Transaction);
        if (chosen is null)
        {
            return error!;
        }
        var isNew = !chosen.Options.TransactionThresholds.ContainsKey(body.Transaction!);
        if (body.Problems(isNew, chosen.Options.TransactionThresholds.Count).ToList() is { Count: > 0 } problems)
        {
            return ApiError.Fields(problems);
        }
        var now = Microseconds.Now(time);
        await commands.UpdateAsync(
            chosen.Id,
            new() { Options = options => options.WithThresholdOf(body.Transaction!, body.Threshold, tenant.UserId, now) },
            cancellation
        );
        if (directory.Get(chosen.Id) is not { } changed || ShapeOf(changed, body.Transaction!) is not { } shape)
        {
            return ApiError.NotFound();
        }
        return isNew ? TypedResults.Created((string?)null, shape) : TypedResults.Ok(shape);
    }

    /// <summary>The project's threshold stands again.</summary>
    internal static async Task<Results<NoContent, ApiError>> ResetAsync(
        Tenant tenant,
        ProjectCommands commands,
        ProjectDirectory directory,
        [FromQuery] string[]? project,
        string? transaction,
        [FromBody(EmptyBodyBehavior = Microsoft.AspNetCore.Mvc.ModelBinding.EmptyBodyBehavior.Allow)]
            TransactionThresholdOverrideBody? body,
        CancellationToken cancellation
    )
    {
        var name = transaction ?? body?.Transaction;
        var (chosen, error) = Choose(tenant, directory, project, name);
        if (chosen is null)
        {
            return error!;
        }
        if (!chosen.Options.TransactionThresholds.ContainsKey(name!))
        {
            return ApiError.NotFound();
        }
        await commands.UpdateAsync(chosen.Id, new() { Options = options => options.WithoutThresholdOf(name!) }, cancellation);
        return TypedResults.NoContent();
    }

    static (ProjectSnapshot? Chosen, ApiError? Error) Choose(
        Tenant tenant,
        ProjectDirectory directory,
        [FromQuery] string[]? project,
        string? transaction
    )
    {
        if (ProjectSelection.Read(tenant, directory, project) is not { } projects)
        {
            return (null, ApiError.NotFound());
        }
        return projects is not [var only] ? (null, ApiError.BadRequest("Only 1 project per transaction threshold"))
            : string.IsNullOrEmpty(transaction) ? (null, ApiError.Field("transaction", "This field is required."))
            : (only, null);
    }

    static TransactionThresholdOverrideShape? ShapeOf(ProjectSnapshot project, string transaction) =>
        project.Options.TransactionThresholds.GetValueOrDefault(transaction) is { } own
            ? ShapeOf(project, transaction, own)
            : null;

    static TransactionThresholdOverrideShape ShapeOf(ProjectSnapshot project, string transaction, TransactionThreshold own) =>
        new()
        {
            // Unique in its project, and the same as long as it lasts.
            Id = own.Edit.Added.ToString(CultureInfo.InvariantCulture),
            Transaction = transaction,
            Threshold = own.Milliseconds.ToString(CultureInfo.InvariantCulture),
            Metric = TransactionThresholdApi.Duration,
            ProjectId = project.Id.ToString(CultureInfo.InvariantCulture),
            EditedBy = own.Edit.By?.ToString(CultureInfo.InvariantCulture),
            DateAdded = Microseconds.ToUtc(own.Edit.Added),
            DateUpdated = Microseconds.ToUtc(own.Edit.Updated),
        };

    /// <summary>As Sentry's clients send it; what is absent stays as it is.</summary>
    internal sealed record TransactionThresholdOverrideBody(string? Transaction, int? Threshold, string? Metric)
    {
        public IEnumerable<(string Field, string Sentence)> Problems(bool isNew, int count)
        {
            if (Transaction?.Length > LongestName)
            {
                yield return ("transaction", $"Ensure this field has no more than {LongestName} characters.");
            }
            if (isNew && count >= Most)
            {
                yield return ("transaction", $"At most {Most} configured transaction thresholds per project.");
            }
            foreach (var problem in new TransactionThresholdApi.TransactionThresholdBody(Threshold, Metric).Problems())
            {
                yield return problem;
            }
        }
    }
}

/// <summary>Threshold: milliseconds as text.</summary>
sealed record TransactionThresholdOverrideShape
{
    public required string Id { get; init; }
    public required string Transaction { get; init; }
    public required string Threshold { get; init; }
    public required string Metric { get; init; }
    public required string ProjectId { get; init; }
    public required string? EditedBy { get; init; }
    public required DateTime? DateAdded { get; init; }
    public required DateTime? DateUpdated { get; init; }
}
