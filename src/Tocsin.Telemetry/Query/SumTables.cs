namespace Tocsin.Telemetry.Query;

/// <summary>
/// Where the sums of one kind lie in a day's file. Each <see cref="SumStep"/> has a table of the same shape, one row for all spans of a step that
/// agree in the keys; an hour may have several, as spans come. The position of a row is that up to which its spans go.
/// </summary>
/// <param name="Name">Begins the names of the tables. It is another when a sum is written in another way: then those of older versions are not read.</param>
/// <param name="Sources">The tables of spans that are summed up.</param>
/// <param name="Coarse">The longer steps, the longest first, which are made of hours.</param>
/// <param name="Keys">Columns of spans. Rows lie in their order.</param>
sealed record SumTables(
    string Name,
    IReadOnlyList<string> Sources,
    IReadOnlyList<SumStep> Coarse,
    IReadOnlyList<SumKey> Keys,
    IReadOnlyList<SumColumn> Sums
)
{
    const string Time = "timestamp";

    /// <summary>Cuts the rows of a project into parts that no key crosses; null: there are never many.</summary>
    public string? Part { get; init; }

    /// <summary>The longest first.</summary>
    public IReadOnlyList<SumStep> Steps => [.. Coarse, SumStep.Hour];

    public bool HasKey(string? column) => Keys.Any(key => key.Name == column);

    public string TableOf(SumStep step) => $"{Name}_by_{step.Name}";

    /// <summary>How far the sums go: one row for each time that something was added to them.</summary>
    string Summed => $"{Name}_summed";

    public IEnumerable<string> All => [.. Steps.Select(TableOf), Summed];

    string KeyList { get; } = string.Join(", ", Keys.Select(key => key.Name));

    IReadOnlyList<string> Columns { get; } = [Time, .. Keys.Select(key => key.Name), .. Sums.Select(sum => sum.Name)];

    string ColumnList => string.Join(", ", Columns);

    public IEnumerable<string> Create(string catalog) =>
        [
            .. Steps.Select(step =>
                $"""
                    CREATE TABLE IF NOT EXISTS {catalog}.{TableOf(step)} (position BIGINT NOT NULL, {Time} BIGINT NOT NULL,
                        {string.Join(", ", Keys.Select(key => $"{key.Name} {key.Type}"))},
                        {string.Join(", ", Sums.Select(sum => $"{sum.Name} {sum.Type}"))})
                    """
            ),
            $"CREATE TABLE IF NOT EXISTS {catalog}.{Summed} (hours BIGINT NOT NULL, rolled BIGINT NOT NULL)",
        ];

    /// <summary>Asks for everything that <see cref="Create"/> makes.</summary>
    public IEnumerable<string> Selects(string catalog) =>
        [
            .. Steps.Select(step => $"SELECT position, {ColumnList} FROM {catalog}.{TableOf(step)}"),
            $"SELECT hours, rolled FROM {catalog}.{Summed}",
        ];

    /// <summary>The position up to which there are hours, and that up to which they are in the longer steps.</summary>
    public string SummedUpTo(string catalog) =>
        $"SELECT coalesce(max(hours), 0), coalesce(max(rolled), 0) FROM {catalog}.{Summed}";

    public string Mark(string catalog, SummedPositions summed) =>
        $"INSERT INTO {catalog}.{Summed} VALUES ({summed.Hours}, {summed.Rolled})";

    public IEnumerable<string> Clear(string catalog) => All.Select(table => $"DELETE FROM {catalog}.{table}");

    /// <summary>Adds spans of one of the sources to the hours; none of them is behind the position.</summary>
    public string AddHours(string catalog, string source, long position, string condition) =>
        $"""
            INSERT INTO {catalog}.{TableOf(SumStep.Hour)} (position, {ColumnList})
            SELECT {position}, * FROM ({OfRows($"{catalog}.{source}", Columns, condition)}) ORDER BY {KeyList}, {Time}
            """;

    /// <summary>About how many hours would stand for these spans of the catalog.</summary>
    public string EstimateHours(string catalog, string condition) =>
        $"SELECT approx_count_distinct(hash({KeyList}, {BeginOf(SumStep.Hour)})) FROM {AllSources(catalog)} WHERE {condition}";

    /// <summary>How many rows of hours are in no longer step.</summary>
    public string CountUnrolled(string catalog, SummedPositions summed) =>
        $"SELECT count(*) FROM {catalog}.{TableOf(SumStep.Hour)} WHERE position > {summed.Rolled}";

    /// <summary>When the steps begin to which they belong.</summary>
    public string Unrolled(string catalog, SumStep step, SummedPositions summed) =>
        $"SELECT DISTINCT {BeginOf(step)} FROM {catalog}.{TableOf(SumStep.Hour)} WHERE position > {summed.Rolled}";

    /// <summary>Adds to a step what it has together with what came since; then what it had is replaced.</summary>
    /// <param name="condition">Of keys: of which rows.</param>
    public string RollUp(string catalog, SumStep step, long begin, SummedPositions summed, string condition = "TRUE") =>
        $"""
            INSERT INTO {catalog}.{TableOf(step)} (position, {ColumnList})
            SELECT {summed.Hours}, {begin}, {KeyList}, {string.Join(", ", Sums.Select(sum => sum.OfSums))}
            FROM (
                FROM {catalog}.{TableOf(step)} WHERE {Within(step, begin)} AND ({condition})
                UNION ALL
                FROM {catalog}.{TableOf(SumStep.Hour)} WHERE {Within(
                step,
                begin
            )} AND position > {summed.Rolled} AND ({condition})
            ) GROUP BY {KeyList} ORDER BY {KeyList}
            """;

    public string DeleteReplaced(string catalog, SumStep step, long begin, SummedPositions summed) =>
        $"DELETE FROM {catalog}.{TableOf(step)} WHERE {Within(step, begin)} AND position < {summed.Hours}";

    static string Within(SumStep step, long begin) => $"{Time} >= {begin} AND {Time} < {begin + step.Microseconds}";

    static string BeginOf(SumStep step) => DuckDbDialect.Bucket(Time, step.Microseconds);

    string AllSources(string catalog) => $"({string.Join(" UNION ALL ", Sources.Select(source => $"FROM {catalog}.{source}"))})";

    /// <summary>Rows of the shape of sums, from spans themselves.</summary>
    public string OfSpans(string catalog, IEnumerable<string> columns, string condition) =>
        OfRows(Sources is [var only] ? $"{catalog}.{only}" : AllSources(catalog), columns, condition);

    string OfRows(string source, IEnumerable<string> columns, string condition)
    {
        var hour = BeginOf(SumStep.Hour);
        var wanted = columns.ToHashSet();
        var keys = Keys.Select(key => key.Name).Where(wanted.Contains);
        var by = string.Join(", ", (wanted.Contains(Time) ? keys.Prepend(hour) : keys).DefaultIfEmpty("TRUE"));
        return $"SELECT {string.Join(", ", columns.Select(Value))} FROM {source} WHERE {condition} GROUP BY {by}";

        string Value(string column) =>
            column == Time ? $"{hour} AS {Time}"
            : Sums.FirstOrDefault(sum => sum.Name == column) is { } sum ? $"{sum.OfSpans} AS {column}"
            : OfEveryRow(column);
    }

    public string OfSums(string catalog, SumStep step, IEnumerable<string> columns, string condition) =>
        $"SELECT {string.Join(", ", columns.Select(OfEveryRow))} FROM {catalog}.{TableOf(step)} WHERE {condition}";

    /// <summary>Sums that do not know segments from other spans are of segments alone.</summary>
    string OfEveryRow(string column) => column == "is_segment" && !HasKey(column) ? $"TRUE AS {column}" : column;
}

/// <summary>A column of spans by which they are summed up.</summary>
sealed record SumKey(string Name, string Type = "VARCHAR");

/// <summary>One of the sums, as it is made of spans and of sums of shorter steps.</summary>
sealed record SumColumn(string Name, string Type, string OfSpans, string OfSums)
{
    /// <summary>Told of every kind.</summary>
    public static SumColumn Sampled { get; } =
        new(SpanSums.Sampled, "BOOLEAN", "bool_or(weight <> 1)", $"bool_or({SpanSums.Sampled})");

    /// <summary>A sketch of durations in milliseconds.</summary>
    public static SumColumn Durations { get; } =
        new("durations", "BLOB", "sketch(duration / 1e3, weight)", "sketch_all(durations)");

    /// <summary>How many spans there are that fulfil the condition.</summary>
    public static SumColumn Counted(string name, string condition) =>
        new(name, "DOUBLE", $"coalesce(sum(weight) FILTER (WHERE {condition}), 0)", $"sum({name})");
}
