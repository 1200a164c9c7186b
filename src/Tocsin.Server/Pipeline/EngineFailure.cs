using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// Tells a store that cannot work now (away, full, locked, short of memory, of another version) from a value that it refuses. The first is waited out, for
/// as long as it takes; only the second can be the fault of an item.
/// </summary>
static class EngineFailure
{
    /// <summary>SQLite's codes for a value that it refuses: too big, constraint, mismatch. A wrong statement is nobody's but ours.</summary>
    static readonly HashSet<int> SqliteRefusals = [18, 19, 20];

    public static bool Is(Exception exception) =>
        exception switch
        {
            SqliteException sqlite => !SqliteRefusals.Contains(sqlite.SqliteErrorCode),
            // Data exceptions (22) and integrity (23) are about values.
            PostgresException postgres => postgres.SqlState is not ['2', '2' or '3', ..],
            DbException or IOException or TimeoutException or SocketException or OutOfMemoryException => true,
            { InnerException: { } inner } => Is(inner),
            _ => false,
        };
}
