namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>One statement at a time; only <see cref="Interrupt"/> may be called from another thread.</summary>
sealed class Connection(ConnectionHandle handle) : IDisposable
{
    /// <summary>Ends the running statement, which then throws with <see cref="DuckDbException.IsInterrupt"/>.</summary>
    public void Interrupt()
    {
        if (!handle.IsClosed)
        {
            DuckDbLibrary.duckdb_interrupt(handle);
        }
    }

    /// <summary>Makes our functions known to the whole instance.</summary>
    public void AddFunctions()
    {
        SketchFunctions.Register(handle);
        UserFunctions.Register(handle);
    }

    /// <summary>Runs statements whose answer does not matter.</summary>
    public unsafe void Execute(string sql)
    {
        DuckDbResult result;
        var state = DuckDbLibrary.duckdb_query(handle, sql, &result);
        new Result(result).DisposeAfter(state);
    }

    /// <summary>
    /// All of it or nothing. A transaction that failed is always rolled back here: to close a connection that still has one open ends the process when
    /// its file can no longer be written (DuckDB 1.5.6: the destructor throws).
    /// </summary>
    public void Transact(Action work)
    {
        Execute("BEGIN TRANSACTION");
        try
        {
            work();
            Execute("COMMIT");
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    void RollBack()
    {
        try
        {
            Execute("ROLLBACK");
        }
        catch (DuckDbException)
        {
            // A failed commit leaves nothing to roll back, and a failed rollback has ended the transaction too.
        }
    }

    public Statement Prepare(string sql)
    {
        var state = DuckDbLibrary.duckdb_prepare(handle, sql, out var statement);
        return Statement.From(state, statement);
    }

    public IReadOnlyList<object?[]> Rows(string sql)
    {
        using var statement = Prepare(sql);
        using var result = statement.Execute();
        return [.. result.Rows()];
    }

    /// <summary>The first value of the first row; null when there is none.</summary>
    public object? Scalar(string sql) => Rows(sql) is [var row, ..] ? row[0] : null;

    public Appender Append(string catalog, string table, IReadOnlyList<DuckDbType> columns) =>
        Appender.Open(handle, catalog, table, columns);

    public void Dispose() => handle.Dispose();
}
