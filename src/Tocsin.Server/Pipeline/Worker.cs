using Tocsin.Server.Issues;
using Tocsin.Server.Projects;
using Tocsin.Telemetry;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// Takes batches from the journal to the stores. It promises that each received item ends in exactly one outcome, whatever stops it in
/// between; and that no store that is away, full or broken stops the journal from accepting. Every failure is met in one way: wait, go back
/// to what is durable (<see cref="Recovery"/>), go on from there. Batches are committed one after the other.
/// </summary>
sealed partial class Worker(
    Journal.Journal journal,
    Recovery recovery,
    Preparation preparation,
    Sorting sorting,
    Keeping keeping,
    MetadataCommit metadata,
    PoisonHunt poison,
    TelemetryStore telemetry,
    ProjectDirectory projects,
    LiveUpdates live,
    PipelineHealth health,
    DigestionThreads threads,
    PipelineOptions options,
    ILogger<Worker> log
) : BackgroundService
{
    /// <summary>How often a batch is sorted anew at once, before it waits like any other failure.</summary>
    const int MostRounds = 5;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task
            .Factory.StartNew(() => RunAsync(stoppingToken), CancellationToken.None, TaskCreationOptions.DenyChildAttach, threads)
            .Unwrap();

    /// <summary>Until it is told to stop, all on the scheduler that it was started on.</summary>
    internal async Task RunAsync(CancellationToken stoppingToken)
    {
        // The host goes on starting.
        await Task.Yield();
        var wait = options.RetryFrom;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var last = await recovery.RunAsync(stoppingToken);
                var (position, day) = (last?.Position ?? 0, (int)(last?.Day ?? 0));
                journal.Release(position);
                health.Recovered(position);
                await using var batches = new PreparedBatches(
                    new(journal.OpenReader(position), options, position, day),
                    PrepareAsync,
                    options.PreparesAhead,
                    stoppingToken
                );
                while (true)
                {
                    await WorkAsync(batches, stoppingToken);
                    wait = options.RetryFrom;
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            // Boundary: one batch. A store that does not work now, or a bug of ours. Nothing is lost by beginning again.
            catch (Exception failure)
            {
                health.Failed(failure.Message);
                Failed(log, health.FailingStep, wait, failure);
                await Task.Delay(wait, options.Machine, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                wait = wait * 2 > options.RetryUpTo ? options.RetryUpTo : wait * 2;
            }
        }
    }

    /// <summary>
    /// 1. read: records of one arrival day, bounded by bytes; 2. unpack: inflate, frame, give each item its context; 3. prepare: each item by
    /// the pipeline of its kind, or into quarantine; 4. sort: find duplicates and discarded issues; 5. keep: rows, bodies and outcomes in the
    /// payload segments, synced; 6. commit the metadata; 7. commit the telemetry; 8. release the journal, and tell who waits for news.
    /// From step 4 on a stop waits for the batch's end.
    /// </summary>
    async Task WorkAsync(PreparedBatches batches, CancellationToken stopping)
    {
        var batch = await batches.NextAsync();
        health.Works(batch.Oldest);
        await CommitAsync(batch);
        if (!batches.HasMore)
        {
            health.Waits();
            await PaceAsync(batch.Begun, stopping);
        }
    }

    /// <summary>Steps 1 to 3.</summary>
    async Task<Batch> PrepareAsync(BatchSource source, CancellationToken stopping)
    {
        health.Waits();
        var (day, records) = await source.NextAsync(stopping);
        ReportGaps(source);
        var batch = new Batch(source.Position, day) { Begun = options.Machine.GetTimestamp() };
        // Over already: the wait for records is nobody's work, and would be the longest step.
        await StepAsync("read", () => Task.CompletedTask);
        await StepAsync("unpack", () => ComputeAsync(() => source.Take(preparation.Unpack(batch, records))));
        batch.Position = source.Position;
        health.Works(batch.Oldest);
        await StepAsync("prepare", () => ComputeAsync(() => preparation.Prepare(batch)));
        return batch;
    }

    /// <summary>Steps 4 to 8.</summary>
    async Task CommitAsync(Batch batch)
    {
        var rounds = 0;
        do
        {
            if (++rounds > MostRounds)
            {
                throw new InvalidOperationException("The batch changed under every attempt to commit it.");
            }
            await StepAsync("sort", () => sorting.SortAsync(batch, CancellationToken.None));
            await StepAsync("keep", () => ComputeAsync(() => keeping.Keep(batch)));
        } while (!await CommitMetadataAsync(batch));
        batch.ReleaseFrames();
        await StepAsync("commit_telemetry", () => telemetry.ApplyAsync(batch.ToTelemetry(), CancellationToken.None));
        await StepAsync("release", () => ReleaseAsync(batch));
        health.Finished(batch);
    }

    /// <summary>False: the batch must be sorted again, because something changed under it, or poison was found in it.</summary>
    async Task<bool> CommitMetadataAsync(Batch batch)
    {
        try
        {
            await StepAsync("commit_metadata", () => metadata.CommitAsync(batch, CancellationToken.None));
            return true;
        }
        catch (StaleBatchException)
        {
            keeping.TakeBack(batch);
            return false;
        }
        catch (Exception refusal) when (!EngineFailure.Is(refusal))
        {
            var guilty = await poison.FindAsync(batch, CancellationToken.None);
            if (guilty.Count == 0 || await metadata.IsAppliedAsync(batch, CancellationToken.None))
            {
                throw;
            }
            foreach (var (item, reason) in guilty)
            {
                Poisoned(log, item.ItemType, item.Position, item.Index, reason);
                item.Quarantine(OutcomeReason.Poison, QuarantineFrame.Again(item), reason.ToString());
            }
            keeping.TakeBack(batch);
            return false;
        }
    }

    async Task ReleaseAsync(Batch batch)
    {
        journal.Release(batch.Position);
        if (batch.Firsts.Any)
        {
            await projects.RefreshAsync(CancellationToken.None);
        }
        live.Publish(batch);
    }

    /// <summary>Not on the pool whatever happens, as Task.Run would be: a simulation runs everything on its own scheduler.</summary>
    static Task ComputeAsync(Action work) =>
        Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current);

    async Task StepAsync(string step, Func<Task> work)
    {
        var started = options.Machine.GetTimestamp();
        health.Begins(step);
        await work();
        health.Ends(step, started);
    }

    async Task PaceAsync(long started, CancellationToken stopping)
    {
        var rest = options.Interval - options.Machine.GetElapsedTime(started);
        if (rest > TimeSpan.Zero)
        {
            await Task.Delay(rest, options.Machine, stopping);
        }
    }

    void ReportGaps(BatchSource source)
    {
        foreach (var gap in source.Gaps)
        {
            health.Lost(gap.To - gap.From);
            Damaged(log, gap.From, gap.To, gap.Reason);
        }
        source.Gaps.Clear();
    }

    [LoggerMessage(LogLevel.Error, "Step {Step} failed; trying again from the last durable state in {Wait}")]
    static partial void Failed(ILogger logger, string? step, TimeSpan wait, Exception failure);

    [LoggerMessage(LogLevel.Error, "The {ItemType} {Index} of journal record {Position} failed three times and is in quarantine")]
    static partial void Poisoned(ILogger logger, string itemType, long position, int index, Exception reason);

    [LoggerMessage(LogLevel.Critical, "The journal is damaged from {From} to {To}; what was there is lost: {Reason}")]
    static partial void Damaged(ILogger logger, long from, long to, string reason);
}
