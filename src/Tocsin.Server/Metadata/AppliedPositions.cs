using System.Data.Common;
using Dapper;

namespace Tocsin.Server.Metadata;

/// <summary>
/// The journal position up to which a sink has applied everything, kept in the same transaction as what it applied:
/// a batch that is replayed after a crash is recognised and changes nothing.
/// </summary>
static class AppliedPositions
{
    /// <summary>Null: the sink has applied nothing yet.</summary>
    public static Task<long?> ReadAsync(DbConnection connection, string sink, CancellationToken cancellation) =>
        ReadAsync(connection, null, sink, cancellation);

    public static Task<long?> ReadAsync(MetadataTransaction transaction, string sink, CancellationToken cancellation) =>
        ReadAsync(transaction.Connection, transaction.Transaction, sink, cancellation);

    public static Task SetAsync(MetadataTransaction transaction, string sink, long position, CancellationToken cancellation) =>
        transaction.Connection.ExecuteAsync(
            new CommandDefinition(
                """
                INSERT INTO applied (sink, position) VALUES (@sink, @position)
                ON CONFLICT (sink) DO UPDATE SET position = excluded.position
                """,
                new { sink, position },
                transaction.Transaction,
                cancellationToken: cancellation
            )
        );

    static Task<long?> ReadAsync(DbConnection connection, DbTransaction? inside, string sink, CancellationToken cancellation) =>
        connection.QuerySingleOrDefaultAsync<long?>(
            new CommandDefinition(
                "SELECT position FROM applied WHERE sink = @sink",
                new { sink },
                inside,
                cancellationToken: cancellation
            )
        );
}
