using System.Diagnostics.Metrics;

namespace Tocsin.Server.Pipeline;

/// <summary>What the worker is doing, for the Pipeline page, the readiness probe and the metrics. Written by the worker, read by anyone.</summary>
sealed class PipelineHealth
{
    /// <summary>The worker's steps, in their order.</summary>
    public static IReadOnlyList<string> Steps { get; } =
    [.. Preparing, "sort", "keep", "commit_metadata", "commit_telemetry", "release"];

    /// <summary>Those that a batch may go through while the one before it goes through the others.</summary>
    static IReadOnlyList<string> Preparing => ["read", "unpack", "prepare"];

    readonly TimeProvider time;
    readonly PipelineOptions options;
    readonly Dictionary<string, StepTimings> timings = Steps.ToDictionary(step => step, _ => new StepTimings());
    readonly Histogram<double> duration;
    readonly Counter<long> outcomes;
    string? preparing;
    string? committing;
    long progress;

    public PipelineHealth(TimeProvider time, PipelineOptions options, IMeterFactory meters)
    {
        this.time = time;
        this.options = options;
        Records = new(time);
        Bytes = new(time);
        Outcomes = new(time);
        progress = Machine.GetTimestamp();
        var meter = meters.Create("Tocsin.Pipeline");
        duration = meter.CreateHistogram<double>("tocsin.pipeline.step.duration", "s", "Time of one step for one batch.");
        outcomes = meter.CreateCounter<long>("tocsin.pipeline.outcomes", "{item}", "Finished items by how they ended.");
        meter.CreateObservableGauge(
            "tocsin.pipeline.oldest.age",
            () => OldestAge?.TotalSeconds ?? 0,
            "s",
            "Age of the oldest record in work."
        );
        meter.CreateObservableGauge("tocsin.pipeline.stuck", () => IsStuck ? 1 : 0, "1", "1 while the worker makes no progress.");
    }

    public RateWindow Records { get; }
    public RateWindow Bytes { get; }
    public OutcomeCounter Outcomes { get; }

    /// <summary>The step that is running, of two the one of the earlier batch; null: the worker waits for records.</summary>
    public string? Step => committing ?? preparing;

    /// <summary>Of the journal, behind the last batch that all sinks applied.</summary>
    public long Position { get; private set; }

    /// <summary>What stops the worker now; null: nothing.</summary>
    public string? Error { get; private set; }

    /// <summary>The step it stops, and since when.</summary>
    public string? FailingStep { get; private set; }
    public DateTimeOffset? FailingSince { get; private set; }

    /// <summary>Bytes of the journal that were damaged and passed over since the start.</summary>
    public long LostBytes { get; private set; }

    public TimeSpan? OldestAge => Oldest is { } oldest ? time.GetUtcNow() - oldest : null;

    /// <summary>There is work, and nothing has moved for a while.</summary>
    public bool IsStuck => Step is not null && Machine.GetElapsedTime(Interlocked.Read(ref progress)) > options.StuckAfter;

    DateTimeOffset? Oldest { get; set; }

    /// <summary>Progress is the machine's; ages are the product's.</summary>
    TimeProvider Machine => options.Machine;

    public (double Median, double P95) Timing(string step) => timings[step].Percentiles();

    /// <summary>For records; the batch before may still be on its way.</summary>
    public void Waits()
    {
        preparing = null;
        Oldest = committing is null ? null : Oldest;
        Moved();
    }

    public void Begins(string step)
    {
        if (Preparing.Contains(step))
        {
            preparing = step;
        }
        else
        {
            committing = step;
        }
        Moved();
    }

    public void Ends(string step, long started)
    {
        var elapsed = Machine.GetElapsedTime(started);
        timings[step].Add(elapsed);
        duration.Record(elapsed.TotalSeconds, new KeyValuePair<string, object?>("step", step));
        Moved();
    }

    /// <summary>On a batch. While another is committed, that one is the older.</summary>
    /// <param name="received">Of the oldest record in the batch, microseconds since 1970 UTC.</param>
    public void Works(long received) => Oldest = committing is null ? Metadata.Microseconds.ToUtc(received) : Oldest;

    public void Finished(Batch batch)
    {
        committing = null;
        Position = batch.Position;
        Records.Add(batch.Records);
        Bytes.Add(batch.Bytes);
        Outcomes.Add(batch.Outcomes);
        foreach (var row in batch.Outcomes.Where(row => row.Quantity > 0))
        {
            outcomes.Add(
                row.Quantity,
                new KeyValuePair<string, object?>("outcome", ((OutcomeKind)row.Outcome).ToString()),
                new KeyValuePair<string, object?>("category", row.Category)
            );
        }
        (Error, FailingStep, FailingSince) = (null, null, null);
    }

    public void Recovered(long position)
    {
        Position = position;
        (preparing, committing) = (null, null);
        Moved();
    }

    public void Failed(string error)
    {
        FailingSince ??= time.GetUtcNow();
        (Error, FailingStep) = (error, Step ?? FailingStep ?? Steps[0]);
    }

    public void Lost(long bytes) => LostBytes += bytes;

    void Moved() => Interlocked.Exchange(ref progress, Machine.GetTimestamp());
}
