using System.Diagnostics.Metrics;

namespace Bench.Pipeline;

/// <summary>
/// Adds up a histogram of seconds by its <c>step</c>; and where the steps follow each other, the processor time of the whole process from one
/// step's end to the next. That is not asked for where steps are short: to ask takes microseconds.
/// </summary>
sealed class StepSums : IDisposable
{
    readonly MeterListener _listener;
    readonly Lock _gate = new();
    readonly Dictionary<string, (double Seconds, TimeSpan Processor)> _sums = [];
    readonly bool _withProcessor;
    TimeSpan _last;

    public StepSums(string instrument, bool withProcessor)
    {
        _withProcessor = withProcessor;
        _last = withProcessor ? Environment.CpuUsage.TotalTime : default;
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

    public IReadOnlyDictionary<string, (double Seconds, TimeSpan Processor)> Sums => _sums;

    public void Dispose() => _listener.Dispose();

    void Add(string step, double seconds)
    {
        lock (_gate)
        {
            var now = _withProcessor ? Environment.CpuUsage.TotalTime : default;
            var (sum, processor) = _sums.GetValueOrDefault(step);
            _sums[step] = (sum + seconds, processor + now - _last);
            _last = now;
        }
    }
}
