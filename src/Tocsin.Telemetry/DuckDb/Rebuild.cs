using Tocsin.Telemetry.DuckDb.Native;

namespace Tocsin.Telemetry.DuckDb;

/// <summary>
/// Builds a day's file beside the one in use. The rows given stand for everything up to the highest position among them; what the file in
/// use has from later batches is taken over at the end.
/// </summary>
sealed class Rebuild : IDisposable
{
    const string Catalog = "rebuild";

    readonly DayFiles files;
    readonly DuckDbEngine engine;
    readonly DayFile day;
    long complete;
    bool attached;

    public Rebuild(DayFiles files, DayFile day)
    {
        this.files = files;
        engine = files.Engine;
        this.day = day;
        day.DeleteRebuild();
        engine.Attach(day.RebuildPath, Catalog, day.Day);
        attached = true;
    }

    /// <summary>A connection of its own each time: an open one would keep a replaced instance, and its files, alive.</summary>
    public void Add(TelemetryBatch batch)
    {
        using var connection = Connect();
        connection.Transact(() => Tables.Append(connection, Catalog, batch));
        complete = Math.Max(complete, batch.Position);
    }

    /// <summary>While nothing is written to the day. Afterwards the new file is closed and whole.</summary>
    public void Finish()
    {
        using (var connection = Connect())
        {
            connection.Transact(() =>
            {
                TakeOver(connection, Tables.Events);
                TakeOver(connection, Tables.Segments);
                TakeOver(connection, Tables.Spans);
                TakeOver(connection, Tables.Outcomes);
                connection.Execute($"INSERT INTO {Catalog}.{Tables.Applied} VALUES ({Math.Max(complete, day.Applied)})");
            });
            connection.Execute($"CHECKPOINT {Catalog}");
        }
        Detach();
    }

    Connection Connect() =>
        engine == files.Engine
            ? engine.Connect()
            : throw new TelemetryStoreException("The files were opened anew during the rebuild; begin it again.");

    void TakeOver<TRow>(Connection connection, Table<TRow> table)
    {
        var columns = string.Join(", ", table.Columns.Select(column => column.Name).Prepend(Table<TRow>.Position));
        connection.Execute(
            $"INSERT INTO {Catalog}.{table.Name} ({columns}) SELECT {columns} FROM {day.Catalog}.{table.Name} WHERE {Table<TRow>.Position} > {complete}"
        );
    }

    void Detach()
    {
        if (attached)
        {
            attached = false;
            engine.Detach(Catalog);
        }
    }

    public void Dispose()
    {
        try
        {
            Detach();
        }
        catch (Exception failure) when (failure is DuckDbException or ObjectDisposedException)
        {
            // The instance was replaced meanwhile, and the file with it is closed.
        }
        day.DeleteRebuild();
    }
}
