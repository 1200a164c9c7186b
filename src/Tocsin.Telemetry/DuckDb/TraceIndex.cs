using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// Which traces a day holds, and between which times. Ids are random; without it a trace of unknown time costs reading every span's id. In a closed
/// day it is sorted by id, so that a look-up reads one block of it; an open day has it up to a position, see <see cref="Summing"/>.
/// </summary>
static class TraceIndex
{
    public const string Table = "traces";

    /// <summary>More ids than this are not looked up but searched for.</summary>
    const int MostIds = 100;

    public static string Create(string catalog) =>
        $"CREATE TABLE IF NOT EXISTS {catalog}.{Table} (trace_id UHUGEINT NOT NULL, first BIGINT NOT NULL, last BIGINT NOT NULL)";

    public static string Select(string catalog) => $"SELECT trace_id, first, last FROM {catalog}.{Table}";

    /// <summary>The traces of the catalog's rows that the condition chooses.</summary>
    public static string Add(string catalog, string condition) =>
        $"""
            INSERT INTO {catalog}.{Table} (trace_id, first, last)
            SELECT trace_id, min(timestamp), max(timestamp) FROM (
                SELECT trace_id, timestamp FROM {Tables.AllSpans(catalog)} WHERE {condition}
                UNION ALL
                SELECT trace_id, timestamp FROM {catalog}.{Tables.Events.Name} WHERE trace_id IS NOT NULL AND {condition}
            ) GROUP BY trace_id ORDER BY trace_id
            """;

    /// <summary>The traces that the query is about; null: it may be about any.</summary>
    public static IReadOnlyList<UInt128>? Sought(TelemetryQuery query)
    {
        if (query.Dataset is not (Dataset.Spans or Dataset.Events or Dataset.EventTags))
        {
            return null;
        }
        var fields = FieldTable.For(query.Dataset);
        IEnumerable<Filter> parts = query.Where switch
        {
            null => [],
            Filter.And and => and.Parts,
            var single => [single],
        };
        return parts.Select(part => Sought(part, fields)).FirstOrDefault(ids => ids is not null);
    }

    static IReadOnlyList<UInt128>? Sought(Filter part, FieldTable fields)
    {
        var (left, values) = part switch
        {
            Filter.Compare { Operator: Comparison.Equal } compare => (compare.Left, [compare.Value]),
            Filter.In { Values.Count: > 0 and <= MostIds } list => (list.Left, list.Values),
            _ => (null, (IReadOnlyList<object>)[]),
        };
        return left is Expression.Field { Name: var name } && fields.TryFind(name, out var field) && field.Column == "trace_id"
            ? [.. values.Select(value => (UInt128)field.Coerce(value))]
            : null;
    }

    /// <summary>Of the given days those that hold one of the traces, as far as they are indexed, and the time of them there.</summary>
    public static Dictionary<string, TimeRange> Find(
        DuckDbEngine engine,
        IReadOnlyList<DayFile> days,
        IReadOnlyList<UInt128> traces,
        TimeSpan budget,
        CancellationToken cancellation
    )
    {
        if (days.Count == 0)
        {
            return [];
        }
        var ids = string.Join(", ", traces.Select((_, index) => DuckDbDialect.Parameter(index + 1)));
        var selects = days.Select(day =>
            $"SELECT '{day.Catalog}', min(first), max(last) FROM {day.Catalog}.{Table} WHERE trace_id IN ({ids}) HAVING count(*) > 0"
        );
        var sql = new SqlStatement(string.Join("\nUNION ALL\n", selects), [.. traces.Cast<object>()]);
        return QueryRun
            .Execute(engine, sql, budget, cancellation)
            .ToDictionary(row => (string)row[0]!, row => new TimeRange((long)row[1]!, (long)row[2]! + 1));
    }
}
