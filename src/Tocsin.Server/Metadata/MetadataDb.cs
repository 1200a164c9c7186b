using System.Data.Common;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using SQLitePCL;

namespace Tocsin.Server.Metadata;

/// <summary>
/// The metadata database: SQLite by default, PostgreSQL when <c>TOCSIN_METADATA</c> holds a connection string. SQL is the same on both.
/// Reads use a pooled connection of their own and never wait; writes are serialised on SQLite (it has one writer) and run side by side
/// on PostgreSQL. A committed write is on disk.
/// </summary>
sealed class MetadataDb : IAsyncDisposable
{
    static readonly string[] FileSuffixes = ["", "-wal"];

    /// <summary>WAL is a property of the file, the others are of the connection. FULL: a commit survives a power cut.</summary>
    const string Settings = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 10000;";

    /// <summary>
    /// A batch of events touches some thousand pages of four kilobytes, most of them several times: a cache that holds them spares reading and
    /// writing them again, and a log of several batches works a page into the file once that changed in all of them.
    /// </summary>
    const string WriterSettings = Settings + "PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 8000;";

    readonly string? sqlite;

    /// <summary>
    /// Another string is another pool. There is one writer at a time, so one connection has the large cache and finds in it what it left; readers
    /// can be any number.
    /// </summary>
    readonly string? sqliteWriter;
    readonly NpgsqlDataSource? postgres;
    readonly SemaphoreSlim writer = new(1, 1);

    MetadataDb(SqliteConnectionStringBuilder? sqlite, NpgsqlDataSource? postgres)
    {
        DapperTypes.Register();
        this.postgres = postgres;
        if (sqlite is not null)
        {
            sqliteWriter = sqlite.ConnectionString;
            sqlite.Mode = SqliteOpenMode.ReadWrite;
            this.sqlite = sqlite.ConnectionString;
        }
    }

    public bool IsPostgres => postgres is not null;

    /// <summary>What it takes in the data directory; 0 when it lies elsewhere.</summary>
    public long FileBytes =>
        sqlite is null
            ? 0
            : FileSuffixes
                .Select(suffix => new FileInfo(new SqliteConnectionStringBuilder(sqlite).DataSource + suffix))
                .Sum(file => file.Exists ? file.Length : 0);

    /// <param name="file">Of SQLite.</param>
    /// <param name="postgres">A connection string; null: SQLite has the metadata.</param>
    public static MetadataDb Of(string file, string? postgres) => postgres is null ? Sqlite(file) : Postgres(postgres);

    public static MetadataDb Sqlite(string file)
    {
        SqliteLibrary.Choose();
        var connection = new SqliteConnectionStringBuilder
        {
            DataSource = file,
            ForeignKeys = true,
            Pooling = true,
            DefaultTimeout = 30,
        };
        return new(connection, null);
    }

    public static MetadataDb Postgres(string connectionString) => new(null, NpgsqlDataSource.Create(connectionString));

    /// <summary>An open connection for reading; the caller disposes it.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        if (postgres is not null)
        {
            return await postgres.OpenConnectionAsync(cancellation);
        }
        return await OpenAsync(sqlite!, Settings, cancellation);
    }

    /// <summary>A connection to SQLite that has read nothing of the file yet.</summary>
    public Task<SqliteConnection> OpenAnewAsync(CancellationToken cancellation) =>
        OpenAsync(new SqliteConnectionStringBuilder(sqlite) { Pooling = false }.ConnectionString, null, cancellation);

    /// <summary>Runs the work in one transaction; nothing of it stays when it throws.</summary>
    public async Task<T> WriteAsync<T>(Func<MetadataTransaction, Task<T>> work, CancellationToken cancellation)
    {
        if (postgres is null)
        {
            await writer.WaitAsync(cancellation);
        }
        try
        {
            await using var connection = sqliteWriter is null
                ? await OpenAsync(cancellation)
                : await OpenAsync(sqliteWriter, WriterSettings, cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var result = await work(new(connection, transaction));
            await CommitAsync(transaction, cancellation);
            return result;
        }
        finally
        {
            if (postgres is null)
            {
                writer.Release();
            }
        }
    }

    public Task WriteAsync(Func<MetadataTransaction, Task> work, CancellationToken cancellation) =>
        WriteAsync(
            async transaction =>
            {
                await work(transaction);
                return true;
            },
            cancellation
        );

    /// <summary>
    /// Writes what is only nice to know, such as when a token was last used: whoever merely reads goes on when the disk is full or the
    /// database is away.
    /// </summary>
    public async Task NoteAsync(Func<MetadataTransaction, Task> work, CancellationToken cancellation)
    {
        try
        {
            await WriteAsync(work, cancellation);
        }
        catch (DbException)
        {
            // The next use notes it.
        }
    }

    /// <summary>Closes the connections to SQLite that nobody uses, with the pages that they keep in memory.</summary>
    public void LetGo()
    {
        foreach (var pool in new[] { sqlite, sqliteWriter }.OfType<string>())
        {
            using var connection = new SqliteConnection(pool);
            SqliteConnection.ClearPool(connection);
        }
    }

    static async Task<SqliteConnection> OpenAsync(string sqlite, string? settings, CancellationToken cancellation)
    {
        var connection = new SqliteConnection(sqlite);
        try
        {
            await connection.OpenAsync(cancellation);
            if (settings is not null)
            {
                await connection.ExecuteAsync(settings);
            }
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    static async Task CommitAsync(DbTransaction transaction, CancellationToken cancellation)
    {
        try
        {
            await transaction.CommitAsync(cancellation);
        }
        catch (SqliteException) when (transaction.Connection is SqliteConnection connection)
        {
            // A commit that a full disk refuses has ended the transaction. The provider would end it once more when it is disposed of; that
            // fails, and would stand for the real reason. So it gets one to end.
            if (raw.sqlite3_get_autocommit(connection.Handle) != 0)
            {
                await connection.ExecuteAsync("BEGIN", transaction: transaction);
            }
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        writer.Dispose();
        if (postgres is not null)
        {
            await postgres.DisposeAsync();
        }
        // Closing the last connection folds the WAL into the file.
        LetGo();
    }
}
