using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.DuckDb.Native;

namespace Bench.Spans;

/// <summary>The days' files in an instance of DuckDB with the store's settings, and nothing of ours.</summary>
sealed class ByHand : IDisposable
{
    const long Day = 86_400_000_000;

    readonly Database database;
    readonly Connection connection;
    readonly IReadOnlyList<string> tables;

    public ByHand(string directory)
    {
        database = Database.Open(":memory:", ("threads", "2"), ("memory_limit", "256MB"), ("preserve_insertion_order", "false"));
        connection = database.Connect();
        var days = DayFile.In(directory).ToList();
        foreach (var day in days)
        {
            connection.Execute($"ATTACH '{day.FilePath}' AS {day.Catalog} (READ_ONLY)");
        }
        tables = [.. days.Select(day => $"{day.Catalog}.{Tables.Spans.Name}")];
    }

    public int Ask(SpanQuestion question)
    {
        // Whoever writes by hand names the last day when only that is asked about.
        var isOfLastDay = question.Query.Range.To - question.Query.Range.From <= Day;
        var all = string.Join(" UNION ALL ", tables.Select(table => $"SELECT * FROM {table}"));
        using var statement = connection.Prepare(
            question.Sql.Replace("{rows}", isOfLastDay ? tables[^1] : $"({all})", StringComparison.Ordinal)
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
