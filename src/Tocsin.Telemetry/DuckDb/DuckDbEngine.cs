using System.Globalization;
using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Query;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// One DuckDB instance to which the days' files are attached, so that one statement can read several. It reaches no network, loads no
/// extension, and opens no file outside its directory.
/// </summary>
sealed class DuckDbEngine : IDisposable
{
    /// <summary>Where empty tables lie: what a query reads when no day can answer.</summary>
    public const string EmptyCatalog = "memory";

    /// <summary>
    /// Otherwise DuckDB writes what its version 0.10 could read, with older ways of packing texts: a closed day of errors is a quarter smaller
    /// with this one. Files of older versions stay readable, and what is written to them from then on is packed so too.
    /// </summary>
    const string Storage = "v1.5.0";

    readonly Database database;
    readonly Connection control;
    readonly Lock attaching = new();

    DuckDbEngine(Database database)
    {
        this.database = database;
        control = database.Connect();
    }

    public static DuckDbEngine Open(DuckDbOptions options)
    {
        var engine = new DuckDbEngine(
            Database.Open(
                ":memory:",
                ("threads", options.Threads.ToString(CultureInfo.InvariantCulture)),
                ("memory_limit", options.MemoryLimit),
                // Checkpoints are ours to time; this one is the net below.
                ("checkpoint_threshold", $"{4 * options.CheckpointBytes / 1024}KiB"),
                ("temp_directory", options.SpillDirectory),
                ("preserve_insertion_order", "false"),
                ("autoload_known_extensions", "false"),
                ("autoinstall_known_extensions", "false"),
                ("allow_community_extensions", "false")
            )
        );
        try
        {
            engine.control.Execute($"SET allowed_directories = [{Quote(options.Directory)}]");
            engine.control.Execute("SET enable_external_access = false");
            engine.control.Execute("SET lock_configuration = true");
            engine.control.AddFunctions();
            engine.CreateAll(EmptyCatalog);
            return engine;
        }
        catch
        {
            engine.Dispose();
            throw;
        }
    }

    public Connection Connect() => database.Connect();

    /// <exception cref="DuckDbException">The file cannot be read, or is another day's; nothing is attached then.</exception>
    public void Attach(string path, string catalog, DateOnly day)
    {
        lock (attaching)
        {
            control.Execute($"ATTACH {Quote(path)} AS {catalog} (STORAGE_VERSION '{Storage}')");
            try
            {
                CreateTables(catalog);
                if (!Understands(DayStamp.Select(catalog)))
                {
                    control.Execute(DayStamp.Create(catalog, day));
                }
                Examine(catalog, day);
            }
            catch
            {
                control.Execute($"DETACH {catalog}");
                throw;
            }
        }
    }

    /// <exception cref="DuckDbException">The file cannot be read; nothing is attached then.</exception>
    public void AttachReadOnly(string path, string catalog)
    {
        lock (attaching)
        {
            control.Execute($"ATTACH {Quote(path)} AS {catalog} (READ_ONLY)");
        }
    }

    /// <summary>Null: the day was never closed, or something is missing that this version wants in it.</summary>
    /// <exception cref="DuckDbException">It is the file of another day.</exception>
    public object?[]? FactsOf(string catalog, DateOnly day)
    {
        lock (attaching)
        {
            if (!IsComplete(catalog) || !Understands(DayStamp.Select(catalog)) || !Understands(ClosedFacts.Select(catalog)))
            {
                return null;
            }
            Examine(catalog, day);
            return Row(ClosedFacts.Select(catalog));
        }
    }

    void Examine(string catalog, DateOnly day)
    {
        if (DayStamp.Examine(Row(DayStamp.Select(catalog)), day) is { } wrong)
        {
            throw new DuckDbException(DuckDbErrorKind.Io, wrong);
        }
    }

    public bool HasTable(string catalog, string table)
    {
        lock (attaching)
        {
            return Understands($"FROM {catalog}.{table}");
        }
    }

    /// <summary>Works the file's log into it.</summary>
    public void Checkpoint(string catalog)
    {
        using var connection = Connect();
        connection.Execute($"CHECKPOINT {catalog}");
    }

    /// <summary>Closes the file; its log is worked into it before.</summary>
    public void Detach(string catalog)
    {
        lock (attaching)
        {
            control.Execute($"DETACH {catalog}");
        }
    }

    /// <summary>Reads every block of a day's tables; throws where one cannot be read.</summary>
    public void ReadAll(string catalog)
    {
        lock (attaching)
        {
            foreach (var table in Tables.All)
            {
                control.Execute($"SELECT bit_xor(hash(COLUMNS(*))) FROM {catalog}.{table}");
            }
        }
    }

    public object?[] Row(string sql)
    {
        lock (attaching)
        {
            using var statement = control.Prepare(sql);
            using var result = statement.Execute();
            return result.Rows().First();
        }
    }

    /// <summary>A file that has all its tables and columns, as nearly every one does, is only asked.</summary>
    void CreateTables(string catalog)
    {
        if (!IsComplete(catalog))
        {
            CreateAll(catalog);
        }
    }

    void CreateAll(string catalog)
    {
        control.Execute($"CREATE TABLE IF NOT EXISTS {catalog}.{Tables.Applied} (position BIGINT NOT NULL)");
        Create(catalog, Tables.Outcomes);
        Create(catalog, Tables.Events);
        foreach (var statement in Sums.All.SelectMany(sums => sums.Tables.Create(catalog)))
        {
            control.Execute(statement);
        }
        control.Execute(TraceIndex.Create(catalog));
        Create(catalog, Tables.Segments);
        Create(catalog, Tables.Spans);
    }

    bool IsComplete(string catalog) =>
        Understands(Tables.Events.Select(catalog))
        && Understands(Tables.Segments.Select(catalog))
        && Understands(Tables.Spans.Select(catalog))
        && Understands(Tables.Outcomes.Select(catalog))
        && Sums.All.SelectMany(sums => sums.Tables.Selects(catalog)).All(Understands)
        && Understands(TraceIndex.Select(catalog));

    bool Understands(string sql)
    {
        try
        {
            control.Prepare(sql).Dispose();
            return true;
        }
        catch (DuckDbException failure) when (failure is { BlamesFile: false, EndsInstance: false })
        {
            return false;
        }
    }

    void Create<TRow>(string catalog, Table<TRow> table)
    {
        control.Execute(table.Create(catalog));
        using var columns = control.Prepare(
            "SELECT column_name FROM duckdb_columns() WHERE database_name = $1 AND table_name = $2"
        );
        using var found = columns.Bind(1, catalog).Bind(2, table.Name).Execute();
        var present = found.Rows().Select(row => (string)row[0]!).ToHashSet(StringComparer.Ordinal);
        foreach (var statement in table.AddMissing(catalog, present))
        {
            control.Execute(statement);
        }
    }

    static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    public void Dispose()
    {
        control.Dispose();
        database.Dispose();
    }
}
