using System.Runtime.InteropServices;

namespace Tocsin.Telemetry.DuckDb.Native;

abstract class DuckDbHandle() : SafeHandle(0, ownsHandle: true)
{
    public override bool IsInvalid => handle == 0;
}

sealed class DatabaseHandle : DuckDbHandle
{
    protected override bool ReleaseHandle()
    {
        DuckDbLibrary.duckdb_close(ref handle);
        return true;
    }
}

sealed class ConnectionHandle : DuckDbHandle
{
    protected override bool ReleaseHandle()
    {
        DuckDbLibrary.duckdb_disconnect(ref handle);
        return true;
    }
}

sealed class StatementHandle : DuckDbHandle
{
    protected override bool ReleaseHandle()
    {
        DuckDbLibrary.duckdb_destroy_prepare(ref handle);
        return true;
    }
}

sealed class PendingHandle : DuckDbHandle
{
    protected override bool ReleaseHandle()
    {
        DuckDbLibrary.duckdb_destroy_pending(ref handle);
        return true;
    }
}

sealed class ChunkHandle : DuckDbHandle
{
    protected override bool ReleaseHandle()
    {
        DuckDbLibrary.duckdb_destroy_data_chunk(ref handle);
        return true;
    }
}

sealed class AppenderHandle : DuckDbHandle
{
    protected override bool ReleaseHandle() => DuckDbLibrary.duckdb_appender_destroy(ref handle) == 0;
}
