using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Tocsin.Server.Metadata;

/// <summary>
/// The metadata database: SQLite by default, PostgreSQL when <c>TOCSIN_METADATA</c> holds a connection string. SQL is the same on both.
/// Reads use a connection of their own; writes are serialised on SQLite (it has one writer) and run side by side on PostgreSQL.
/// </summary>
sealed class MetadataDb : IAsyncDisposable
{
    readonly string? _sqlite;
    readonly NpgsqlDataSource? _postgres;
    readonly SemaphoreSlim _writer = new(1, 1);

    MetadataDb(string? sqlite, NpgsqlDataSource? postgres)
    {
        _sqlite = sqlite;
        _postgres = postgres;
    }

    public bool IsPostgres => _postgres is not null;

    public static MetadataDb Sqlite(string file) => new($"Data Source={file};Foreign Keys=True;Default Timeout=30", null);

    public static MetadataDb Postgres(string connectionString) => new(null, NpgsqlDataSource.Create(connectionString));

    /// <summary>An open connection for reading; the caller disposes it.</summary>
    public async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        if (_postgres is not null)
        {
            return await _postgres.OpenConnectionAsync(cancellation);
        }
        var connection = new SqliteConnection(_sqlite);
        await connection.OpenAsync(cancellation);
        return connection;
    }

    /// <summary>Runs the work in one transaction; nothing of it stays when it throws.</summary>
    public async Task<T> WriteAsync<T>(Func<MetadataTransaction, Task<T>> work, CancellationToken cancellation)
    {
        if (_postgres is null)
        {
            await _writer.WaitAsync(cancellation);
        }
        try
        {
            await using var connection = await OpenAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var result = await work(new(connection, transaction));
            await transaction.CommitAsync(cancellation);
            return result;
        }
        finally
        {
            if (_postgres is null)
            {
                _writer.Release();
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

    public async ValueTask DisposeAsync()
    {
        _writer.Dispose();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }
    }
}

/// <summary>One write transaction. Pass both to Dapper.</summary>
sealed record MetadataTransaction(DbConnection Connection, DbTransaction Transaction);
