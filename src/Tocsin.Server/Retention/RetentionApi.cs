using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Tocsin.Server.Access;
using Tocsin.Server.Metadata;
using Tocsin.Telemetry;

namespace Tocsin.Server.Retention;

/// <summary>What is kept how long, and what was dropped. One set of days serves all organisations.</summary>
static class RetentionApi
{
    const int Shown = 100;

    public static void MapRetention(this GatedRoutes routes) =>
        routes.Caller.Get("/internal/retention/", Credential.Any, Scope.OrgRead, GetAsync);

    /// <summary>The settings, what is being done, and the last drops, newest first.</summary>
    static async Task<Ok<RetentionShape>> GetAsync(
        RetentionOptions options,
        RetentionWatch watch,
        RetentionProgress progress,
        DroppedDays dropped,
        CancellationToken cancellation
    )
    {
        var used = watch.UsedBytes();
        return TypedResults.Ok(
            new RetentionShape
            {
                ErrorDays = options.Errors,
                SpanDays = options.Spans,
                QuarantineDays = options.Quarantine,
                BudgetBytes = options.DiskBudget,
                UsedBytes = used,
                IsOverBudget = used > options.DiskBudget,
                Current = progress.Current is { } step ? new(Name(step.Day), step.Step, step.Since.UtcDateTime) : null,
                Failure = progress.Failure,
                Dropped = [.. (await dropped.LastAsync(Shown, cancellation)).Select(ShapeOf)],
            }
        );
    }

    static DroppedShape ShapeOf(DroppedDay entry) =>
        new(
            Name(entry.Date),
            entry.RowKinds == RowKinds.All ? ["errors", "spans", "outcomes"] : [.. Kinds(entry.RowKinds)],
            entry.Reason,
            entry.Bytes,
            Microseconds.ToUtc(entry.Begun),
            Microseconds.ToUtc(entry.Finished)
        );

    static IEnumerable<string> Kinds(RowKinds kinds)
    {
        if (kinds.HasFlag(RowKinds.Events))
        {
            yield return "errors";
        }
        if (kinds.HasFlag(RowKinds.Spans))
        {
            yield return "spans";
        }
        if (kinds.HasFlag(RowKinds.Outcomes))
        {
            yield return "outcomes";
        }
    }

    static string Name(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Days: how long each kind is kept; null: for ever. Failure: what failed at the last look; it is tried again.</summary>
sealed record RetentionShape
{
    public required int? ErrorDays { get; init; }
    public required int? SpanDays { get; init; }
    public required int? QuarantineDays { get; init; }

    /// <summary>Null: no budget is set.</summary>
    public required long? BudgetBytes { get; init; }
    public required long UsedBytes { get; init; }

    /// <summary>Even without all days that are over, today's data is larger than the budget.</summary>
    public required bool IsOverBudget { get; init; }
    public required RetentionStepShape? Current { get; init; }
    public required string? Failure { get; init; }
    public required IReadOnlyList<DroppedShape> Dropped { get; init; }
}

/// <summary>Step: <c>close</c>, <c>forget_quarantine</c>, <c>drop_bodies</c>, <c>drop_rows</c>, <c>drop_index</c>…</summary>
sealed record RetentionStepShape(string Day, string Step, DateTime Since);

/// <summary>
/// Rows: <c>errors</c>, <c>spans</c>, <c>outcomes</c>. Reason: <c>age</c> or <c>budget</c>. Bytes: what was freed. DateFinished: null while
/// it is being done.
/// </summary>
sealed record DroppedShape(
    string Day,
    IReadOnlyList<string> Rows,
    string Reason,
    long Bytes,
    DateTime DateBegun,
    DateTime? DateFinished
);
