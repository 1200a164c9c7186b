using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// Sums up the runs of a day that is still written to, and indexes its traces, beside the writer: the sums and the position up to which they go
/// are one transaction, and a query reads the sums up to there and the rows behind. Nothing is lost when it fails: the next batch asks again.
/// </summary>
sealed class Summing(DuckDbOptions options, DayFiles files, FileGate gate)
{
    /// <summary>The states of their groups lie beside DuckDB's memory.</summary>
    const long AtOnce = 100_000;

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

    bool IsWorth(DayFile day) => day.UnsummedRuns >= options.RunsWorthSumming && !day.IsReadOnly && day.IsAttached;

    void SumAll(DayFile day)
    {
        try
        {
            while (gate.Shared(() => IsWorth(day) && Sum(day))) { }
            while (gate.Shared(() => groups.Sum(day))) { }
        }
        catch (DuckDbException)
        {
            // Whoever reads or writes the day next finds out what is wrong with it.
        }
    }

    bool Sum(DayFile day)
    {
        var summed = 0L;
        using var connection = files.Engine.Connect();
        connection.Transact(() =>
        {
            var segments = $"{day.Catalog}.{Tables.Segments.Name}";
            var after = (long)connection.Scalar(RunSums.SummedUpTo(day.Catalog))!;
            var next = $"FROM (SELECT position FROM {segments} WHERE position > {after} ORDER BY position LIMIT {AtOnce})";
            if (connection.Scalar($"SELECT max(position) {next}") is not long upTo)
            {
                return;
            }
            var condition = $"position > {after} AND position <= {upTo}";
            connection.Execute(RunSums.AddHours(day.Catalog, condition));
            connection.Execute(TraceIndex.Add(day.Catalog, condition));
            connection.Execute($"INSERT INTO {day.Catalog}.{RunSums.Summed} VALUES ({upTo})");
            summed = (long)connection.Scalar($"SELECT count(*) FROM {segments} WHERE {condition}")!;
        });
        day.HasRunSums |= summed > 0;
        day.AddUnsummedRuns(-summed);
        return summed > 0;
    }
}
