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

    static readonly SumTables Groups = Sums.Groups.Tables;

    /// <returns>False: there was nothing to do.</returns>
    public bool Sum(DayFile day)
    {
        if (day.IsReadOnly || !day.IsAttached || day.HasTooManyGroups)
        {
            return false;
        }
        var (added, summed) = (false, default(SummedPositions));
        using var connection = files.Engine.Connect();
        day.BeginToSum(Sums.Groups);
        connection.Transact(() =>
        {
            summed = Summing.PositionsOf(connection, Groups, day.Catalog);
            if (Next(connection, day.Catalog, summed.Hours) is not { } upTo)
            {
                return;
            }
            var condition = $"position > {summed.Hours} AND position <= {upTo}";
            if (IsWorth(connection, day.Catalog, condition))
            {
                foreach (var source in Groups.Sources)
                {
                    connection.Execute(Groups.AddHours(day.Catalog, source, upTo, condition));
                }
                summed = summed with { Hours = upTo };
                connection.Execute(Groups.Mark(day.Catalog, summed));
                added = true;
            }
            else
            {
                foreach (var clear in Groups.Clear(day.Catalog))
                {
                    connection.Execute(clear);
                }
                summed = default;
                day.HasTooManyGroups = true;
            }
        });
        day.SumUpTo(Sums.Groups, summed);
        day.HasGroupSums = added || day is { HasGroupSums: true, HasTooManyGroups: false };
        return added;
    }

    /// <summary>The position of the last of about as many spans as may be summed up at once.</summary>
    long? Next(Connection connection, string catalog, long after)
    {
        var last = Summing.PositionsOf(connection, Sums.Runs.Tables, catalog).Hours;
        var positions = $"SELECT position FROM {Tables.AllSpans(catalog)} WHERE position > {after} AND position <= {last}";
        return connection.Scalar($"SELECT max(position) FROM ({positions} ORDER BY position LIMIT {options.SpansSummedAtOnce})")
            as long?;
    }

    static bool IsWorth(Connection connection, string catalog, string condition)
    {
        var spans = (long)connection.Scalar($"SELECT count(*) FROM {Tables.AllSpans(catalog)} WHERE {condition}")!;
        var hours = (long)connection.Scalar(Groups.EstimateHours(catalog, condition))!;
        return hours <= spans / Worthwhile;
    }
}
