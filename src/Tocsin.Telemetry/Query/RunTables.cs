namespace Tocsin.Telemetry.Query;

/// <summary>
/// Where the sums of runs lie in a day's file. Each <see cref="RunStep"/> has a table of the same shape, one row for all runs of a step that
/// agree in <see cref="Keys"/>; an hour may have several, as runs come. The position of a row is that up to which its runs go.
/// </summary>
static class RunTables
{
    /// <summary>How far the sums go: one row for each time that something was added to them.</summary>
    public const string Summed = "runs_summed";

    /// <summary>What lists of transactions are made by.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["project_id", "transaction_name", "op", "transaction_op", "environment"];

    const string Time = "timestamp";
    const string Sampled = SpanSums.Sampled;

    static readonly string KeyList = string.Join(", ", Keys);

    static readonly IReadOnlyList<(string Name, string Type, string OfRuns, string OfSums)> Sums =
    [
        Counted(RunSums.Runs, "TRUE"),
        Counted(RunSums.Failed, "failed"),
        Counted(RunSums.Satisfied, $"duration <= {1000 * RunSums.Satisfying}"),
        Counted(RunSums.BorneRuns, $"duration > {1000 * RunSums.Satisfying} AND duration <= {1000 * RunSums.Borne}"),
        (RunSums.Durations, "BLOB", "sketch(duration / 1e3, weight)", $"sketch_all({RunSums.Durations})"),
        (RunSums.Users, "BLOB", "user_set(user_key)", $"user_set_all({RunSums.Users})"),
        (
            RunSums.Miserable,
            "BLOB",
            $"user_set(user_key) FILTER (WHERE duration > {1000 * RunSums.Borne})",
            $"user_set_all({RunSums.Miserable})"
        ),
        (Sampled, "BOOLEAN", "bool_or(weight <> 1)", $"bool_or({Sampled})"),
    ];

    static (string, string, string, string) Counted(string name, string condition) =>
        (name, "DOUBLE", $"coalesce(sum(weight) FILTER (WHERE {condition}), 0)", $"sum({name})");

    static readonly string[] Columns = [Time, .. Keys, .. Sums.Select(sum => sum.Name)];

    public static IEnumerable<string> Create(string catalog) =>
        [
            .. RunStep.All.Select(step =>
                $"""
                    CREATE TABLE IF NOT EXISTS {catalog}.{step.Table} (position BIGINT NOT NULL, {Time} BIGINT NOT NULL, project_id BIGINT NOT NULL,
                        {string.Join(", ", Keys.Skip(1).Select(key => key + " VARCHAR"))},
                        {string.Join(", ", Sums.Select(sum => $"{sum.Name} {sum.Type}"))})
                    """
            ),
            $"CREATE TABLE IF NOT EXISTS {catalog}.{Summed} (hours BIGINT NOT NULL, rolled BIGINT NOT NULL)",
        ];

    /// <summary>Asks for everything that <see cref="Create"/> makes.</summary>
    public static IEnumerable<string> Selects(string catalog) =>
        [
            .. RunStep.All.Select(step => $"SELECT position, {string.Join(", ", Columns)} FROM {catalog}.{step.Table}"),
            $"SELECT hours, rolled FROM {catalog}.{Summed}",
        ];

    /// <summary>The position up to which there are hours, and that up to which they are in the longer steps.</summary>
    public static string SummedUpTo(string catalog) =>
        $"SELECT coalesce(max(hours), 0), coalesce(max(rolled), 0) FROM {catalog}.{Summed}";

    public static string Mark(string catalog, SummedPositions summed) =>
        $"INSERT INTO {catalog}.{Summed} VALUES ({summed.Hours}, {summed.Rolled})";

    /// <summary>Adds runs to the hours; none of them is behind the position.</summary>
    public static string AddHours(string catalog, long position, string condition) =>
        $"""
            INSERT INTO {catalog}.{RunStep.Hour.Table} (position, {string.Join(", ", Columns)})
            SELECT {position}, * FROM ({OfRuns(catalog, Columns, condition)}) ORDER BY {KeyList}, {Time}
            """;

    /// <summary>How many rows of hours are in no longer step.</summary>
    public static string CountUnrolled(string catalog, SummedPositions summed) =>
        $"SELECT count(*) FROM {catalog}.{RunStep.Hour.Table} WHERE position > {summed.Rolled}";

    /// <summary>When the steps begin to which they belong.</summary>
    public static string Unrolled(string catalog, RunStep step, SummedPositions summed) =>
        $"SELECT DISTINCT {BeginOf(step)} FROM {catalog}.{RunStep.Hour.Table} WHERE position > {summed.Rolled}";

    /// <summary>Adds to a step what it has together with what came since; then what it had is replaced.</summary>
    public static string RollUp(string catalog, RunStep step, long begin, SummedPositions summed) =>
        $"""
            INSERT INTO {catalog}.{step.Table} (position, {string.Join(", ", Columns)})
            SELECT {summed.Hours}, {begin}, {KeyList}, {string.Join(", ", Sums.Select(sum => sum.OfSums))}
            FROM (
                FROM {catalog}.{step.Table} WHERE {Within(step, begin)}
                UNION ALL
                FROM {catalog}.{RunStep.Hour.Table} WHERE {Within(step, begin)} AND position > {summed.Rolled}
            ) GROUP BY {KeyList} ORDER BY {KeyList}
            """;

    public static string DeleteReplaced(string catalog, RunStep step, long begin, SummedPositions summed) =>
        $"DELETE FROM {catalog}.{step.Table} WHERE {Within(step, begin)} AND position < {summed.Hours}";

    static string Within(RunStep step, long begin) => $"{Time} >= {begin} AND {Time} < {begin + step.Microseconds}";

    static string BeginOf(RunStep step) => DuckDbDialect.Bucket(Time, step.Microseconds);

    /// <summary>Rows of the shape of sums, from runs themselves.</summary>
    public static string OfRuns(string catalog, IEnumerable<string> columns, string condition)
    {
        var hour = BeginOf(RunStep.Hour);
        var wanted = columns.ToHashSet();
        IEnumerable<string> keys = Keys.Where(wanted.Contains);
        var by = string.Join(", ", (wanted.Contains(Time) ? keys.Prepend(hour) : keys).DefaultIfEmpty("TRUE"));
        return $"SELECT {string.Join(", ", columns.Select(Value))} FROM {catalog}.segments WHERE {condition} GROUP BY {by}";

        string Value(string column) =>
            column == Time ? $"{hour} AS {Time}"
            : Sums.FirstOrDefault(sum => sum.Name == column) is { OfRuns: { } sum } ? $"{sum} AS {column}"
            : OfEveryRow(column);
    }

    public static string OfSums(string catalog, RunStep step, IEnumerable<string> columns, string condition) =>
        $"SELECT {string.Join(", ", columns.Select(OfEveryRow))} FROM {catalog}.{step.Table} WHERE {condition}";

    static string OfEveryRow(string column) => column == "is_segment" ? "TRUE AS is_segment" : column;
}
