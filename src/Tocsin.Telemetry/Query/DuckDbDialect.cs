using System.Globalization;

namespace Tocsin.Telemetry.Query;

/// <summary>How DuckDB says what every engine can. Arguments are SQL already; texts of users come as parameters only.</summary>
static class DuckDbDialect
{
    public static string Parameter(int index) => $"${index.ToString(CultureInfo.InvariantCulture)}";

    /// <summary>The tag's text or null; the path is a JSON pointer. A broken tag text has no tags, and fails nothing.</summary>
    public static string TagValue(string column, string path) => $"TRY(json_extract_string({column}, {path}))";

    public static string TagPath(string key) =>
        "/" + key.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    /// <summary>Case is not regarded; <paramref name="pattern"/> is one of <see cref="Query.LikePattern"/>.</summary>
    public static string Like(string left, string pattern) => $"{left} ILIKE {pattern} ESCAPE '\\'";

    /// <param name="expression">A regular expression that is found somewhere in the text.</param>
    public static string Matches(string left, string expression) => $"regexp_matches({left}, {expression})";

    /// <summary>A table to join with: as so many conditions each row would be held against all of them.</summary>
    public static string OneOf(IReadOnlyList<string> left, IEnumerable<IEnumerable<string>> rows) =>
        $"({string.Join(", ", left)}) IN (VALUES {string.Join(", ", rows.Select(row => $"({string.Join(", ", row)})"))})";

