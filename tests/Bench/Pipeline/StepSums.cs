using System.Diagnostics.Metrics;

namespace Bench.Pipeline;

/// <summary>Adds up a histogram of seconds by its <c>step</c>.</summary>
sealed class StepSums : IDisposable
{
    readonly MeterListener _listener;
    readonly Lock _gate = new();
    readonly Dictionary<string, double> _sums = [];

    public StepSums(string instrument)
    {
        _listener = new MeterListener
        {
            InstrumentPublished = (published, listener) =>
            {
                if (published.Name == instrument)
                {
                    listener.EnableMeasurementEvents(published);
                }
            },
        };
        _listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Add((string)tags[0].Value!, seconds));
        _listener.Start();
    }

    public IReadOnlyDictionary<string, double> Sums => _sums;

    public void Dispose() => _listener.Dispose();

    void Add(string step, double seconds)
    {
        lock (_gate)
        {
            _sums[step] = _sums.GetValueOrDefault(step) + seconds;
        }
    }
}
