using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// Tells a store that cannot work now (away, full, locked) from a statement that it refuses. The first is waited out, for as long as it
/// takes; only the second can be the fault of an item.
/// </summary>
static class EngineFailure
{
    /// <summary>SQLite's codes for a statement or a value that is wrong in itself: error, too big, constraint, mismatch, range.</summary>
    static readonly HashSet<int> SqliteRefusals = [1, 18, 19, 20, 25];

    public static bool Is(Exception exception) =>
        exception switch
        {
            SqliteException sqlite => !SqliteRefusals.Contains(sqlite.SqliteErrorCode),
            // Data exceptions (22), integrity (23), syntax and access (42) are about the statement.
            PostgresException postgres => postgres.SqlState is not (['2', '2' or '3', ..] or ['4', '2', ..]),
            DbException or IOException or TimeoutException or SocketException => true,
            { InnerException: { } inner } => Is(inner),
            _ => false,
        };
}
