using static Tocsin.Telemetry.Query.Expression;

namespace Tocsin.Telemetry.Query;

/// <summary>
/// A day's spans summed up: one row for all spans that agree in <see cref="Keys"/> and whose durations lie in one bucket of 1/64 of a power of
/// two. It is a row of the spans' own shape that stands for several: its weight is theirs together, its times are their mean. So counts and
/// sums are exact, and quantiles within 1 %.
/// </summary>
static class SpanSums
{
    public const string Table = "span_sums";

    /// <summary>Tells whether a sampled span is among those that a row stands for.</summary>
    public const string Sampled = "sampled";

    /// <summary>What pages ask of many days at once. A span has few values of them for each of its group.</summary>
    public static IReadOnlyList<string> Keys { get; } =
    [
        "project_id",
        "is_segment",
        "environment",
        "service",
        "transaction_name",
        "transaction_op",
        "op",
        "category",
        "domain",
        "action",
        "group_hash",
        "group_name",
        "failed",
    ];

    static readonly string[] Times = ["duration", "self_time"];

    /// <summary>Whether the rows of a whole day may be answered for by their sums.</summary>
    public static bool Answer(TelemetryQuery query) =>
        query.Dataset == Dataset.Spans
        && query.IsGrouped()
        && query.GroupBy.All(IsKey)
        && query.Expressions().All(IsSummed)
        && (query.Where?.Expressions() ?? []).All(IsKey);

    static bool IsSummed(Expression expression) =>
        expression switch
        {
            Constant => true,
            Field => IsKey(expression),
            Number number => IsSummed(number.Of),
            Applied applied => IsSummed(applied.Of),
            Arithmetic sum => IsSummed(sum.Left) && IsSummed(sum.Right),
            Quantile quantile => Is(quantile.Of, "duration") && Counts(quantile.If),
            Spread spread => Is(spread.Of, "duration"),
            Aggregate { Kind: AggregateKind.Sum or AggregateKind.Avg, Argument: { } of } aggregate => IsTime(of)
                && Counts(aggregate.If),
            Aggregate aggregate => (aggregate.Argument is null || IsKey(aggregate.Argument)) && Counts(aggregate.If),
            _ => false,
        };

    /// <summary>Not by durations: apdex and the like count exactly, and a bucket may lie on both sides of their threshold.</summary>
    static bool Counts(Filter? filter) => (filter?.Expressions() ?? []).All(IsKey);

    static bool IsKey(Expression expression) => ColumnOf(expression) is { } column && Keys.Contains(column);

    static bool IsTime(Expression expression) => Times.Contains(ColumnOf(expression));

    static bool Is(Expression expression, string column) => ColumnOf(expression) == column;

    static string? ColumnOf(Expression expression) =>
        expression is Field { Name: var name } && FieldTable.Spans.TryFind(name, out var field) ? field.Column : null;

    /// <summary>The rows, from a table of spans.</summary>
    public static string Select(string spans) =>
        $"""
            SELECT {string.Join(", ", Keys)}, min(timestamp) AS timestamp,
                {Mean("duration")} AS duration, {Mean("self_time")} AS self_time,
                sum(weight) AS weight, bool_or(weight <> 1) AS {Sampled}
            FROM (SELECT *, {Bucket} AS bucket FROM {spans}) GROUP BY {string.Join(", ", Keys)}, bucket
            """;

    /// <summary>Not rounded: a sum of it is the sum of all.</summary>
    static string Mean(string column) => $"sum({column} * weight) / sum(weight)";

    /// <summary>The power of two and the 64th of it, as sketches count.</summary>
    const string Bucket =
        "CASE WHEN duration > 0 THEN floor(log2(duration)) * 64 + floor((duration / pow(2, floor(log2(duration))) - 1) * 64) END";
}
