using Dapper;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;
using Tocsin.Telemetry;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// Brings the sinks to one state: at the start, and after every failure, so that there is only one way back. The metadata decides:
/// 1. its last batch is the last one that counts; 2. the payload segments are cut behind it; 3. a telemetry store that lacks just this batch
/// gets it from the segments. One that lacks more, or a whole day, has lost a file: its days are rebuilt in the background.
/// </summary>
sealed partial class Recovery(
    MetadataDb db,
    PayloadStore payloads,
    TelemetryStore telemetry,
    StoredRows rows,
    Rebuilds rebuilds,
    ILogger<Recovery> log
)
{
    /// <summary>Null: nothing was applied yet.</summary>
    public async Task<LastBatch?> RunAsync(CancellationToken cancellation)
    {
        var last = await LastAsync(cancellation);
        payloads.ResumeAt(last?.PayloadEnd);
        if (last is not null)
        {
            await CompleteAsync(last, cancellation);
        }
        rebuilds.Begin();
        return last;
    }

    async Task CompleteAsync(LastBatch last, CancellationToken cancellation)
    {
        await rebuilds.AskForGoneAsync(last, cancellation);
        if (telemetry.Applied < last.Previous)
        {
            await rebuilds.AskForLatestAsync(last, cancellation);
        }
        else if (telemetry.Applied < last.Position)
        {
            if (!payloads.Days.Contains((int)last.Day) && !await WasDroppedAsync(last, cancellation))
            {
                Gone(log, ArrivalDay.ToDate((int)last.Day));
            }
            await telemetry.ApplyAsync(await BatchAsync(last, cancellation), cancellation);
        }
    }

    /// <summary>Without rows where the disk does not give them out: nobody waits for that, and the day is made again when it does.</summary>
    async Task<TelemetryBatch> BatchAsync(LastBatch last, CancellationToken cancellation)
    {
        try
        {
            return await rows.OfBatchAsync(last, (path, bytes) => Lost(log, path, bytes), cancellation);
        }
        catch (IOException failure)
        {
            var day = ArrivalDay.ToDate((int)last.Day);
            Unread(log, day, failure.Message);
            await rebuilds.AskForUnreadAsync(day, cancellation);
            return new(last.Position, day);
        }
    }

    async Task<LastBatch?> LastAsync(CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        return await LastBatch.ReadAsync(connection, cancellation);
    }

    async Task<bool> WasDroppedAsync(LastBatch last, CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        return await connection.ExecuteScalarAsync<long>(
                new(
                    "SELECT COUNT(*) FROM dropped_days WHERE day = @Day AND kinds = @all",
                    new { last.Day, all = (long)RowKinds.All },
                    cancellationToken: cancellation
                )
            ) > 0;
    }

    [LoggerMessage(LogLevel.Error, "The payload segments of {Day} are gone; the rows of the last batch are lost")]
    static partial void Gone(ILogger logger, DateOnly day);

    [LoggerMessage(LogLevel.Error, "The last batch cannot be read; {Day} is made again when it can: {Reason}")]
    static partial void Unread(ILogger logger, DateOnly day, string reason);

    [LoggerMessage(LogLevel.Error, "{Bytes} bytes of {Path} are damaged or gone; the rows of the last batch in them are lost")]
    static partial void Lost(ILogger logger, string path, long bytes);
}
