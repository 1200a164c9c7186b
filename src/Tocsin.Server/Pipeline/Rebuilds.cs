using System.Collections.Concurrent;
using Tocsin.Server.Payloads;
using Tocsin.Telemetry;

namespace Tocsin.Server.Pipeline;

/// <summary>How far a day's rebuild is. Bytes of its payload segments.</summary>
sealed record RebuildProgress(DateOnly Day, string Reason, long Done, long Total);

/// <summary>
/// Makes days of the telemetry again from the payload segments: those whose file was set aside as damaged, and those whose file is gone.
/// One day at a time, beside the worker, which goes on adding to it.
/// </summary>
sealed partial class Rebuilds(
    TelemetryStore telemetry,
    PayloadStore payloads,
    StoredRows rows,
    PipelineOptions options,
    ILogger<Rebuilds> log
) : BackgroundService
{
    readonly ConcurrentDictionary<DateOnly, string> _asked = [];
    volatile RebuildProgress? _current;

    /// <summary>The day that is being rebuilt; null: none.</summary>
    public RebuildProgress? Current => _current;

    /// <summary>For a store that is behind: the latest day's file is gone or was replaced by an older copy, unless it is known as damaged.</summary>
    public void AskForLatest()
    {
        if (payloads.Days is [.., var latest] && !Waiting().Any(wait => wait.Day == ArrivalDay.ToDate(latest)))
        {
            _asked[ArrivalDay.ToDate(latest)] = "older than the metadata";
        }
    }

    /// <summary>
    /// Days that must be rebuilt, and why. The latest day is missing only for the moments between its first bodies and its first rows.
    /// </summary>
    public IReadOnlyList<(DateOnly Day, string Reason)> Waiting()
    {
        var days = telemetry.Days;
        var known = days.Select(day => day.Day).ToHashSet();
        var missing = payloads.Days.SkipLast(1).Select(ArrivalDay.ToDate).Where(day => !known.Contains(day));
        return
        [
            .. days.Where(day => day.Damage is not null).Select(day => (day.Day, day.Damage!)),
            .. missing.Select(day => (day, "its file is gone")),
            .. _asked.Select(pair => (pair.Key, pair.Value)),
        ];
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.DamageCheck, TimeProvider.System);
        do
        {
            try
            {
                await RebuildAllAsync(stoppingToken);
            }
            // Boundary: one look-over. A day that cannot be rebuilt now is tried again with the next.
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Failed(log, failure);
            }
            finally
            {
                _current = null;
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task RebuildAllAsync(CancellationToken cancellation)
    {
        foreach (var (day, reason) in Waiting())
        {
            var number = ArrivalDay.Of(day);
            _current = new(day, reason, 0, payloads.BytesOf(number));
            Begun(log, day, reason);
            await telemetry.RebuildAsync(
                day,
                rows.OfDayAsync(number, Advance, (path, bytes) => Lost(log, path, bytes), cancellation),
                cancellation
            );
            _asked.TryRemove(day, out _);
            Done(log, day);
        }
    }

    void Advance(long bytes) => _current = _current! with { Done = _current.Done + bytes };

    [LoggerMessage(LogLevel.Warning, "Rebuilding the telemetry of {Day} from the payload segments: {Reason}")]
    static partial void Begun(ILogger logger, DateOnly day, string reason);

    [LoggerMessage(LogLevel.Information, "The telemetry of {Day} is rebuilt")]
    static partial void Done(ILogger logger, DateOnly day);

    [LoggerMessage(LogLevel.Error, "{Bytes} bytes of {Path} are damaged; the rows in them are lost")]
    static partial void Lost(ILogger logger, string path, long bytes);

    [LoggerMessage(LogLevel.Error, "A day's rebuild failed; it is tried again")]
    static partial void Failed(ILogger logger, Exception failure);
}
