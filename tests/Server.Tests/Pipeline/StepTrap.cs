using System.Diagnostics.Metrics;

namespace Server.Tests.Pipeline;

/// <summary>
/// Stands behind each step of the worker and of the retention, by the metric that the step leaves. It can throw there, or hold the worker there: a worker that
/// is held until the stores are closed does nothing more, as in a process that is gone.
/// </summary>
sealed class StepTrap : IDisposable
{
    readonly Lock _gate = new();
    readonly ManualResetEventSlim _letGo = new();
    MeterListener? _listener;
    string? _step;
    int _countdown;
    TaskCompletionSource? _held;

    /// <summary>The so manieth time that the step ends, it fails.</summary>
    public void FailsAfter(string step, int times = 1) => Set(step, times, null);

    /// <summary>Completes when the worker is held behind the step.</summary>
    public Task HoldsAfterAsync(string step, int times)
    {
        var held = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Set(step, times, held);
        return held.Task.WaitAsync(TimeSpan.FromSeconds(60));
    }

    /// <summary>The held worker ends.</summary>
    public void LetGo() => _letGo.Set();

    public void Listen(IMeterFactory factory)
    {
        _listener = new MeterListener
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
        _listener.SetMeasurementEventCallback<double>((_, _, tags, _) => Ended((string)tags[0].Value!));
        _listener.Start();
    }

    public void Deafen() => _listener?.Dispose();

    void Set(string step, int times, TaskCompletionSource? held)
    {
        lock (_gate)
        {
            (_step, _countdown, _held) = (step, times, held);
            _letGo.Reset();
        }
    }

    void Ended(string step)
    {
        lock (_gate)
        {
            if (step != _step || --_countdown > 0)
            {
                return;
            }
            _step = null;
        }
        if (_held is null)
        {
            throw new IOException($"planted after {step}");
        }
        _held.SetResult();
        _letGo.Wait();
        throw new OperationCanceledException();
    }

    public void Dispose()
    {
        _listener?.Dispose();
        _letGo.Dispose();
    }
}
