using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// Asks days one question in one transaction. From the first look at a day on that sees it as it is, as DuckDB begins with a file only then. What is
/// known of a day decides how it is asked, and must hold of every row that is seen: of a batch that is committed between what is known and the look,
/// rows would be seen and nothing be known. So if something else is known after the look, the question is written anew by that, which is known before
/// rows can be seen.
/// </summary>
/// <param name="catalogs">Of the days, or an empty one where there are none.</param>
/// <param name="given">What is known of the rows besides.</param>
sealed class Asking(TelemetryQuery query, IReadOnlyList<DayFile> days, IReadOnlyList<string> catalogs, RowTraits given)
{
    /// <summary>That answer it; null: none do.</summary>
    readonly Sums? sums = Sums.All.FirstOrDefault(sums => days.Any(day => day.Has(sums)) && sums.Answer(query));

    /// <summary>By which the question was written last.</summary>
    public RowTraits Traits { get; private set; }

    /// <exception cref="DuckDbException">With <see cref="DuckDbException.IsInterrupt"/> when the budget ended.</exception>
    public (SqlStatement Sql, IReadOnlyList<object?[]> Rows) Run(
        Connection connection,
        TimeSpan budget,
        CancellationToken cancellation
    )
    {
        var (sql, rows) = (default(SqlStatement)!, default(IReadOnlyList<object?[]>));
        connection.Transact(() =>
        {
            var known = Known();
            if (known.All(day => day.IsCertain))
            {
                sql = Write(known);
                rows = QueryRun.TryExecute(connection, sql, () => known.SequenceEqual(Known()), budget, cancellation);
            }
            if (rows is null)
            {
                sql = Write(Look(connection));
                rows = QueryRun.Execute(connection, sql, budget, cancellation);
            }
        });
        return (sql, rows!);
    }

    List<KnownDay> Known() => [.. days.Select(day => KnownDay.Of(day, sums))];

    /// <summary>What is known after a look at every day.</summary>
    List<KnownDay> Look(Connection connection)
    {
        foreach (var day in days.Where(day => !day.IsClosed))
        {
            connection.Execute($"SELECT 1 FROM {day.Catalog}.{Tables.Applied} LIMIT 0");
        }
        return [.. days.Select(day => KnownDay.Of(day, sums, connection))];
    }

    SqlStatement Write(IReadOnlyList<KnownDay> known)
    {
        Traits = sums is not null ? given with { Sums = SumRows.For(sums, query, [.. days.Zip(known, Source)]) } : OfRows(known);
        return SqlWriter.Write(query, catalogs, Traits);
    }

    /// <summary>Days that are asked for as a whole, and for no more than their sums tell, are read as these.</summary>
    RowTraits OfRows(IReadOnlyList<KnownDay> known)
    {
        var whole = days.Where(day => day.HasSums && day.Spans.LiesWithin(query.Range)).ToList();
        var summed = whole.Count > 0 && SpanSums.Answer(query) ? whole.Select(day => day.Catalog).ToHashSet() : [];
        return given with { Weighted = summed.Count > 0 || known.Any(day => day.IsWeighted), Summed = summed };
    }

    /// <summary>An end of the time behind which the day has nothing cuts no step of it.</summary>
    SumSource Source(DayFile day, KnownDay known)
    {
        var (first, last) = known.Ends;
        var range = new TimeRange(
            first >= query.Range.From ? SumStep.Day.Down(query.Range.From) : query.Range.From,
            last < query.Range.To ? SumStep.Day.Up(query.Range.To) : query.Range.To
        );
        return new(day.Catalog, range, known.Summed);
    }
}
