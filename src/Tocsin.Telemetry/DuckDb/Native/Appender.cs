namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>Rows into one table by whole chunks, within the connection's transaction. Nothing is kept unless <see cref="Close"/> was called.</summary>
sealed unsafe class Appender : IDisposable
{
    readonly AppenderHandle handle;
    readonly ChunkHandle chunk;

    Appender(AppenderHandle handle, ChunkHandle chunk)
    {
        this.handle = handle;
        this.chunk = chunk;
    }

    internal static Appender Open(ConnectionHandle connection, string catalog, string table, IReadOnlyList<DuckDbType> columns)
    {
        var state = DuckDbLibrary.duckdb_appender_create_ext(connection, catalog, "main", table, out var handle);
        if (state != 0)
        {
            var failure = Failure(handle);
            handle.Dispose();
            throw failure;
        }
        return new(handle, CreateChunk(columns));
    }

    static ChunkHandle CreateChunk(IReadOnlyList<DuckDbType> columns)
    {
        var types = stackalloc nint[columns.Count];
        for (var column = 0; column < columns.Count; column++)
        {
            types[column] = DuckDbLibrary.duckdb_create_logical_type(columns[column]);
        }
        var chunk = DuckDbLibrary.duckdb_create_data_chunk(types, (ulong)columns.Count);
        for (var column = 0; column < columns.Count; column++)
        {
            DuckDbLibrary.duckdb_destroy_logical_type(ref types[column]);
        }
        return chunk;
    }

    /// <summary>The column of the chunk that is being filled.</summary>
    public VectorWriter Column(int column) => new(DuckDbLibrary.duckdb_data_chunk_get_vector(chunk, (ulong)column));

    /// <summary>Hands over the first rows of the chunk and begins an empty one.</summary>
    public void Send(int rows)
    {
        DuckDbLibrary.duckdb_data_chunk_set_size(chunk, (ulong)rows);
        Check(DuckDbLibrary.duckdb_append_data_chunk(handle, chunk));
        DuckDbLibrary.duckdb_data_chunk_reset(chunk);
    }

    public void Close() => Check(DuckDbLibrary.duckdb_appender_close(handle));

    void Check(int state)
    {
        if (state != 0)
        {
            throw Failure(handle);
        }
    }

    static DuckDbException Failure(AppenderHandle handle)
    {
        var error = DuckDbLibrary.duckdb_appender_error_data(handle);
        var failure = new DuckDbException(
            DuckDbLibrary.duckdb_error_data_error_type(error),
            DuckDbLibrary.Text(DuckDbLibrary.duckdb_error_data_message(error))
        );
        DuckDbLibrary.duckdb_destroy_error_data(ref error);
        return failure;
    }

    public void Dispose()
    {
        chunk.Dispose();
        handle.Dispose();
    }
}
