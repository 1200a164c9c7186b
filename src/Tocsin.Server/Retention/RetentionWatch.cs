using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry;

namespace Tocsin.Server.Retention;

/// <summary>
/// Looks after the days that are over, one step at a time beside the worker: closes them, and drops what is too old or too much. Whatever
/// ends it, the next look goes on where it was.
/// </summary>
sealed partial class RetentionWatch(
    TelemetryStore telemetry,
    PayloadStore payloads,
    MetadataDb db,
    DiskUse disk,
    Rebuilds rebuilds,
    DroppedDays dropped,
    DayRemoval removal,
    QuarantineRemoval quarantine,
    RetentionProgress progress,
    RetentionOptions options,
    TimeProvider time,
    ILogger<RetentionWatch> log
) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>Until it is told to stop, on the scheduler that it was started on.</summary>
    internal async Task RunAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
                progress.Failure = null;
            }
            // Boundary: one look. A store that does not work now does at a later one.
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                progress.Failure = failure.Message;
                Failed(log, failure);
            }
        }
    }

    /// <summary>Does what there is to do. What cannot be done now is left for the next time.</summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        foreach (var entry in await dropped.UnfinishedAsync(cancellation))
        {
            await removal.ResumeAsync(entry, cancellation);
        }
        if (options.Quarantine is { } days)
        {
            await quarantine.RunAsync(Today.AddDays(-days), cancellation);
        }
        var tried = new HashSet<RetentionStep>();
        while (Plan().FirstOrDefault(step => !tried.Contains(Named(step))) is { } step)
        {
            tried.Add(Named(step));
            await DoAsync(step, cancellation);
        }
    }

    /// <summary>Of the latest look; the budget counts everything in the data directory.</summary>
    public long UsedBytes() => disk.UsedBytes + db.FileBytes;

    DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    IEnumerable<RetentionStep> Plan()
    {
        disk.Forget();
        return RetentionPlan.Steps(Days(), time.GetUtcNow(), UsedBytes(), options);
    }

    List<KeptDay> Days()
    {
        var rows = telemetry.Days.ToDictionary(day => day.Day);
        var waiting = rebuilds.Waiting().Select(wait => wait.Day).ToHashSet();
        var days = disk.Days();
        return
        [
            .. days.Select(day => new KeptDay(day.Day, rows.GetValueOrDefault(day.Day)?.Kinds ?? RowKinds.None, day.Bytes)
            {
                IsPacked = day == days[^1] || payloads.IsPacked(ArrivalDay.Of(day.Day)),
                IsClosed = rows.GetValueOrDefault(day.Day)?.IsClosed ?? false,
                IsDamaged = waiting.Contains(day.Day),
                IsLatest = day == days[^1],
            }),
        ];
    }

    async Task DoAsync(RetentionStep step, CancellationToken cancellation)
    {
        switch (step)
        {
            case RetentionStep.Drop drop:
                Dropping(log, drop.Kinds, drop.Day, drop.Reason);
                await removal.RunAsync(drop, cancellation);
                break;
            case RetentionStep.Close close:
                var done = await progress.StepAsync(close.Day, "close", () => telemetry.CloseAsync(close.Day, cancellation));
                Closed(log, close.Day, done);
                break;
            case RetentionStep.Pack pack:
                await progress.StepAsync(
                    pack.Day,
                    "pack",
                    () => options.Quietly(() => payloads.Pack(ArrivalDay.Of(pack.Day), cancellation), cancellation)
                );
                break;
        }
    }

    /// <summary>A step that was tried is the same step when only the day's size has changed.</summary>
    static RetentionStep Named(RetentionStep step) => step is RetentionStep.Drop drop ? drop with { Bytes = 0 } : step;

    [LoggerMessage(LogLevel.Information, "Dropping {Kinds} of {Day} because of {Reason}")]
    static partial void Dropping(ILogger logger, RowKinds kinds, DateOnly day, string reason);

    [LoggerMessage(LogLevel.Information, "Closing {Day}: {Done}")]
    static partial void Closed(ILogger logger, DateOnly day, bool done);

    [LoggerMessage(LogLevel.Error, "Looking after the days failed; it is tried again")]
    static partial void Failed(ILogger logger, Exception failure);
}
