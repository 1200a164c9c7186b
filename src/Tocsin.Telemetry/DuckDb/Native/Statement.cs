using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Tocsin.Telemetry.DuckDb.Native;

/// <summary>A prepared statement; parameters count from 1.</summary>
sealed partial class Statement : IDisposable
{
    /// <summary>Most of what others have is finished sooner.</summary>
    const int PatientTries = 20;

    const uint PauseMicroseconds = 50;

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
        throw Failure(message);
    }

    /// <summary>The API tells no kind before there is a result; DuckDB begins the text with it.</summary>
    static DuckDbException Failure(string message) =>
        new(
            message.StartsWith("INTERNAL", StringComparison.Ordinal) ? DuckDbErrorKind.Internal
                : message.StartsWith("FATAL", StringComparison.Ordinal) ? DuckDbErrorKind.Fatal
                : message.StartsWith("INTERRUPT", StringComparison.Ordinal) ? DuckDbErrorKind.Interrupt
                : message.StartsWith("IO", StringComparison.Ordinal) ? DuckDbErrorKind.Io
                : message.StartsWith("Out of Memory", StringComparison.Ordinal) ? DuckDbErrorKind.OutOfMemory
                : message.StartsWith("Serialization", StringComparison.Ordinal) ? DuckDbErrorKind.Serialization
                : default,
            message
        );

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
        var refused = DuckDbLibrary.duckdb_pending_prepared(handle, out var pending);
        using (pending)
        {
            if (refused != 0 || !Work(pending))
            {
                throw Failure(DuckDbLibrary.Text(DuckDbLibrary.duckdb_pending_error(pending)));
            }
            DuckDbResult native;
            var state = DuckDbLibrary.duckdb_execute_pending(pending, &native);
            var result = new Result(native);
            result.ThrowUnless(state);
            return result;
        }
    }

    /// <summary>
    /// Takes part in the work, as DuckDB's own call does, which however asks for more without a pause while other threads have all of it: on two
    /// processors it took one of them away from those.
    /// </summary>
    static bool Work(PendingHandle pending)
    {
        for (var idle = 0; ; )
        {
            switch (DuckDbLibrary.duckdb_pending_execute_task(pending))
            {
                case DuckDbPendingState.Ready:
                    return true;
                case DuckDbPendingState.Error:
                    return false;
                case DuckDbPendingState.NoTasks when ++idle > PatientTries:
                    Pause();
                    break;
                case DuckDbPendingState.NotReady:
                    idle = 0;
                    break;
            }
        }
    }

    /// <summary>Shorter than a thread of the runtime can sleep.</summary>
    static void Pause()
    {
        if (OperatingSystem.IsWindows())
        {
            Thread.Yield();
        }
        else
        {
            _ = Sleep(PauseMicroseconds);
        }
    }

    [LibraryImport("libc", EntryPoint = "usleep")]
    private static partial int Sleep(uint microseconds);

    public void Dispose() => handle.Dispose();
}
