using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Tocsin.Server.Metadata;

/// <summary>
/// What SQLite can tell of damage to its file: a structure that does not hold together. It keeps no checksums, so a bit that flips inside a value
/// is a different value to it; some of those we cannot read.
/// </summary>
static class MetadataDamage
{
    const int Corrupt = 11;
    const int NoDatabase = 26;

    public const string Remedy = "Stop the server and restore metadata.db from a copy.";

    public static bool Is(DbException failure) =>
        failure is DamagedMetadataException or SqliteException { SqliteErrorCode: Corrupt or NoDatabase };

    /// <summary>
    /// Reads the whole file, about half a second for a million events, beside everything else. Returns what is wrong in one line; null: nothing,
    /// or the database is PostgreSQL, which has means of its own.
    /// </summary>
    /// <exception cref="OperationCanceledException">Cancelled; SQLite stops within the page.</exception>
    public static async Task<string?> FindAsync(MetadataDb db, CancellationToken cancellation)
    {
        if (db.IsPostgres)
        {
            return null;
        }
        try
        {
            await using var connection = await db.OpenAnewAsync(cancellation);
            await using var stopping = cancellation.Register(() => raw.sqlite3_interrupt(connection.Handle));
            var found = await connection.ExecuteScalarAsync<string>("PRAGMA quick_check(1)");
            return found == "ok" ? null : found?.ReplaceLineEndings(" ");
        }
        catch (SqliteException damaged) when (Is(damaged))
        {
            return damaged.Message.ReplaceLineEndings(" ");
        }
        catch (SqliteException) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellation);
        }
    }
}
