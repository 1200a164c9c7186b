namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>Rows as DuckDB holds them, read chunk by chunk.</summary>
sealed unsafe class Result(DuckDbResult native) : IDisposable
{
    DuckDbResult native = native;
    bool disposed;

    /// <summary>Every row: long, double, bool, string, UInt128, Distribution or null per column. The arrays are the caller's.</summary>
    public IEnumerable<object?[]> Rows()
    {
        var types = Types();
        while (true)
        {
            using var chunk = Fetch();
            if (chunk.IsInvalid)
            {
                yield break;
            }
            var rows = new object?[(int)DuckDbLibrary.duckdb_data_chunk_get_size(chunk)][];
            for (var row = 0; row < rows.Length; row++)
            {
                rows[row] = new object?[types.Length];
            }
            for (var column = 0; column < types.Length; column++)
            {
                var vector = new VectorReader(DuckDbLibrary.duckdb_data_chunk_get_vector(chunk, (ulong)column), types[column]);
                for (var row = 0; row < rows.Length; row++)
                {
                    rows[row][column] = row > 0 && vector.IsTheTextBefore(row) ? rows[row - 1][column] : vector[row];
                }
            }
            foreach (var row in rows)
            {
                yield return row;
            }
        }
    }

    ChunkHandle Fetch() => DuckDbLibrary.duckdb_fetch_chunk(native);

    DuckDbType[] Types()
    {
        fixed (DuckDbResult* result = &native)
        {
            var types = new DuckDbType[(int)DuckDbLibrary.duckdb_column_count(result)];
            for (var column = 0; column < types.Length; column++)
            {
                types[column] = DuckDbLibrary.duckdb_column_type(result, (ulong)column);
            }
            return types;
        }
    }

    /// <summary>Frees the result and throws when the state says failure.</summary>
    internal void DisposeAfter(int state)
    {
        ThrowUnless(state);
        Dispose();
    }

    internal void ThrowUnless(int state)
    {
        if (state == 0)
        {
            return;
        }
        fixed (DuckDbResult* result = &native)
        {
            var failure = new DuckDbException(
                DuckDbLibrary.duckdb_result_error_type(result),
                DuckDbLibrary.Text(DuckDbLibrary.duckdb_result_error(result))
            );
            Dispose();
            throw failure;
        }
    }

    public void Dispose()
    {
        if (disposed)
        {
            return;
        }
        disposed = true;
        fixed (DuckDbResult* result = &native)
        {
            DuckDbLibrary.duckdb_destroy_result(result);
        }
    }
}
