using static Tocsin.Telemetry.Query.Expression;

namespace Tocsin.Telemetry.Query;

/// <summary>
/// Runs of transactions summed up: one row for all that agree in <see cref="RunTables.Keys"/>, with how many there were, a sketch of their
/// durations and the set of their users. Counts are exact, quantiles within 1 %, users exact up to 8 192 and within 2 % beyond. Here is which
/// questions they answer, and how; in <see cref="RunTables"/> where they lie, in <see cref="RunRows"/> which of them a question reads.
/// </summary>
static class RunSums
{
    /// <summary>Durations up to these are told apart exactly, in milliseconds: the usual threshold of apdex, and four times as much.</summary>
    public const double Satisfying = 300;

    public const double Borne = 4 * Satisfying;

    public const string Runs = "runs";
    public const string Failed = "failed_runs";
    public const string Satisfied = "satisfied_runs";
    public const string BorneRuns = "borne_runs";
    public const string Durations = "durations";
    public const string Users = "users";
    public const string Miserable = "miserable_users";

    /// <summary>Whether rows of this shape tell what is asked.</summary>
    public static bool Answer(TelemetryQuery query) =>
        query is { Dataset: Dataset.Spans, Where: { } where }
        && query.IsGrouped()
        && IsOfSegments(where)
        && where.Expressions().All(expression => IsKey(expression) || Is(expression, "is_segment"))
        && query.GroupBy.All(by => IsKey(by) || by is Bucket { Step: var step } && IsOfHours(step))
        && query.Expressions().All(IsSummed);

    static bool IsOfSegments(Filter where) =>
        where switch
        {
            Filter.And and => and.Parts.Any(IsOfSegments),
            Filter.Compare { Operator: Comparison.Equal, Value: true } compare => Is(compare.Left, "is_segment"),
            _ => false,
        };

    static bool IsSummed(Expression expression) =>
        expression switch
        {
            Constant => true,
            Field => IsKey(expression),
            Bucket { Step: var step } => IsOfHours(step),
            Number number => IsSummed(number.Of),
            Applied applied => IsSummed(applied.Of),
            Arithmetic sum => IsSummed(sum.Left) && IsSummed(sum.Right),
            Quantile quantile => Is(quantile.Of, "duration") && quantile.If is null,
            Aggregate aggregate => ColumnOf(aggregate) is not null,
            _ => false,
        };

    static bool IsOfHours(TimeSpan step) => step.Ticks % RunStep.Hour.Length.Ticks == 0;

    static bool IsKey(Expression expression) => ColumnOf(expression) is { } column && RunTables.Keys.Contains(column);

    static bool Is(Expression expression, string column) => ColumnOf(expression) == column;

    static string? ColumnOf(Expression expression) =>
        expression is Field { Name: var name } && FieldTable.Spans.TryFind(name, out var field) ? field.Column : null;

    /// <summary>The sums that an aggregate is made of; null: none tells it.</summary>
    static string? ColumnOf(Aggregate aggregate) =>
        aggregate switch
        {
            { Kind: AggregateKind.Count, Argument: null, If: null } => Runs,
            { Kind: AggregateKind.Count, Argument: null, If: Filter.Compare { Operator: Comparison.Equal, Value: true } only }
                when Is(only.Left, "failed") => Failed,
            { Kind: AggregateKind.Count, Argument: null, If: { } only } when IsUpTo(only, Satisfying) => Satisfied,
            { Kind: AggregateKind.Count, Argument: null, If: Filter.And { Parts: [var from, var to] } }
                when IsAbove(from, Satisfying) && IsUpTo(to, Borne) => BorneRuns,
            { Kind: AggregateKind.CountDistinct, Argument: { } of, If: null } when Is(of, "user_key") => Users,
            { Kind: AggregateKind.CountDistinct, Argument: { } of, If: { } only }
                when Is(of, "user_key") && IsAbove(only, Borne) => Miserable,
            _ => null,
        };

    static bool IsUpTo(Filter filter, double milliseconds) =>
        filter is Filter.Compare { Operator: Comparison.LessOrEqual, Value: double limit } compare
        && limit == milliseconds
        && Is(compare.Left, "duration");

    static bool IsAbove(Filter filter, double milliseconds) =>
        filter is Filter.Compare { Operator: Comparison.Greater, Value: double limit } compare
        && limit == milliseconds
        && Is(compare.Left, "duration");

    /// <returns>The SQL of the aggregate, and the column that it needs.</returns>
    public static (string Sql, string Column) Write(Aggregate aggregate)
    {
        var column = ColumnOf(aggregate)!;
        return (
            aggregate.Kind == AggregateKind.CountDistinct ? $"user_count(user_set_all({column}))" : $"coalesce(sum({column}), 0)",
            column
        );
    }

    /// <returns>The SQL of the quantile, and the column that it needs.</returns>
    public static (string Sql, string Column) Write(Quantile quantile) =>
        (DuckDbDialect.SketchAt($"sketch_all({Durations})", quantile.Share), Durations);
}
