using static Tocsin.Telemetry.Query.Expression;

namespace Tocsin.Telemetry.Query;

/// <summary>
/// Runs of transactions summed up by the hour, and of closed days by the day: one row for all that agree in <see cref="Keys"/>, with how many
/// there were, a sketch of their durations and the set of their users. Counts are exact, quantiles within 1 %, users exact up to 8 192 and
/// within 2 % beyond.
/// </summary>
static class RunSums
{
    public const string Hours = "run_hours";
    public const string Days = "run_days";

    /// <summary>Of the rows up to which positions the hours hold the sums: one row for each time it was added to them.</summary>
    public const string Summed = "summed";

    /// <summary>What lists of transactions are made by.</summary>
    static readonly string[] Keys = ["project_id", "environment", "transaction_name", "transaction_op", "op"];

    /// <summary>Durations up to these are told apart exactly, in milliseconds: the usual threshold of apdex, and four times as much.</summary>
    const double Satisfying = 300;

    const double Borne = 4 * Satisfying;

    const string Runs = "runs";
    const string Failed = "failed_runs";
    const string Satisfied = "satisfied_runs";
    const string BorneRuns = "borne_runs";
    const string Durations = "durations";
    const string Users = "users";
    const string Miserable = "miserable_users";

    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    static readonly long HourLength = Hour.Ticks / TimeSpan.TicksPerMicrosecond;

    static readonly IReadOnlyList<(string Name, string Type, string OfRuns, string OfSums)> Sums =
    [
        Counted(Runs, "TRUE"),
        Counted(Failed, "failed"),
        Counted(Satisfied, $"duration <= {1000 * Satisfying}"),
        Counted(BorneRuns, $"duration > {1000 * Satisfying} AND duration <= {1000 * Borne}"),
        (Durations, "BLOB", "sketch(duration / 1e3, weight)", $"sketch_all({Durations})"),
        (Users, "BLOB", "user_set(user_key)", $"user_set_all({Users})"),
        (Miserable, "BLOB", $"user_set(user_key) FILTER (WHERE duration > {1000 * Borne})", $"user_set_all({Miserable})"),
        (SpanSums.Sampled, "BOOLEAN", "bool_or(weight <> 1)", $"bool_or({SpanSums.Sampled})"),
    ];

    static (string, string, string, string) Counted(string name, string condition) =>
        (name, "DOUBLE", $"coalesce(sum(weight) FILTER (WHERE {condition}), 0)", $"sum({name})");

    static IEnumerable<string> Columns => ["timestamp", .. Keys, .. Sums.Select(sum => sum.Name)];

    public static string Create(string catalog) =>
        $"""
            CREATE TABLE IF NOT EXISTS {catalog}.{Hours} (timestamp BIGINT NOT NULL, project_id BIGINT NOT NULL,
                {string.Join(", ", Keys.Skip(1).Select(key => key + " VARCHAR"))},
                {string.Join(", ", Sums.Select(sum => $"{sum.Name} {sum.Type}"))});
            CREATE TABLE IF NOT EXISTS {catalog}.{Summed} (position BIGINT NOT NULL)
            """;

    public static string SelectHours(string catalog) => $"SELECT {string.Join(", ", Columns)} FROM {catalog}.{Hours}";

    public static string SummedUpTo(string catalog) => $"SELECT coalesce(max(position), 0) FROM {catalog}.{Summed}";

    /// <summary>Adds runs of the catalog to its hours.</summary>
    public static string AddHours(string catalog, string condition) =>
        $"""
            INSERT INTO {catalog}.{Hours} ({string.Join(", ", Columns)})
            {OfRuns(catalog, Columns, condition)} ORDER BY project_id, transaction_name, timestamp
            """;

    /// <summary>Of the hours. Sorted, as they are in a closed day.</summary>
    public static string CreateDays(string catalog) =>
        $"""
            CREATE TABLE {catalog}.{Days} AS
            SELECT min(timestamp) AS timestamp, {string.Join(", ", Keys)},
                {string.Join(", ", Sums.Select(sum => $"{sum.OfSums} AS {sum.Name}"))}
            FROM {catalog}.{Hours} GROUP BY {string.Join(", ", Keys)} ORDER BY project_id, transaction_name
            """;

