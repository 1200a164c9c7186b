using static Tocsin.Telemetry.Query.Expression;

namespace Tocsin.Telemetry.Query;

/// <summary>
/// Spans summed up by the hour, and of closed days by the day: one row for all that agree in <see cref="Keys"/>, with how many there were, how many
/// failed, how long they took together and a sketch of how long each did. Counts and sums are exact, quantiles within 1 %. Transactions are no
/// key of it: with them a row would stand for hardly more than one span.
/// </summary>
static class GroupSums
{
    public const string Hours = "group_hours";
    public const string Days = "group_days";

    /// <summary>As <see cref="RunTables.Summed"/>, of hours alone.</summary>
    public const string Summed = "groups_summed";

    /// <summary>What usual durations, suspects and the service map are made by.</summary>
    static readonly (string Name, string Type)[] Keys =
    [
        ("project_id", "BIGINT"),
        ("is_segment", "BOOLEAN"),
        ("environment", "VARCHAR"),
        ("service", "VARCHAR"),
        ("op", "VARCHAR"),
        ("category", "VARCHAR"),
        ("domain", "VARCHAR"),
        ("action", "VARCHAR"),
        ("group_hash", "BIGINT"),
    ];

    const string Spans = "span_count";
    const string Failed = "failed_spans";
    const string Duration = "duration_sum";
    const string SelfTime = "self_time_sum";
    const string Durations = "durations";
    const string Name = "group_name";

    static readonly (string Name, string Type, string OfSpans, string OfSums)[] Sums =
    [
        (Spans, "DOUBLE", "sum(weight)", $"sum({Spans})"),
        (Failed, "DOUBLE", "coalesce(sum(weight) FILTER (WHERE failed), 0)", $"sum({Failed})"),
        (Duration, "DOUBLE", "sum(duration * weight)", $"sum({Duration})"),
        (SelfTime, "DOUBLE", "sum(self_time * weight)", $"sum({SelfTime})"),
        (Durations, "BLOB", "sketch(duration / 1e3, weight)", $"sketch_all({Durations})"),
        (Name, "VARCHAR", $"any_value({Name})", $"any_value({Name})"),
        (SpanSums.Sampled, "BOOLEAN", "bool_or(weight <> 1)", $"bool_or({SpanSums.Sampled})"),
    ];

    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    static readonly string KeyList = string.Join(", ", Keys.Select(key => key.Name));
    static readonly long HourLength = Hour.Ticks / TimeSpan.TicksPerMicrosecond;
    static readonly string HourOf = DuckDbDialect.Bucket("timestamp", HourLength);

    static IEnumerable<string> Columns => ["timestamp", .. Keys.Select(key => key.Name), .. Sums.Select(sum => sum.Name)];

    public static string Create(string catalog) =>
        $"""
            CREATE TABLE IF NOT EXISTS {catalog}.{Hours} (timestamp BIGINT NOT NULL,
                {string.Join(", ", Keys.Select(key => $"{key.Name} {key.Type}"))},
                {string.Join(", ", Sums.Select(sum => $"{sum.Name} {sum.Type}"))});
            CREATE TABLE IF NOT EXISTS {catalog}.{Summed} (position BIGINT NOT NULL)
            """;

    public static string SelectHours(string catalog) => $"SELECT {string.Join(", ", Columns)} FROM {catalog}.{Hours}";

    public static string SummedUpTo(string catalog) => $"SELECT coalesce(max(position), 0) FROM {catalog}.{Summed}";

    /// <summary>About how many rows would stand for these spans of the catalog.</summary>
    public static string EstimateRows(string catalog, string condition) =>
        $"SELECT approx_count_distinct(hash({KeyList}, {HourOf})) FROM {AllSpans(catalog)} WHERE {condition}";

    /// <summary>Adds spans of one of the catalog's tables to its hours.</summary>
    public static string AddHours(string catalog, string table, string condition) =>
        $"""
            INSERT INTO {catalog}.{Hours} ({string.Join(", ", Columns)})
            {OfSpans($"{catalog}.{table}", Columns, condition)} ORDER BY project_id, group_hash, timestamp
            """;

    public static string Clear(string catalog) => $"DELETE FROM {catalog}.{Hours}; DELETE FROM {catalog}.{Summed}";

    /// <summary>Cuts the hours of a project into parts that no group crosses.</summary>
    public const string Part = "group_hash // 1152921504606846976";

    public static string CreateDays(string catalog) =>
        $"CREATE TABLE {catalog}.{Days} AS SELECT {string.Join(", ", Columns)} FROM {catalog}.{Hours} LIMIT 0";

    /// <summary>Adds the days of these hours; all hours of a group at once.</summary>
    public static string AddDays(string catalog, string condition) =>
        $"""
            INSERT INTO {catalog}.{Days}
            SELECT min(timestamp) AS timestamp, {KeyList}, {string.Join(", ", Sums.Select(sum => $"{sum.OfSums} AS {sum.Name}"))}
            FROM {catalog}.{Hours} WHERE {condition} GROUP BY {KeyList} ORDER BY project_id, group_hash
            """;

    static string AllSpans(string catalog) => $"(FROM {catalog}.segments UNION ALL FROM {catalog}.spans)";

    /// <summary>Rows of this shape from spans themselves.</summary>
    static string OfSpans(string spans, IEnumerable<string> columns, string condition)
    {
        var wanted = columns.ToHashSet();
        var keys = Keys.Select(key => key.Name).Where(wanted.Contains);
        var grouped = wanted.Contains("timestamp") ? keys.Prepend(HourOf) : keys;
        var by = string.Join(", ", grouped.DefaultIfEmpty("TRUE"));
        return $"SELECT {string.Join(", ", columns.Select(Value))} FROM {spans} WHERE {condition} GROUP BY {by}";

        static string Value(string column) =>
            column == "timestamp" ? $"{HourOf} AS timestamp"
            : Sums.FirstOrDefault(sum => sum.Name == column) is { OfSpans: { } sum } ? $"{sum} AS {column}"
            : column;
    }

