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
    const string Gathered = $"{DuckDbEngine.EmptyCatalog}.{SpanSums.Table}";

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
            engine.Attach(day.CompactPath, Target, day.Day);
            foreach (var table in ClosedTable.All.Where(table => kept.HasFlag(table.Kind)))
            {
                Copy(engine, table);
            }
            Execute(engine, TraceIndex.Add(Target, "TRUE"));
            SumUpSpans(engine);
            SumUp(engine, Sums.Runs);
            if (GroupsAreWorthIt(engine))
            {
                SumUp(engine, Sums.Groups);
            }
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
    void SumUpSpans(DuckDbEngine engine)
    {
        var spans = Tables.AllSpans(Target);
        var projects = Execute(engine, $"SELECT project_id, count(*) FROM {spans} GROUP BY project_id ORDER BY project_id");
        var most = projects.Sum(row => (long)row[1]!) / Worthwhile;
        try
        {
            Execute(engine, $"CREATE TABLE {Gathered} AS {SpanSums.Select(spans)} LIMIT 0");
            foreach (var project in projects.Select(row => (long)row[0]!))
            {
                Execute(engine, $"INSERT INTO {Gathered} {SpanSums.Select($"(FROM {spans} WHERE project_id = {project})")}");
                if (Count(engine, Gathered) >= most)
                {
                    return;
                }
            }
            Execute(
                engine,
                $"CREATE TABLE {Target}.{SpanSums.Table} AS FROM {Gathered} ORDER BY project_id, is_segment DESC, transaction_name, group_hash"
            );
        }
        catch (DuckDbException failure) when (failure.IsOutOfMemory)
        {
            Execute(engine, $"DROP TABLE IF EXISTS {Target}.{SpanSums.Table}");
        }
        finally
        {
            Execute(engine, $"DROP TABLE IF EXISTS {Gathered}");
        }
    }

    /// <summary>Few spans are read as quickly as their sums.</summary>
    void SumUp(DuckDbEngine engine, Sums sums)
    {
        var (tables, summed) = (sums.Tables, new SummedPositions(Applied, Rolled: 0));
        if (tables.Sources.Sum(source => Count(engine, $"{Target}.{source}")) < options.RunsWorthSumming)
        {
            return;
        }
        try
        {
            // In pieces, as the states of many groups lie beside DuckDB's memory.
            foreach (var source in ClosedTable.All.Where(source => tables.Sources.Contains(source.Name)))
            {
                foreach (var piece in Pieces(engine, source, Target))
                {
                    Execute(engine, tables.AddHours(Target, source.Name, Applied, piece.Condition(source.Part)));
                }
            }
            foreach (var step in tables.Coarse)
            {
                foreach (var begin in Execute(engine, tables.Unrolled(Target, step, summed)).Select(row => (long)row[0]!))
                {
                    foreach (var part in PartsOf(engine, tables))
                    {
                        Execute(engine, tables.RollUp(Target, step, begin, summed, part));
                    }
                }
            }
            Execute(engine, tables.Mark(Target, summed with { Rolled = Applied }));
        }
        catch (DuckDbException failure) when (failure.IsOutOfMemory)
        {
            foreach (var clear in tables.Clear(Target))
            {
                Execute(engine, clear);
            }
        }
    }

    /// <summary>Conditions of hours that are rolled up at once.</summary>
    IReadOnlyList<string> PartsOf(DuckDbEngine engine, SumTables tables) =>
        tables.Part is { } part
            ?
            [
                .. Piece
                    .Cut(Parts(engine, $"{Target}.{tables.TableOf(SumStep.Hour)}", part), options.CompactionRows / SpansInSum)
                    .Select(piece => piece.Condition(part)),
            ]
            : ["TRUE"];

    /// <summary>Whether groups are not hardly fewer than the spans.</summary>
    bool GroupsAreWorthIt(DuckDbEngine engine) =>
        (long)Execute(engine, Sums.Groups.Tables.EstimateHours(Target, "TRUE"))[0][0]!
        <= Count(engine, Tables.AllSpans(Target)) / Worthwhile;

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
