using Dapper;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;

namespace Tocsin.Server.Retention;

/// <summary>The record of what was dropped: written before anything goes, so that nothing goes silently and nothing half.</summary>
sealed class DroppedDays(MetadataDb db, TimeProvider time)
{
    const string Select = "SELECT id, day, kinds, reason, bytes, begun, finished FROM dropped_days";

    public Task<DroppedDay> BeginAsync(RetentionStep.Drop drop, CancellationToken cancellation) =>
        db.WriteAsync(
            async transaction =>
                (
                    await transaction.FirstAsync<DroppedDay>(
                        """
                        INSERT INTO dropped_days (day, kinds, reason, bytes, begun) VALUES (@Day, @Kinds, @Reason, @Bytes, @now)
                        ON CONFLICT (day, kinds) DO UPDATE
                        SET reason = excluded.reason, bytes = excluded.bytes, begun = excluded.begun, finished = NULL
                        RETURNING id, day, kinds, reason, bytes, begun, finished
                        """,
                        new
                        {
                            Day = ArrivalDay.Of(drop.Day),
                            Kinds = (long)drop.Kinds,
                            drop.Reason,
                            drop.Bytes,
                            now = Microseconds.Now(time),
                        }
                    )
                )!,
            cancellation
        );

    /// <param name="entry">What was begun.</param>
    /// <param name="left">Bytes that the day still takes.</param>
    /// <param name="cancellation">Ends the wait.</param>
    public Task FinishAsync(DroppedDay entry, long left, CancellationToken cancellation) =>
        db.WriteAsync(
            transaction =>
                transaction.ExecuteAsync(
                    "UPDATE dropped_days SET finished = @now, bytes = @freed WHERE id = @Id",
                    new
                    {
                        now = Microseconds.Now(time),
                        freed = Math.Max(0, entry.Bytes - left),
                        entry.Id,
                    }
                ),
            cancellation
        );

    public Task<IReadOnlyList<DroppedDay>> UnfinishedAsync(CancellationToken cancellation) =>
        ListAsync("WHERE finished IS NULL ORDER BY day, kinds", cancellation);

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<DroppedDay>> LastAsync(int most, CancellationToken cancellation) =>
        ListAsync($"ORDER BY begun DESC, id DESC LIMIT {most}", cancellation);

    async Task<IReadOnlyList<DroppedDay>> ListAsync(string which, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        var rows = await connection.QueryAsync<DroppedDay>(new($"{Select} {which}", cancellationToken: cancellation));
        return rows.AsList();
    }
}
