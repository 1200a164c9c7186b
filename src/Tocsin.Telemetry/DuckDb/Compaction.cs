using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// Writes a day's rows into a new file beside it: sorted, without the kinds that are not kept, marked as closed. It has a DuckDB instance of
/// its own, with one thread and a small memory, so that the ingest and the queries keep theirs. Nothing may write to the day meanwhile.
/// </summary>
sealed class Compaction : IDisposable
{
    const string Source = "source";
    const string Target = "target";
    const string Sums = $"{DuckDbEngine.EmptyCatalog}.{SpanSums.Table}";

    /// <summary>Spans that a row of the sums stands for, at least and on average.</summary>
    const int Worthwhile = 6;

    /// <summary>A row of the hours, with all its durations, weighs as much as so many spans.</summary>
    const int SpansInSum = 5;

    readonly DuckDbOptions options;
    readonly DayFile day;
    readonly RowKinds kept;
    readonly CancellationTokenSource giveWay;
    readonly ManualResetEventSlim ended = new();

    public Compaction(DuckDbOptions options, DayFile day, RowKinds kept, CancellationToken cancellation)
    {
        this.options = options;
        this.day = day;
        this.kept = kept;
        Applied = day.Applied;
        giveWay = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
    }

    public DayFile Day => day;

    /// <summary>Where the day stood at the beginning: the new file holds nothing that came later.</summary>
    public long Applied { get; }

    /// <summary>Returns when the day's file is no longer read.</summary>
    public void GiveWay()
    {
        giveWay.Cancel();
        ended.Wait();
    }

    /// <summary>Afterwards the new file is whole and closed.</summary>
    /// <exception cref="OperationCanceledException">It gave way, or nobody waits for it any more.</exception>
    /// <exception cref="TelemetryStoreException">A file cannot be read or written, or the new one does not hold what the old one does.</exception>
    public void Run()
    {
        try
        {
            DeleteSpill();
            day.DeleteCompact();
            using var engine = DuckDbEngine.Open(
                options with
                {
                    Threads = 1,
                    MemoryLimit = options.CompactionMemory,
                    SpillDirectory = Spill,
                }
            );
            engine.AttachReadOnly(day.FilePath, Source);
            engine.Attach(day.CompactPath, Target);
            foreach (var table in ClosedTable.All.Where(table => kept.HasFlag(table.Kind)))
            {
                Copy(engine, table);
            }
            Execute(engine, TraceIndex.Add(Target, "TRUE"));
            SumUp(engine);
            SumUpRuns(engine);
            SumUpGroups(engine);
            Execute(engine, $"INSERT INTO {Target}.{Tables.Applied} VALUES ({Applied})");
            Execute(engine, ClosedFacts.Create(Target, Applied));
            Execute(engine, $"CHECKPOINT {Target}");
            engine.Detach(Target);
        }
        finally
        {
            ended.Set();
        }
    }

    IReadOnlyList<Piece> Pieces(DuckDbEngine engine, ClosedTable table, string catalog) =>
        [.. Piece.Cut(Parts(engine, $"{catalog}.{table.Name}", table.Part), options.CompactionRows)];

    IEnumerable<(long Project, long Part, long Rows)> Parts(DuckDbEngine engine, string table, string part) =>
        Execute(engine, Piece.Parts(table, part)).Select(row => ((long)row[0]!, (long)row[1]!, (long)row[2]!));

    /// <summary>The old file is given up for the new one, so the new one is read once more.</summary>
    void Copy(DuckDbEngine engine, ClosedTable table)
    {
        var pieces = Pieces(engine, table, Source);
        using (var connection = engine.Connect())
        {
            // One transaction: DuckDB writes what is full meanwhile, and would leave blocks half empty behind each.
            connection.Transact(() =>
            {
                foreach (var piece in pieces)
                {
                    QueryRun.Execute(
                        connection,
                        new(table.Copy(Source, Target, piece), []),
                        Timeout.InfiniteTimeSpan,
                        giveWay.Token
                    );
                }
            });
        }
        if (!Execute(engine, table.Digest(Source))[0].SequenceEqual(Execute(engine, table.Digest(Target))[0]))
        {
            throw new TelemetryStoreException($"Sorting the {table.Name} of {day.Day:o} changed them; the day stays as it was.");
        }
    }

