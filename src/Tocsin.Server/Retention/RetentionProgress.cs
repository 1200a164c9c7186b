using System.Diagnostics.Metrics;

namespace Tocsin.Server.Retention;

/// <summary>What retention is doing, for the Pipeline page and the metrics.</summary>
sealed class RetentionProgress
{
    static readonly TimeProvider Machine = TimeProvider.System;

    readonly TimeProvider time;
    readonly Histogram<double> duration;

    public RetentionProgress(TimeProvider time, IMeterFactory meters)
    {
        this.time = time;
        var meter = meters.Create("Tocsin.Retention");
        duration = meter.CreateHistogram<double>("tocsin.retention.step.duration", "s", "Time of one step for one day.");
    }

    /// <summary>Null: nothing is to be done.</summary>
    public RunningStep? Current { get; private set; }

    /// <summary>Why the last step did not succeed; it is tried again. Null: it did.</summary>
    public string? Failure { get; set; }

    public Task StepAsync(DateOnly day, string step, Func<Task> work) =>
        StepAsync(
            day,
            step,
            async () =>
            {
                await work();
                return true;
            }
        );

    public async Task<T> StepAsync<T>(DateOnly day, string step, Func<Task<T>> work)
    {
        var started = Machine.GetTimestamp();
        Current = new(day, step, time.GetUtcNow());
        try
        {
            var result = await work();
            duration.Record(Machine.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("step", step));
            return result;
        }
        finally
        {
            Current = null;
        }
    }
}

sealed record RunningStep(DateOnly Day, string Step, DateTimeOffset Since);
