using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// Sums up the runs of a day that is still written to, and indexes its traces, beside the writer: the sums and the position up to which they go
/// are one transaction, and a query reads the sums up to there and the rows behind. Runs are added to the hours soon, as rows of their own; when
/// these have become many, they are rolled up into longer steps. Nothing is lost when it fails: the next batch asks again.
/// </summary>
sealed class Summing(DuckDbOptions options, DayFiles files, FileGate gate)
{
    /// <summary>The states of their groups lie beside DuckDB's memory.</summary>
    const long AtOnce = 100_000;

    static readonly SumTables Runs = Sums.Runs.Tables;

    readonly GroupSumming groups = new(options, files);
    Task running = Task.CompletedTask;

    /// <summary>After a batch for the day is committed, by the one who writes.</summary>
    public void Continue(DayFile day)
    {
        if (IsWorth(day) && running.IsCompleted)
        {
            running = QuietThread.RunAsync(() => SumAll(day), CancellationToken.None);
        }
    }

    public Task EndAsync() => running;

    public static SummedPositions PositionsOf(Connection connection, SumTables tables, string catalog) =>
        Positions(connection.Rows(tables.SummedUpTo(catalog))[0]);

    /// <param name="row">Of <see cref="SumTables.SummedUpTo"/>.</param>
    public static SummedPositions Positions(object?[] row) => new((long)row[0]!, (long)row[1]!);

    bool IsWorth(DayFile day) => day.UnsummedRuns >= options.RunsWorthSumming && IsOpen(day);

    static bool IsOpen(DayFile day) => !day.IsReadOnly && day.IsAttached;

    void SumAll(DayFile day)
    {
        try
        {
            while (gate.Shared(() => IsWorth(day) && Sum(day)))
            {
                gate.Shared(() => RollUp(day));
            }
            while (gate.Shared(() => groups.Sum(day))) { }
        }
        catch (DuckDbException)
        {
            // Whoever reads or writes the day next finds out what is wrong with it.
        }
    }

    bool Sum(DayFile day)
    {
        var (added, summed) = (0L, default(SummedPositions));
        using var connection = files.Engine.Connect();
        day.BeginToSum(Sums.Runs);
        connection.Transact(() =>
        {
            var segments = $"{day.Catalog}.{Tables.Segments.Name}";
            summed = PositionsOf(connection, Runs, day.Catalog);
            var next = $"FROM (SELECT position FROM {segments} WHERE position > {summed.Hours} ORDER BY position LIMIT {AtOnce})";
            if (connection.Scalar($"SELECT max(position) {next}") is not long upTo)
            {
                return;
            }
            var condition = $"position > {summed.Hours} AND position <= {upTo}";
            connection.Execute(Runs.AddHours(day.Catalog, Tables.Segments.Name, upTo, condition));
            connection.Execute(TraceIndex.Add(day.Catalog, condition));
            summed = summed with { Hours = upTo };
            connection.Execute(Runs.Mark(day.Catalog, summed));
            added = (long)connection.Scalar($"SELECT count(*) FROM {segments} WHERE {condition}")!;
        });
        day.SumUpTo(Sums.Runs, summed);
        day.HasRunSums |= added > 0;
        day.AddUnsummedRuns(-added);
        return added > 0;
    }

    void RollUp(DayFile day)
    {
        if (!IsOpen(day))
        {
            return;
        }
        using var connection = files.Engine.Connect();
        var summed = default(SummedPositions);
        day.BeginToSum(Sums.Runs);
        connection.Transact(() =>
        {
            summed = PositionsOf(connection, Runs, day.Catalog);
            if ((long)connection.Scalar(Runs.CountUnrolled(day.Catalog, summed))! < options.HoursWorthRolling)
            {
                return;
            }
            foreach (var step in Runs.Coarse)
            {
                foreach (var begin in connection.Rows(Runs.Unrolled(day.Catalog, step, summed)).Select(row => (long)row[0]!))
                {
                    connection.Execute(Runs.RollUp(day.Catalog, step, begin, summed));
                    connection.Execute(Runs.DeleteReplaced(day.Catalog, step, begin, summed));
                }
            }
            summed = summed with { Rolled = summed.Hours };
            connection.Execute(Runs.Mark(day.Catalog, summed));
        });
        day.SumUpTo(Sums.Runs, summed);
    }
}
