using System.Diagnostics;
using System.Text;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>A prepared statement; parameters count from 1.</summary>
sealed class Statement : IDisposable
{
    readonly StatementHandle handle;

    Statement(StatementHandle handle) => this.handle = handle;

    internal static unsafe Statement From(int state, StatementHandle handle)
    {
        if (state == 0)
        {
            return new(handle);
        }
        var message = DuckDbLibrary.Text(DuckDbLibrary.duckdb_prepare_error(handle));
        handle.Dispose();
        // The API tells no kind here; DuckDB begins the text with it.
        throw new DuckDbException(KindOf(message), message);
    }

    static DuckDbErrorKind KindOf(string message) =>
        message.StartsWith("INTERNAL", StringComparison.Ordinal) ? DuckDbErrorKind.Internal
        : message.StartsWith("FATAL", StringComparison.Ordinal) ? DuckDbErrorKind.Fatal
        : message.StartsWith("INTERRUPT", StringComparison.Ordinal) ? DuckDbErrorKind.Interrupt
        : message.StartsWith("IO", StringComparison.Ordinal) ? DuckDbErrorKind.Io
        : default;

    public Statement Bind(int index, object value)
    {
        var state = value switch
        {
            string text => BindText((ulong)index, text),
            long number => DuckDbLibrary.duckdb_bind_int64(handle, (ulong)index, number),
            int number => DuckDbLibrary.duckdb_bind_int64(handle, (ulong)index, number),
            double number => DuckDbLibrary.duckdb_bind_double(handle, (ulong)index, number),
            bool truth => DuckDbLibrary.duckdb_bind_boolean(handle, (ulong)index, truth),
            UInt128 id => DuckDbLibrary.duckdb_bind_uhugeint(handle, (ulong)index, (Huge)id),
            _ => throw new UnreachableException($"No parameter is a {value.GetType()}."),
        };
        if (state != 0)
        {
            throw new DuckDbException(default, $"DuckDB has no parameter {index} in this statement.");
        }
        return this;
    }

    unsafe int BindText(ulong index, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* start = bytes)
        {
            byte none;
            return DuckDbLibrary.duckdb_bind_varchar_length(
                handle,
                index,
                bytes.Length == 0 ? &none : start,
                (ulong)bytes.Length
            );
        }
    }

    /// <exception cref="DuckDbException">The statement failed or was interrupted.</exception>
    public unsafe Result Execute()
    {
        DuckDbResult native;
        var state = DuckDbLibrary.duckdb_execute_prepared(handle, &native);
        var result = new Result(native);
        result.ThrowUnless(state);
        return result;
    }

    public void Dispose() => handle.Dispose();
}
