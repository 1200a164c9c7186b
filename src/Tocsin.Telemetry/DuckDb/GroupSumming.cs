using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// Sums up the groups of spans of a day that is still written to, as far as its runs are, piece by piece. Where sums would be hardly fewer
/// than the spans, as with a group for each, the day goes without.
/// </summary>
sealed class GroupSumming(DuckDbOptions options, DayFiles files)
{
    /// <summary>Spans that a row stands for, at least and on average. The next piece adds to the same hours, and a closed day joins them.</summary>
    const int Worthwhile = 4;

    /// <returns>False: there was nothing to do.</returns>
    public bool Sum(DayFile day)
    {
        if (day.IsReadOnly || !day.IsAttached || day.HasTooManyGroups)
        {
            return false;
        }
        var summed = false;
        using var connection = files.Engine.Connect();
        connection.Transact(() =>
        {
            if (Next(connection, day.Catalog) is not var (after, upTo))
            {
                return;
            }
            var condition = $"position > {after} AND position <= {upTo}";
            if (IsWorth(connection, day.Catalog, condition))
            {
                foreach (var table in new[] { Tables.Segments.Name, Tables.Spans.Name })
                {
                    connection.Execute(GroupSums.AddHours(day.Catalog, table, condition));
                }
                connection.Execute($"INSERT INTO {day.Catalog}.{GroupSums.Summed} VALUES ({upTo})");
                summed = true;
            }
            else
            {
                connection.Execute(GroupSums.Clear(day.Catalog));
                day.HasTooManyGroups = true;
            }
        });
        day.HasGroupSums = summed || day is { HasGroupSums: true, HasTooManyGroups: false };
        return summed;
    }

    /// <summary>Positions of about as many spans as may be summed up at once.</summary>
    (long After, long UpTo)? Next(Connection connection, string catalog)
    {
        var after = (long)connection.Scalar(GroupSums.SummedUpTo(catalog))!;
        var last = (long)connection.Scalar(RunTables.SummedUpTo(catalog))!;
        var positions = $"SELECT position FROM {Tables.AllSpans(catalog)} WHERE position > {after} AND position <= {last}";
        var upTo = connection.Scalar(
            $"SELECT max(position) FROM ({positions} ORDER BY position LIMIT {options.SpansSummedAtOnce})"
        );
        return upTo is long position ? (after, position) : null;
    }

    static bool IsWorth(Connection connection, string catalog, string condition)
    {
        var spans = (long)connection.Scalar($"SELECT count(*) FROM {Tables.AllSpans(catalog)} WHERE {condition}")!;
        var rows = (long)connection.Scalar(GroupSums.EstimateRows(catalog, condition))!;
        return rows <= spans / Worthwhile;
    }
}
