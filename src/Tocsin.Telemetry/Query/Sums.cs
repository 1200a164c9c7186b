using static Tocsin.Telemetry.Query.Expression;

namespace Tocsin.Telemetry.Query;

/// <summary>
/// Spans summed up by the hour and by longer steps. Here is which questions sums of a kind answer, and how; in <see cref="SumTables"/> where they
/// lie, in <see cref="SumRows"/> which of them a question reads. Counts and sums are exact, quantiles within 1 %.
/// </summary>
abstract class Sums
{
    public static Sums Runs { get; } = new RunSums();

    public static Sums Groups { get; } = new GroupSums();

    /// <summary>In the order in which they are asked.</summary>
    public static IReadOnlyList<Sums> All { get; } = [Runs, Groups];

    public abstract SumTables Tables { get; }

    /// <summary>Whether rows of this shape tell what is asked.</summary>
    public bool Answer(TelemetryQuery query) =>
        query.Dataset == Dataset.Spans
        && query.IsGrouped()
        && IsAbout(query.Where)
        && query.GroupBy.All(by => IsKey(by) || IsOfHours(by))
        && query.Expressions().All(IsSummed);

    /// <summary>Whether these are conditions of what is summed up.</summary>
    protected abstract bool IsAbout(Filter? where);

    /// <returns>Null: these rows do not tell it.</returns>
    public abstract SumSql? Write(Aggregate aggregate);

    /// <param name="shares">All that the question wants.</param>
    public static SumSql Write(Quantile quantile, IReadOnlyList<double> shares) =>
        new(DuckDbDialect.QuantileOfSketches(SumColumn.Durations.Name, shares, quantile.Share), SumColumn.Durations.Name);

    public static SumSql Write(Spread _) => new(SumColumn.Durations.OfSums, SumColumn.Durations.Name);

    bool IsSummed(Expression expression) =>
        expression switch
        {
            Constant => true,
            Field => IsKey(expression),
            Bucket => IsOfHours(expression),
            Number number => IsSummed(number.Of),
            Applied applied => IsSummed(applied.Of),
            Arithmetic sum => IsSummed(sum.Left) && IsSummed(sum.Right),
            Quantile quantile => Is(quantile.Of, "duration") && quantile.If is null,
            Spread spread => Is(spread.Of, "duration"),
            Aggregate aggregate => Write(aggregate) is not null,
            _ => false,
        };

    static bool IsOfHours(Expression expression) =>
        expression is Bucket { Step: var step } && step.Ticks % SumStep.Hour.Length.Ticks == 0;

    protected bool IsKey(Expression expression) => Tables.HasKey(ColumnOf(expression));

    protected static bool Is(Expression? expression, string column) => ColumnOf(expression) == column;

    protected static bool IsTrue(Filter? filter, string column) =>
        filter is Filter.Compare { Operator: Comparison.Equal, Value: true } only && Is(only.Left, column);

    protected static string? ColumnOf(Expression? expression) =>
        expression is Field { Name: var name } && FieldTable.Spans.TryFind(name, out var field) ? field.Column : null;

    protected static SumSql Counted(string column) => new($"coalesce(sum({column}), 0)", column);
}

/// <summary>What is written of rows that are sums already.</summary>
/// <param name="Columns">That it needs.</param>
sealed record SumSql(string Sql, params IReadOnlyList<string> Columns);
