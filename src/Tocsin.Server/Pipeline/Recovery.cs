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
            var batch = await rows.OfBatchAsync(last, (path, bytes) => Lost(log, path, bytes), cancellation);
            await telemetry.ApplyAsync(batch, cancellation);
        }
    }

    async Task<LastBatch?> LastAsync(CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        return await LastBatch.ReadAsync(connection, cancellation);
    }

    [LoggerMessage(LogLevel.Error, "{Bytes} bytes of {Path} are damaged or gone; the rows of the last batch in them are lost")]
    static partial void Lost(ILogger logger, string path, long bytes);
}
