using System.Collections.Concurrent;
using Dapper;
using Tocsin.Server.Metadata;
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
    MetadataDb db,
    PipelineOptions options,
    ILogger<Rebuilds> log
) : BackgroundService
{
    const string FileIsGone = "its file is gone";

    readonly ConcurrentDictionary<DateOnly, string> asked = [];
    readonly TaskCompletionSource lookedOver = new(TaskCreationOptions.RunContinuationsAsynchronously);
    volatile RebuildProgress? current;

    /// <summary>The day that is being rebuilt; null: none.</summary>
    public RebuildProgress? Current => current;

    /// <summary>
    /// For a store that is behind: a file is gone or was replaced by an older copy. That can be the latest that the store has, or one after it, and
    /// is the one of the last batch.
    /// </summary>
    public Task AskForLatestAsync(LastBatch last, CancellationToken cancellation)
    {
        var lastDay = ArrivalDay.ToDate((int)last.Day);
        var newest = telemetry.Days.Select(day => day.Day).DefaultIfEmpty(DateOnly.MinValue).Max();
        var first = newest < lastDay ? newest : lastDay;
        var known = Waiting().Select(wait => wait.Day).ToHashSet();
        return AskAsync(
            [.. payloads.Days.Select(ArrivalDay.ToDate).Where(day => day >= first && !known.Contains(day))],
            "older than the metadata",
            cancellation
        );
    }

    /// <summary>Before the store takes anything: a day of which it should have a batch, and has no rows, has lost its file, be it the latest.</summary>
    public Task AskForGoneAsync(LastBatch last, CancellationToken cancellation)
    {
        // The last batch may be on its way.
        var had = telemetry.Applied < last.Position ? last.Previous : last.Position;
        return AskAsync([.. Gone(payloads.Days).Where(HadBatch)], FileIsGone, cancellation);

        bool HadBatch(DateOnly day)
        {
            try
            {
                return payloads
                    .Scan(ArrivalDay.Of(day), (_, _) => { })
                    .Any(placed => placed.Record.Kind == PayloadKind.Batch && placed.Record.Position <= had);
            }
            catch (IOException)
            {
                // The disk does not give it out. The attempt to rebuild it says so, and keeps nobody waiting.
                return true;
            }
        }
    }

    /// <summary>Before the store takes a batch of the day without its rows, which cannot be read now.</summary>
    public Task AskForUnreadAsync(DateOnly day, CancellationToken cancellation) =>
        AskAsync([day], "its last batch could not be read", cancellation);

    /// <summary>All that the store lacks was asked for. A day that is made again before would hide what older ones lack: the store seems to have it.</summary>
    public void Begin() => lookedOver.TrySetResult();

    /// <summary>
    /// Days that must be rebuilt, and why. The latest day is missing only for the moments between its first bodies and its first rows.
    /// </summary>
    public IReadOnlyList<(DateOnly Day, string Reason)> Waiting() =>
        [
            .. telemetry.Days.Where(day => day.Damage is not null).Select(day => (day.Day, day.Damage!)),
            .. Gone(payloads.Days.SkipLast(1)).Where(day => !asked.ContainsKey(day)).Select(day => (day, FileIsGone)),
            .. asked.Select(pair => (pair.Key, pair.Value)),
        ];

    IEnumerable<DateOnly> Gone(IEnumerable<int> days) =>
        days.Select(ArrivalDay.ToDate).Except(telemetry.Days.Select(day => day.Day));

    /// <summary>
    /// The wish is written down: as soon as the worker goes on, the store no longer looks as if it lacked something, and a crash may come first.
    /// </summary>
    async Task AskAsync(IReadOnlyList<DateOnly> days, string reason, CancellationToken cancellation)
    {
        foreach (var day in days)
        {
            await db.WriteAsync(
                transaction =>
                    transaction.ExecuteAsync(
                        "INSERT INTO rebuilds (day, reason) VALUES (@day, @reason) ON CONFLICT (day) DO NOTHING",
                        new { day = ArrivalDay.Of(day), reason }
                    ),
                cancellation
            );
            asked[day] = reason;
        }
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => RunAsync(stoppingToken);

    /// <summary>Until it is told to stop, on the scheduler that it was started on.</summary>
    internal async Task RunAsync(CancellationToken stoppingToken)
    {
        await lookedOver.Task.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.DamageCheck, options.Machine);
        do
        {
            try
            {
                await RememberAsync(stoppingToken);
                await RebuildAllAsync(stoppingToken);
            }
            // Boundary: one look-over. A store that does not work now does at a later one.
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Failed(log, failure);
            }
        } while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    async Task RebuildAllAsync(CancellationToken cancellation)
    {
        foreach (var (day, reason) in Waiting())
        {
            try
            {
                await RebuildAsync(day, reason, cancellation);
            }
            // Boundary: one day. It is tried again with the next look-over, and the others are rebuilt meanwhile.
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                DayFailed(log, failure, day);
            }
            finally
            {
                current = null;
            }
        }
    }

    async Task RebuildAsync(DateOnly day, string reason, CancellationToken cancellation)
    {
        var number = ArrivalDay.Of(day);
        current = new(day, reason, 0, payloads.BytesOf(number));
        Begun(log, day, reason);
        await telemetry.RebuildAsync(
            day,
            rows.OfDayAsync(number, Advance, (path, bytes) => Lost(log, path, bytes), cancellation),
            cancellation
        );
        await ForgetAsync(number, cancellation);
        Done(log, day);
    }

    /// <summary>What was asked for before this process began.</summary>
    async Task RememberAsync(CancellationToken cancellation)
    {
        await using var connection = await db.OpenAsync(cancellation);
        foreach (var (day, reason) in await connection.QueryAsync<(long Day, string Reason)>("SELECT day, reason FROM rebuilds"))
        {
            asked[ArrivalDay.ToDate((int)day)] = reason;
        }
    }

    async Task ForgetAsync(int day, CancellationToken cancellation)
    {
        await db.WriteAsync(
            transaction => transaction.ExecuteAsync("DELETE FROM rebuilds WHERE day = @day", new { day }),
            cancellation
        );
        asked.TryRemove(ArrivalDay.ToDate(day), out _);
    }

    void Advance(long bytes) => current = current! with { Done = current.Done + bytes };

    [LoggerMessage(LogLevel.Warning, "Rebuilding the telemetry of {Day} from the payload segments: {Reason}")]
    static partial void Begun(ILogger logger, DateOnly day, string reason);

    [LoggerMessage(LogLevel.Information, "The telemetry of {Day} is rebuilt")]
    static partial void Done(ILogger logger, DateOnly day);

    [LoggerMessage(LogLevel.Error, "{Bytes} bytes of {Path} are damaged; the rows in them are lost")]
    static partial void Lost(ILogger logger, string path, long bytes);

    [LoggerMessage(LogLevel.Error, "The rebuild of {Day} failed; it is tried again")]
    static partial void DayFailed(ILogger logger, Exception failure, DateOnly day);

    [LoggerMessage(LogLevel.Error, "Looking for days to rebuild failed; it is tried again")]
    static partial void Failed(ILogger logger, Exception failure);
}
