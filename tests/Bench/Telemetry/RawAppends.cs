using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.DuckDb.Native;
using Tocsin.Telemetry.Rows;

namespace Bench.Telemetry;

/// <summary>The least DuckDB needs for the same rows: one file, one table, one transaction per batch, no position and no second table.</summary>
sealed class RawAppends : IDisposable
{
    readonly Database database;
    readonly Connection connection;

    public RawAppends(string path)
    {
        database = Database.Open(path, ("threads", "2"), ("memory_limit", "512MB"), ("checkpoint_threshold", "512MB"));
        connection = database.Connect();
        connection.Execute(Tables.Events.Create("raw"));
    }

    public void Append(IReadOnlyList<EventRow> events) =>
        connection.Transact(() => Tables.Events.Append(connection, "raw", events, position: 0));

    public void Dispose()
    {
        connection.Dispose();
        database.Dispose();
    }
}