    /// <summary>The rows that stand for the spans of a catalog in that time.</summary>
    /// <param name="columns">Of these rows; a column of spans among them is one of <see cref="Keys"/>.</param>
    public static IEnumerable<string> Rows(GroupSource source, IReadOnlyCollection<string> columns)
    {
        if (source.IsWholeDay && !columns.Contains("timestamp"))
        {
            return [OfSums($"{source.Catalog}.{Days}", columns, "TRUE")];
        }
        var spans = AllSpans(source.Catalog);
        var (first, last) = (Up(source.Range.From), Down(source.Range.To));
        if (source.SummedUpTo is not { } summed || first >= last)
        {
            return [OfSpans(spans, columns, Within(source.Range))];
        }
        var whole = new TimeRange(first, last);
        IEnumerable<TimeRange> edges = [source.Range with { To = first }, source.Range with { From = last }];
        return
        [
            OfSums($"{source.Catalog}.{Hours}", columns, Within(whole)),
            OfSpans(spans, columns, $"position > {summed} AND {Within(whole)}"),
            .. edges.Where(edge => edge.From < edge.To).Select(edge => OfSpans(spans, columns, Within(edge))),
        ];
    }

    static string OfSums(string table, IEnumerable<string> columns, string condition) =>
        $"SELECT {string.Join(", ", columns)} FROM {table} WHERE {condition}";

    static string Within(TimeRange range) => $"timestamp >= {range.From} AND timestamp < {range.To}";

    /// <summary>The beginning of its hour; times before 1970 do not occur.</summary>
    public static long Down(long time) => time - time % HourLength;

    /// <summary>The beginning of the next hour, or the time itself when it is one.</summary>
    public static long Up(long time) => time > long.MaxValue - HourLength ? long.MaxValue : Down(time + HourLength - 1);

    /// <summary>Whether rows of this shape tell what is asked.</summary>
    public static bool Answer(TelemetryQuery query) =>
        query.Dataset == Dataset.Spans
        && query.IsGrouped()
        && (query.Where?.Expressions() ?? []).All(IsKey)
        && query.GroupBy.All(by => IsKey(by) || IsHours(by))
        && query.Expressions().All(IsSummed);

    static bool IsSummed(Expression expression) =>
        expression switch
        {
            Constant => true,
            Field => IsKey(expression),
            Bucket => IsHours(expression),
            Number number => IsSummed(number.Of),
            Applied applied => IsSummed(applied.Of),
            Arithmetic sum => IsSummed(sum.Left) && IsSummed(sum.Right),
            Quantile quantile => ColumnOf(quantile.Of) == "duration" && quantile.If is null,
            Spread spread => ColumnOf(spread.Of) == "duration",
            Aggregate aggregate => Write(aggregate) is not null,
            _ => false,
        };

    static bool IsHours(Expression expression) => expression is Bucket { Step: var step } && step.Ticks % Hour.Ticks == 0;

    static bool IsKey(Expression expression) => ColumnOf(expression) is { } column && Keys.Any(key => key.Name == column);

    static string? ColumnOf(Expression? expression) =>
        expression is Field { Name: var name } && FieldTable.Spans.TryFind(name, out var field) ? field.Column : null;

    /// <returns>The SQL of the aggregate, and the columns that it needs; null: these rows do not tell it.</returns>
    public static SumSql? Write(Aggregate aggregate) =>
        (aggregate, ColumnOf(aggregate.Argument)) switch
        {
            ({ Kind: AggregateKind.Count, Argument: null, If: null }, _) => new($"coalesce(sum({Spans}), 0)", Spans),
            ({ Kind: AggregateKind.Count, Argument: null, If: { } only }, _) when IsFailed(only) => new(
                $"coalesce(sum({Failed}), 0)",
                Failed
            ),
            ({ Kind: AggregateKind.Sum, If: null }, { } of) when TimeOf(of) is { } sum => new($"(sum({sum}) / 1e3)", sum),
            ({ Kind: AggregateKind.Avg, If: null }, { } of) when TimeOf(of) is { } sum => new(
                $"(sum({sum}) / 1e3 / sum({Spans}))",
                sum,
                Spans
            ),
            ({ Kind: AggregateKind.Any, If: null }, Name) => new($"any_value({Name})", Name),
            _ => null,
        };

    static string? TimeOf(string column) =>
        column switch
        {
            "duration" => Duration,
            "self_time" => SelfTime,
            _ => null,
        };

    static bool IsFailed(Filter filter) =>
        filter is Filter.Compare { Operator: Comparison.Equal, Value: true } only && ColumnOf(only.Left) == "failed";

    public static SumSql Write(Quantile quantile) =>
        new(DuckDbDialect.SketchAt($"sketch_all({Durations})", quantile.Share), Durations);

    public static SumSql Write(Spread _) => new($"sketch_all({Durations})", Durations);
}

/// <summary>Spans of a catalog in a time.</summary>
/// <param name="IsWholeDay">The catalog is a closed day that lies in the time, and has sums of the day.</param>
/// <param name="SummedUpTo">The position up to which it has sums of its hours; null: it has none.</param>
readonly record struct GroupSource(string Catalog, TimeRange Range, bool IsWholeDay, long? SummedUpTo);

/// <summary>What is written of rows that are sums already.</summary>
/// <param name="Columns">That it needs.</param>
sealed record SumSql(string Sql, params IReadOnlyList<string> Columns);
