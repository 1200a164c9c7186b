using System.Data.Common;
using Dapper;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// The batch that the metadata applied last: between which positions of the journal, and where it lies in the payload segments. It is
/// written in the batch's own transaction.
/// </summary>
sealed record LastBatch
{
    public long Previous { get; init; }
    public long Position { get; init; }
    public long Day { get; init; }
    public long Segment { get; init; }
    public long Begin { get; init; }
    public long End { get; init; }

    const string Select = """
        SELECT e.previous, a.position, e.day, e.segment, e."begin", e."end"
        FROM applied a JOIN payload_end e ON e.id = 1 WHERE a.sink = @Sink
        """;

    public PayloadEnd PayloadEnd => new((int)Day, (int)Segment, End, Position);

    public static Task<LastBatch?> ReadAsync(DbConnection connection, CancellationToken cancellation) =>
        connection.QuerySingleOrDefaultAsync<LastBatch?>(
            new(Select, new { MetadataCommit.Sink }, cancellationToken: cancellation)
        );

    public static Task<LastBatch?> ReadAsync(MetadataTransaction transaction) =>
        transaction.FirstAsync<LastBatch>(Select, new { MetadataCommit.Sink });

    public static Task WriteAsync(MetadataTransaction transaction, Batch batch) =>
        transaction.ExecuteAsync(
            """
            INSERT INTO payload_end (id, day, segment, "begin", "end", previous) VALUES (1, @Day, @Segment, @Begin, @End, @Previous)
            ON CONFLICT (id) DO UPDATE SET day = excluded.day, segment = excluded.segment, "begin" = excluded."begin",
                "end" = excluded."end", previous = excluded.previous
            """,
            new
            {
                batch.Day,
                batch.Kept!.End.Segment,
                batch.Kept.Begin,
                End = batch.Kept.End.Offset,
                batch.Previous,
            }
        );
}
