namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// What is known of a closed day, in a table of one row, which makes it a closed one: up to which position it is sorted, and what its rows
/// would have to be read for otherwise whenever the file is opened.
/// </summary>
static class ClosedFacts
{
    /// <summary>After the day's rows are in the catalog.</summary>
    public static string Create(string catalog, long applied) =>
        $"""
            CREATE TABLE {catalog}.{Tables.Closed} AS SELECT CAST({applied} AS BIGINT) AS position, * FROM
            (SELECT min(timestamp) AS events_first, max(timestamp) AS events_last FROM {catalog}.{Tables.Events.Name}),
            (SELECT min(timestamp) AS spans_first, max(timestamp) AS spans_last,
                coalesce(min(weight) < 1 OR max(weight) > 1, FALSE) AS weighted FROM {Tables.AllSpans(catalog)}),
            (SELECT min(timestamp) AS outcomes_first, max(timestamp) AS outcomes_last FROM {catalog}.{Tables.Outcomes.Name})
            """;

    public static string Select(string catalog) =>
        $"""
            SELECT position, weighted, events_first, events_last, spans_first, spans_last, outcomes_first, outcomes_last,
                (SELECT max(position) FROM {catalog}.{Tables.Applied}) FROM {catalog}.{Tables.Closed}
            """;

    /// <param name="day">Learns what the row tells.</param>
    /// <param name="row">Of <see cref="Select"/>.</param>
    /// <returns>False: rows came after the day was closed.</returns>
    public static bool TryTell(DayFile day, object?[] row)
    {
        if (row[0] is not long position || row[8] is not long applied || applied > position)
        {
            return false;
        }
        day.Forget();
        day.Applied = applied;
        day.IsWeighted = row[1] is true;
        day.Events.Include(row[2..4].OfType<long>());
        day.Spans.Include(row[4..6].OfType<long>());
        day.Outcomes.Include(row[6..8].OfType<long>());
        return true;
    }
}
