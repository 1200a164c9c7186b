using System.Runtime.ExceptionServices;
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
    /// <summary>What could not be dropped at the look before.</summary>
    Dictionary<DateOnly, RowKinds> unfinishedBefore = [];

    readonly SteadyClock clock = new(time);

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
                progress.Failure = clock.Ahead is { } ahead ? Doubt(ahead) : null;
            }
            // Boundary: one look. A store that does not work now does at a later one.
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                progress.Failure = failure.Message;
                Failed(log, failure);
            }
        }
    }

    /// <summary>
    /// Does what there is to do. What cannot be done now is left for the next time, and keeps no other day waiting; it is thrown in the end.
    /// </summary>
    public async Task LookAsync(CancellationToken cancellation)
    {
        Exception? latest = null;
        var unfinished = new Dictionary<DateOnly, RowKinds>();
        foreach (var entry in await dropped.UnfinishedAsync(cancellation))
        {
            await DropAsync(entry.Date, entry.RowKinds, () => removal.ResumeAsync(entry, cancellation));
        }
        if (options.Quarantine is { } days)
        {
            foreach (var day in await quarantine.DaysAsync(Today.AddDays(-days), cancellation))
            {
                await TryAsync(day, () => quarantine.RunAsync(day, cancellation));
            }
        }
        var tried = new HashSet<RetentionStep>();
        while (Plan(unfinished).FirstOrDefault(step => !tried.Contains(Named(step))) is { } step)
        {
            tried.Add(Named(step));
            if (step is RetentionStep.Drop drop)
            {
                await DropAsync(drop.Day, drop.Kinds, () => DoAsync(step, cancellation));
            }
            else
            {
                await TryAsync(step.Day, () => DoAsync(step, cancellation));
            }
        }
        unfinishedBefore = unfinished;
        if (latest is not null)
        {
            ExceptionDispatchInfo.Throw(latest);
        }

        async Task DropAsync(DateOnly day, RowKinds kinds, Func<Task> work)
        {
            if (!await TryAsync(day, work))
            {
                unfinished[day] = unfinished.GetValueOrDefault(day) | kinds;
            }
        }

        async Task<bool> TryAsync(DateOnly day, Func<Task> work)
        {
            try
            {
                await work();
                return true;
            }
            // Boundary: one day. One whose file the disk does not give out must not keep the others from being looked after.
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                latest = failure;
                progress.Failure = failure.Message;
                DayFailed(log, day, failure.Message);
                return false;
            }
        }
    }

    /// <summary>Of the latest look; the budget counts everything in the data directory.</summary>
    public long UsedBytes() => disk.UsedBytes + db.FileBytes;

    DateOnly Today => DateOnly.FromDateTime(clock.Read().UtcDateTime);

    string Doubt(TimeSpan ahead)
    {
        LeaptAhead(log, ahead);
        return $"The clock went {ahead.TotalDays:F0} days ahead; no day is dropped for its age before it has stood there for a day.";
    }

    /// <param name="unfinished">
    /// Nothing more is done for these days before it is dropped. But a day of which a part does not go may go as a whole, by deleting its files.
    /// </param>
    IEnumerable<RetentionStep> Plan(Dictionary<DateOnly, RowKinds> unfinished)
    {
        disk.Forget();
        return RetentionPlan
            .Steps(Days(unfinished), clock.Read(), UsedBytes(), options)
            .Where(step =>
                !unfinished.TryGetValue(step.Day, out var kinds)
                || kinds != RowKinds.All && step is RetentionStep.Drop { Kinds: RowKinds.All }
            );
    }

    List<KeptDay> Days(Dictionary<DateOnly, RowKinds> unfinished)
    {
        var rows = telemetry.Days.ToDictionary(day => day.Day);
        var waiting = rebuilds.Waiting().Select(wait => wait.Day).ToHashSet();
        var days = disk.Days();
        return
        [
            .. days.Select(day => new KeptDay(day.Day, rows.GetValueOrDefault(day.Day)?.Kinds ?? RowKinds.None, day.Bytes)
            {
                IsPacked = day == days[^1] || IsPacked(day.Day),
                IsClosed = rows.GetValueOrDefault(day.Day)?.IsClosed ?? false,
                IsDamaged = waiting.Contains(day.Day),
                IsLatest = day == days[^1],
                Stuck = unfinished.GetValueOrDefault(day.Day) & unfinishedBefore.GetValueOrDefault(day.Day),
            }),
        ];
    }

    /// <summary>One that cannot be read is not: the attempt to pack it tells why.</summary>
    bool IsPacked(DateOnly day)
    {
        try
        {
            return payloads.IsPacked(ArrivalDay.Of(day));
        }
        catch (IOException)
        {
            return false;
        }
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

    [LoggerMessage(
        LogLevel.Warning,
        "The clock is {Ahead} ahead of the time that has passed; no day is dropped for its age until it stays there"
    )]
    static partial void LeaptAhead(ILogger logger, TimeSpan ahead);

    [LoggerMessage(LogLevel.Information, "Closing {Day}: {Done}")]
    static partial void Closed(ILogger logger, DateOnly day, bool done);

    [LoggerMessage(LogLevel.Warning, "A step for {Day} failed; other days are gone on with: {Reason}")]
    static partial void DayFailed(ILogger logger, DateOnly day, string reason);

    [LoggerMessage(LogLevel.Error, "Looking after the days failed; it is tried again")]
    static partial void Failed(ILogger logger, Exception failure);
}