    /// <summary>
    /// Project by project, which no group crosses, and no further than they are worth it: sums that are hardly fewer than the spans would only
    /// take room. Where memory does not suffice for them, the day goes without.
    /// </summary>
    void SumUp(DuckDbEngine engine)
    {
        var spans = Tables.AllSpans(Target);
        var projects = Execute(engine, $"SELECT project_id, count(*) FROM {spans} GROUP BY project_id ORDER BY project_id");
        var most = projects.Sum(row => (long)row[1]!) / Worthwhile;
        try
        {
            Execute(engine, $"CREATE TABLE {Sums} AS {SpanSums.Select(spans)} LIMIT 0");
            foreach (var project in projects.Select(row => (long)row[0]!))
            {
                Execute(engine, $"INSERT INTO {Sums} {SpanSums.Select($"(FROM {spans} WHERE project_id = {project})")}");
                if (Count(engine, Sums) >= most)
                {
                    return;
                }
            }
            Execute(
                engine,
                $"CREATE TABLE {Target}.{SpanSums.Table} AS FROM {Sums} ORDER BY project_id, is_segment DESC, transaction_name, group_hash"
            );
        }
        catch (DuckDbException failure) when (failure.IsOutOfMemory)
        {
            Execute(engine, $"DROP TABLE IF EXISTS {Target}.{SpanSums.Table}");
        }
        finally
        {
            Execute(engine, $"DROP TABLE IF EXISTS {Sums}");
        }
    }

    /// <summary>In pieces, as the states of many groups lie beside DuckDB's memory. Few runs are read as quickly as their sums.</summary>
    void SumUpRuns(DuckDbEngine engine)
    {
        if (Count(engine, $"{Target}.{Tables.Segments.Name}") < options.RunsWorthSumming)
        {
            return;
        }
        try
        {
            foreach (var piece in Pieces(engine, ClosedTable.Segments, Target))
            {
                Execute(engine, RunTables.AddHours(Target, Applied, piece.Condition(ClosedTable.Segments.Part)));
            }
            var hours = new SummedPositions(Applied, Rolled: 0);
            foreach (var step in RunStep.Coarse)
            {
                foreach (var begin in Execute(engine, RunTables.Unrolled(Target, step, hours)).Select(row => (long)row[0]!))
                {
                    Execute(engine, RunTables.RollUp(Target, step, begin, hours));
                }
            }
            Execute(engine, RunTables.Mark(Target, hours with { Rolled = Applied }));
        }
        catch (DuckDbException failure) when (failure.IsOutOfMemory)
        {
            foreach (var step in RunStep.All)
            {
                Execute(engine, $"DELETE FROM {Target}.{step.Table}");
            }
        }
    }

    /// <summary>As runs are; not where they are hardly fewer than the spans.</summary>
    void SumUpGroups(DuckDbEngine engine)
    {
        var spans = Count(engine, Tables.AllSpans(Target));
        var rows = (long)Execute(engine, GroupSums.EstimateRows(Target, "TRUE"))[0][0]!;
        if (spans < options.RunsWorthSumming || rows > spans / Worthwhile)
        {
            return;
        }
        try
        {
            foreach (var table in ClosedTable.All.Where(table => table.Kind == RowKinds.Spans))
            {
                foreach (var piece in Pieces(engine, table, Target))
                {
                    Execute(engine, GroupSums.AddHours(Target, table.Name, piece.Condition(table.Part)));
                }
            }
            Execute(engine, GroupSums.CreateDays(Target));
            var parts = Parts(engine, $"{Target}.{GroupSums.Hours}", GroupSums.Part);
            foreach (var piece in Piece.Cut(parts, options.CompactionRows / SpansInSum))
            {
                Execute(engine, GroupSums.AddDays(Target, piece.Condition(GroupSums.Part)));
            }
            Execute(engine, $"INSERT INTO {Target}.{GroupSums.Summed} VALUES ({Applied})");
        }
        catch (DuckDbException failure) when (failure.IsOutOfMemory)
        {
            Execute(engine, $"DROP TABLE IF EXISTS {Target}.{GroupSums.Days}");
            Execute(engine, $"DELETE FROM {Target}.{GroupSums.Hours}");
        }
    }

    long Count(DuckDbEngine engine, string table) => (long)Execute(engine, $"SELECT count(*) FROM {table}")[0][0]!;

    IReadOnlyList<IReadOnlyList<object?>> Execute(DuckDbEngine engine, string sql) =>
        QueryRun.Execute(engine, new SqlStatement(sql, []), Timeout.InfiniteTimeSpan, giveWay.Token);

    string Spill => Path.Combine(options.Directory, "spill-closing");

    void DeleteSpill()
    {
        if (Directory.Exists(Spill))
        {
            Directory.Delete(Spill, recursive: true);
        }
    }

    public void Dispose()
    {
        day.DeleteCompact();
        DeleteSpill();
        giveWay.Dispose();
        ended.Dispose();
    }
}