    /// <summary>What stands in a table has no type from what it is compared with.</summary>
    public static string Typed(FieldType type, string value) =>
        $"CAST({value} AS {type switch
        {
            FieldType.Number or FieldType.Time or FieldType.SpanId => "BIGINT",
            FieldType.Real or FieldType.Duration => "DOUBLE",
            FieldType.Boolean => "BOOLEAN",
            FieldType.Id => "UHUGEINT",
            _ => "VARCHAR",
        }})";

    public static string Bucket(string time, long microseconds)
    {
        var step = microseconds.ToString(CultureInfo.InvariantCulture);
        return $"({time} - (({time} % {step}) + {step}) % {step})";
    }

    public static string Milliseconds(string microseconds) => $"({microseconds} / 1e3)";

    public static string AsNumber(string text) => $"TRY_CAST({text} AS DOUBLE)";

    /// <summary>Names: from a number to the one that stands for it.</summary>
    public static string Renamed(string of, IReadOnlyDictionary<long, long> names)
    {
        var cases = names
            .GroupBy(name => name.Value, name => name.Key)
            .OrderBy(group => group.Key)
            .Select(group => $"WHEN {of} IN ({string.Join(", ", group.Order())}) THEN {group.Key}");
        return $"CASE {string.Join(' ', cases)} ELSE {of} END";
    }

    public static string AsText(string value) => $"CAST({value} AS VARCHAR)";

    public static string IsTrue(string condition) => $"coalesce({condition}, FALSE)";

    public static string AsWhole(string number) => $"CAST(round({number}) AS BIGINT)";

    public static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Written as it is: the type of a parameter would follow from what stands beside it, and round it there.</summary>
    public static string Constant(double value) => value.ToString("0.################e0", CultureInfo.InvariantCulture);

    /// <summary>Null: it has to be a parameter.</summary>
    public static string? Literal(object value) =>
        value switch
        {
            long number => number.ToString(CultureInfo.InvariantCulture),
            double number when double.IsFinite(number) => Constant(number),
            bool truth => truth ? "TRUE" : "FALSE",
            _ => null,
        };

    /// <param name="whole">Whether the argument is a whole number.</param>
    /// <param name="only">Null, or the condition of the rows that count.</param>
    public static string Aggregate(AggregateKind kind, string? argument, bool whole, string? only) =>
        kind switch
        {
            AggregateKind.Count => If(argument is null ? "count(*)" : $"count({argument})", only),
            AggregateKind.CountDistinct => If($"count(DISTINCT {argument})", only),
            // A sum of BIGINT is a HUGEINT in DuckDB.
            AggregateKind.Sum when whole => $"CAST({If($"sum({argument})", only)} AS BIGINT)",
            AggregateKind.Sum => If($"sum({argument})", only),
            AggregateKind.Min => If($"min({argument})", only),
            AggregateKind.Max => If($"max({argument})", only),
            AggregateKind.Any => If($"any_value({argument})", only),
            _ => If($"avg({argument})", only),
        };

    /// <summary>Count, Sum and Avg of rows that stand for several.</summary>
    public static string Weighted(AggregateKind kind, string? argument, bool whole, string weight, string? only)
    {
        var all = argument is null ? only : And($"{argument} IS NOT NULL", only);
        return kind switch
        {
            AggregateKind.Count => $"coalesce({If($"sum({weight})", all)}, 0)",
            AggregateKind.Sum when whole => $"CAST(round({If($"sum({argument} * {weight})", only)}) AS BIGINT)",
            AggregateKind.Sum => If($"sum({argument} * {weight})", only),
            _ => $"({If($"sum({argument} * {weight})", only)} / {If($"sum({weight})", all)})",
        };
    }

    /// <param name="shares">All that are asked of this value: DuckDB finds equal lists once.</param>
    public static string Quantile(string of, IReadOnlyList<double> shares, double share, string? only)
    {
        var place = Place(shares, share) + 1;
        return $"list_extract({If($"quantile_cont({of}, [{string.Join(", ", shares.Select(Number))}])", only)}, {place})";
    }

    public static string Sketch(string of, string weight, double share, string? only) =>
        SketchAt(Sketch(of, weight, only), share);

    public static string Sketch(string of, string weight, string? only) => If($"sketch(CAST({of} AS DOUBLE), {weight})", only);

    /// <param name="sketch">Equal ones in one statement are made once.</param>
    public static string SketchAt(string sketch, double share) => $"sketch_at({sketch}, {Number(share)})";

    /// <summary>That are found at once.</summary>
    public const int MostQuantiles = 6;

    /// <param name="shares">All that are asked of these sketches: equal lists are found once.</param>
    public static string QuantileOfSketches(string sketches, IReadOnlyList<double> shares, double share) =>
        shares.Count <= MostQuantiles
            ? $"quantile_in(sketch_quantiles({sketches}, '{string.Join(' ', shares.Select(Number))}'), {Place(shares, share)})"
            : SketchAt($"sketch_all({sketches})", share);

    static int Place(IReadOnlyList<double> shares, double share) => shares.TakeWhile(other => other != share).Count();

    /// <summary>Whether any of the rows stands for several.</summary>
    public static string IsSampled(string row) => $"coalesce(bool_or({row}), FALSE)";

    public static string Arithmetic(Operation operation, string left, string right) =>
        operation switch
        {
            Operation.Add => $"({left} + {right})",
            Operation.Subtract => $"({left} - {right})",
            Operation.Multiply => $"({left} * {right})",
            _ => $"({left} / nullif({right}, 0))",
        };

    public static string Applied(Function function, string of) =>
        function switch
        {
            Function.Floor => $"floor({of})",
            Function.OrZero => $"coalesce({of}, 0)",
            Function.Ln => $"ln(nullif(greatest({of}, 0), 0))",
            // What is larger than a number can be is an error to DuckDB.
            _ => $"(CASE WHEN {of} > 690 THEN 1e300 ELSE exp({of}) END)",
        };

    public static string Choice(string condition, string then, string otherwise) =>
        $"(CASE WHEN {condition} THEN {then} ELSE {otherwise} END)";

    static string If(string aggregate, string? only) => only is null ? aggregate : $"{aggregate} FILTER (WHERE {only})";

    static string And(string first, string? second) => second is null ? first : $"{first} AND {second}";

    public static string Arg(bool max, string of, string by) => $"{(max ? "arg_max" : "arg_min")}({of}, {by})";

    /// <summary>These columns of the groups, and a last one that tells how many there are.</summary>
    public static string Counted(string groups, IEnumerable<string> columns) =>
        $"""
            WITH all_groups AS MATERIALIZED (
            {groups}
            )
            SELECT {string.Join(", ", columns)}, (SELECT count(*) FROM all_groups)
            FROM all_groups
            """;

    public static string Sliced(string value, int number, int of) => $"(hash({value}) % {of} = {number})";

    public static string Ordered(string expression, bool descending) =>
        $"{expression} {(descending ? "DESC" : "ASC")} NULLS LAST";

    /// <summary>A table of one day; the catalog is the attached file's alias.</summary>
    public static string Table(string catalog, string table) => $"{catalog}.{table}";

    public static string Rows(string table, IEnumerable<string> columns, string? condition = null) =>
        $"SELECT {string.Join(", ", columns)} FROM {table}" + (condition is null ? "" : $" WHERE {condition}");

    public static string All(IEnumerable<string> rows) => $"(\n{string.Join("\nUNION ALL\n", rows)}\n)";

    /// <summary>
    /// One row per event and tag. A key that is a column too is read from the column alone, so that it never counts twice.
    /// </summary>
    public static string TagRows(
        string table,
        IReadOnlyList<string> columns,
        string condition,
        IReadOnlyList<DatasetField> promoted
    )
    {
        var kept = string.Concat(columns.Select(column => column + ", "));
        var keys = string.Join(", ", promoted.Select(field => $"'{field.Name}'"));
        var pairs = string.Join(", ", promoted.Select(field => $"{{'key': '{field.Name}', 'value': {field.Sql}}}"));
        return $"""
            SELECT {kept}tag.key AS tag_key, tag.value AS tag_value FROM (
            SELECT {kept}unnest(map_entries(TRY_CAST(TRY_CAST(tags AS JSON) AS MAP(VARCHAR, VARCHAR)))) AS tag FROM {table}{condition}
            ) WHERE tag.key NOT IN ({keys}) AND tag.value IS NOT NULL
            UNION ALL
            SELECT {kept}tag.key, tag.value FROM (
            SELECT {kept}unnest([{pairs}]) AS tag FROM {table}{condition}
            ) WHERE tag.value IS NOT NULL
            """;
    }
}