    /// <summary>Rows of this shape from runs themselves.</summary>
    static string OfRuns(string catalog, IEnumerable<string> columns, string condition)
    {
        var hour = DuckDbDialect.Bucket("timestamp", HourLength);
        var wanted = columns.ToHashSet();
        IEnumerable<string> keys = Keys.Where(wanted.Contains);
        var grouped = wanted.Contains("timestamp") ? keys.Prepend(hour) : keys;
        var by = string.Join(", ", grouped.DefaultIfEmpty("TRUE"));
        return $"SELECT {string.Join(", ", columns.Select(Value))} FROM {catalog}.segments WHERE {condition} GROUP BY {by}";

        string Value(string column) =>
            column == "timestamp" ? $"{hour} AS timestamp"
            : column == "is_segment" ? "TRUE AS is_segment"
            : Sums.FirstOrDefault(sum => sum.Name == column) is { OfRuns: { } sum } ? $"{sum} AS {column}"
            : column;
    }

    /// <summary>The rows that stand for the runs of a catalog in that time.</summary>
    /// <param name="columns">Of these rows; a column of spans among them is one of <see cref="Keys"/>.</param>
    public static IEnumerable<string> Rows(RunSource source, IReadOnlyCollection<string> columns)
    {
        if (source.IsWholeDay && !columns.Contains("timestamp"))
        {
            return [OfSums($"{source.Catalog}.{Days}", columns, "TRUE")];
        }
        var (first, last) = (Up(source.Range.From), Down(source.Range.To));
        if (source.SummedUpTo is not { } summed || first >= last)
        {
            return [OfRuns(source.Catalog, columns, Within(source.Range))];
        }
        var whole = new TimeRange(first, last);
        IEnumerable<TimeRange> edges = [source.Range with { To = first }, source.Range with { From = last }];
        return
        [
            OfSums($"{source.Catalog}.{Hours}", columns, Within(whole)),
            OfRuns(source.Catalog, columns, $"position > {summed} AND {Within(whole)}"),
            .. edges.Where(edge => edge.From < edge.To).Select(edge => OfRuns(source.Catalog, columns, Within(edge))),
        ];
    }

    static string OfSums(string table, IEnumerable<string> columns, string condition) =>
        $"SELECT {string.Join(", ", columns.Select(column => column == "is_segment" ? "TRUE AS is_segment" : column))} FROM {table} WHERE {condition}";

    static string Within(TimeRange range) => $"timestamp >= {range.From} AND timestamp < {range.To}";

    /// <summary>The beginning of its hour; times before 1970 do not occur.</summary>
    public static long Down(long time) => time - time % HourLength;

    /// <summary>The beginning of the next hour, or the time itself when it is one.</summary>
    public static long Up(long time) => time > long.MaxValue - HourLength ? long.MaxValue : Down(time + HourLength - 1);

    /// <summary>Whether rows of this shape tell what is asked.</summary>
    public static bool Answer(TelemetryQuery query) =>
        query is { Dataset: Dataset.Spans, Where: { } where }
        && query.IsGrouped()
        && IsOfSegments(where)
        && where.Expressions().All(expression => IsKey(expression) || Is(expression, "is_segment"))
        && query.GroupBy.All(by => IsKey(by) || by is Bucket { Step: var step } && step.Ticks % Hour.Ticks == 0)
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
            Bucket { Step: var step } => step.Ticks % Hour.Ticks == 0,
            Number number => IsSummed(number.Of),
            Applied applied => IsSummed(applied.Of),
            Arithmetic sum => IsSummed(sum.Left) && IsSummed(sum.Right),
            Quantile quantile => Is(quantile.Of, "duration") && quantile.If is null,
            Aggregate aggregate => ColumnOf(aggregate) is not null,
            _ => false,
        };

    static bool IsKey(Expression expression) => ColumnOf(expression) is { } column && Keys.Contains(column);

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

/// <summary>Runs of a catalog in a time.</summary>
/// <param name="IsWholeDay">The catalog is a closed day that lies in the time, and has sums of the day.</param>
/// <param name="SummedUpTo">The position up to which it has sums of its hours; null: it has none.</param>
readonly record struct RunSource(string Catalog, TimeRange Range, bool IsWholeDay, long? SummedUpTo);
