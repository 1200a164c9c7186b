namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>One DuckDB instance. It is closed when its last connection is.</summary>
sealed class Database : IDisposable
{
    readonly DatabaseHandle handle;

    Database(DatabaseHandle handle) => this.handle = handle;

    /// <param name="path">A file, or <c>:memory:</c>.</param>
    /// <param name="settings">DuckDB's own setting names; they hold from before the file is opened.</param>
    /// <exception cref="DuckDbException">The file cannot be opened or a setting is not understood.</exception>
    public static unsafe Database Open(string path, params IEnumerable<(string Name, string Value)> settings)
    {
        if (DuckDbLibrary.duckdb_create_config(out var config) != 0)
        {
            throw new DuckDbException(DuckDbErrorKind.OutOfMemory, "DuckDB could not allocate its configuration.");
        }
        try
        {
            foreach (var (name, value) in settings)
            {
                if (DuckDbLibrary.duckdb_set_config(config, name, value) != 0)
                {
                    throw new DuckDbException(default, $"DuckDB does not accept the setting {name}={value}.");
                }
            }
            var state = DuckDbLibrary.duckdb_open_ext(path, out var handle, config, out var error);
            if (state == 0)
            {
                return new(handle);
            }
            handle.Dispose();
            var message = DuckDbLibrary.Text(error);
            DuckDbLibrary.duckdb_free(error);
            throw new DuckDbException(DuckDbErrorKind.Io, message);
        }
        finally
        {
            DuckDbLibrary.duckdb_destroy_config(ref config);
        }
    }

    public Connection Connect()
    {
        if (DuckDbLibrary.duckdb_connect(handle, out var connection) != 0)
        {
            connection.Dispose();
            throw new DuckDbException(DuckDbErrorKind.Fatal, "DuckDB refused a connection.");
        }
        return new(connection);
    }

    public void Dispose() => handle.Dispose();
}
