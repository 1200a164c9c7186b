using System.Diagnostics;
using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// Answers one query within its budget, which waiting and mending count against. Three quarters are for the whole range; when they do not
/// suffice, the newest day alone is asked in the rest.
/// </summary>
sealed class QueryAttempt(TelemetryQuery query, long started, CancellationToken cancellation)
{
    const int MaxAttempts = 3;

    static readonly TimeSpan Least = TimeSpan.FromMilliseconds(10);

    readonly IReadOnlyList<string> names = [.. query.Select.Select(selected => selected.Name)];
    int attempts;

    /// <summary>Where the traces lie that are sought; null: no trace is.</summary>
    Dictionary<string, SoughtRows>? sought;

    /// <summary>Memory did not suffice at first: quantiles are no longer exact.</summary>
    bool frugal;

    /// <summary>For a question that no rows are read for.</summary>
    /// <exception cref="TelemetryQueryException">It names a field or a shape that does not exist.</exception>
    public static void Check(TelemetryQuery query) => SqlWriter.Write(query, [DuckDbEngine.EmptyCatalog]);

    /// <summary>Whether mending the files may help.</summary>
    public bool MayTryAgain(DuckDbException failure) => ++attempts < MaxAttempts && failure.WantsMending;

    /// <summary>Null: a day that may hold something has to be opened first.</summary>
    public TelemetryResult? TryAnswer(DayFiles files)
    {
        var days = files.For(query.Dataset, query.Range);
        if (!files.IsRunning || !DayFiles.AreAttached(days))
        {
            return null;
        }
        var partial = days.Any(day => day.MayMiss(query.Range));
        days = WhereTraceIs(files, [.. days.Where(day => !day.IsRefused)]);
        if (days.Count == 0 && query.IsEmptyOfNothing())
        {
            Check(query);
            return new(names, [], partial) { Groups = query.CountsGroups ? 0 : null };
        }
        if (TryRun(files, days, days.Count > 1 ? Remaining * 3 / 4 : Remaining) is { } answer)
        {
            return answer with { Partial = partial };
        }
        return (days.Count > 1 ? TryRun(files, [days[^1]], Remaining) : null) ?? new(names, [], Partial: true);
    }

    /// <summary>Closed days know their traces, open ones those of the rows up to a position.</summary>
    IReadOnlyList<DayFile> WhereTraceIs(DayFiles files, IReadOnlyList<DayFile> days)
    {
        sought = null;
        var indexed = days.Where(day => day.HasTraces).ToList();
        if (indexed.Count == 0 || TraceIndex.Sought(query) is not { } traces)
        {
            return days;
        }
        try
        {
            // First up to where each is indexed: what is found afterwards is indexed at least so far.
            var known = indexed
                .Where(day => !day.IsClosed)
                .ToDictionary(day => day.Catalog, day => (long?)files.Engine.Row(Sums.Runs.Tables.SummedUpTo(day.Catalog))[0]);
            var found = TraceIndex.Find(files.Engine, indexed, traces, Remaining / 2, cancellation);
            sought = indexed
                .Where(day => !day.IsClosed || found.ContainsKey(day.Catalog))
                .ToDictionary(
                    day => day.Catalog,
                    day => new SoughtRows(
                        found.TryGetValue(day.Catalog, out var within) ? within : null,
                        known.GetValueOrDefault(day.Catalog)
                    )
                );
            return [.. days.Where(day => !indexed.Contains(day) || sought.ContainsKey(day.Catalog))];
        }
        catch (DuckDbException failure) when (failure.IsInterrupt)
        {
            return days;
        }
    }

    TimeSpan Remaining
    {
        get
        {
            var left = query.Budget - Stopwatch.GetElapsedTime(started);
            return left > Least ? left : Least;
        }
    }

    /// <summary>Null when time or memory did not suffice; else marked partial.</summary>
    TelemetryResult? TryRun(DayFiles files, IReadOnlyList<DayFile> days, TimeSpan budget)
    {
        IReadOnlyList<string> catalogs = days.Count == 0 ? [DuckDbEngine.EmptyCatalog] : [.. days.Select(day => day.Catalog)];
        var asking = new Asking(query, days, catalogs, new(Frugal: frugal) { Sought = sought });
        try
        {
            using var connection = files.Engine.Connect();
            var (sql, rows) = asking.Run(connection, budget, cancellation);
            IReadOnlyList<IReadOnlyList<object?>> asked = sql.TellsSampled || sql.TellsGroups ? [.. rows.Select(Asked)] : rows;
            return new(names, asked, Partial: true)
            {
                Sampled = sql.TellsSampled && rows.Any(row => row[names.Count] is true),
                Groups = sql.TellsGroups && rows is [var any, ..] ? (long)any[^1]! : null,
            };
        }
        catch (DuckDbException failure) when (failure.IsInterrupt)
        {
            return null;
        }
        catch (DuckDbException failure) when (failure.IsOutOfMemory)
        {
            if (ValueSlices.Suit(query))
            {
                return TrySlices(files, catalogs, asking.Traits);
            }
            if (frugal)
            {
                return null;
            }
            frugal = true;
            return TryRun(files, days, Remaining);
        }
    }

    /// <summary>Without what the statement tells besides.</summary>
    ArraySegment<object?> Asked(object?[] row) => new(row, 0, names.Count);

    /// <summary>Null when the time did not suffice, or no slice is small enough; else marked partial.</summary>
    TelemetryResult? TrySlices(DayFiles files, IReadOnlyList<string> catalogs, RowTraits traits)
    {
        var part = ValueSlices.Part(query);
        foreach (var count in ValueSlices.Steps)
        {
            try
            {
                var parts = new List<IReadOnlyList<IReadOnlyList<object?>>>();
                for (var number = 0; number < count; number++)
                {
                    var sql = SqlWriter.Write(part, catalogs, traits with { Slice = (number, count) });
                    parts.Add(QueryRun.Execute(files.Engine, sql, Remaining, cancellation));
                }
                return ValueSlices.Join(query, parts) is { } rows ? new(names, rows, Partial: true) : null;
            }
            catch (DuckDbException failure) when (failure.IsInterrupt)
            {
                return null;
            }
            catch (DuckDbException failure) when (failure.IsOutOfMemory) { }
        }
        return null;
    }
}
