using System.Diagnostics.Metrics;

namespace Server.Tests.Pipeline;

/// <summary>
/// Stands behind each step of the worker and of the retention, by the metric that the step leaves. It can throw there, or hold the worker there: a worker that
/// is held until the stores are closed does nothing more, as in a process that is gone.
/// </summary>
sealed class StepTrap : IDisposable
{
    readonly Lock gate = new();
    readonly ManualResetEventSlim letGo = new();
    MeterListener? listener;
    string? step;
    int countdown;
    bool goesOn;
    TaskCompletionSource? held;

    /// <summary>The so manieth time that the step ends, it fails.</summary>
    public void FailsAfter(string step, int times = 1) => Set(step, times, null, goesOn: false);

    /// <summary>Completes when the worker is held behind the step. Let go, it ends, or goes on as if nothing had been.</summary>
    public Task HoldsAfterAsync(string step, int times, bool goesOn = false)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Set(step, times, held, goesOn);
        return held.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    public void LetGo() => letGo.Set();

    public void Listen(IMeterFactory factory)
    {
        this.listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (
                    instrument.Name is "tocsin.pipeline.step.duration" or "tocsin.retention.step.duration"
                    && instrument.Meter.Scope == factory
                )
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        this.listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Ended((string)tags[0].Value!));
        this.listener.Start();
    }

    public void Deafen() => listener?.Dispose();

    void Set(string step, int times, TaskCompletionSource? held, bool goesOn)
    {
        lock (gate)
        {
            (this.step, countdown, this.held, this.goesOn) = (step, times, held, goesOn);
            letGo.Reset();
        }
    }

    void Ended(string step)
    {
        lock (gate)
        {
            if (step != this.step || --countdown > 0)
            {
                return;
            }
            this.step = null;
        }
        if (held is null)
        {
            throw new IOException($"planted after {step}");
        }
        held.SetResult();
        letGo.Wait();
        if (!goesOn)
        {
            throw new OperationCanceledException();
        }
    }

    public void Dispose()
    {
        listener?.Dispose();
        letGo.Dispose();
    }
}
