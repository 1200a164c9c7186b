using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.DuckDb.Native;

namespace Bench.Spans;

/// <summary>The days' files in an instance of DuckDB with the store's settings, and nothing of ours.</summary>
sealed class ByHand : IDisposable
{
    const long Day = 86_400_000_000;

    readonly Database database;
    readonly Connection connection;
    readonly IReadOnlyList<string> days;

    public ByHand(string directory)
    {
        database = Database.Open(":memory:", ("threads", "2"), ("memory_limit", "256MB"), ("preserve_insertion_order", "false"));
        connection = database.Connect();
        var files = DayFile.In(directory).ToList();
        foreach (var day in files)
        {
            connection.Execute($"ATTACH '{day.FilePath}' AS {day.Catalog} (READ_ONLY)");
        }
        days = [.. files.Select(day => day.Catalog)];
    }

    public int Ask(SpanQuestion question)
    {
        // Whoever writes by hand names the last day when only that is asked about, and the table of segments for what only they tell.
        var isOfLastDay = question.Query.Range.To - question.Query.Range.From <= Day;
        var isOfSegments = question.Sql.Contains("is_segment", StringComparison.Ordinal);
        var all = (isOfLastDay ? days.TakeLast(1) : days).Select(day =>
            isOfSegments ? $"(FROM {day}.{Tables.Segments.Name})" : Tables.AllSpans(day)
        );
        using var statement = connection.Prepare(
            question.Sql.Replace("{rows}", $"({string.Join(" UNION ALL ", all)})", StringComparison.Ordinal)
        );
        using var result = statement.Execute();
        return result.Rows().Count();
    }

    public void Dispose()
    {
        connection.Dispose();
        database.Dispose();
    }
}
