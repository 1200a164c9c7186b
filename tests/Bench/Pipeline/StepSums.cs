using System.Diagnostics.Metrics;

namespace Bench.Pipeline;

/// <summary>
/// Adds up a histogram of seconds by its <c>step</c>; and where the steps follow each other, the processor time of the whole process from one
/// step's end to the next. That is not asked for where steps are short: to ask takes microseconds.
/// </summary>
sealed class StepSums : IDisposable
{
    readonly MeterListener listener;
    readonly Lock gate = new();
    readonly Dictionary<string, (double Seconds, TimeSpan Processor)> sums = [];
    readonly bool withProcessor;
    TimeSpan last;

    public StepSums(string instrument, bool withProcessor)
    {
        this.withProcessor = withProcessor;
        last = withProcessor ? Environment.CpuUsage.TotalTime : default;
        this.listener = new MeterListener
        {
            InstrumentPublished = (published, listener) =>
            {
                if (published.Name == instrument)
                {
                    listener.EnableMeasurementEvents(published);
                }
            },
        };
        this.listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) => Add((string)tags[0].Value!, seconds));
        this.listener.Start();
    }

    public IReadOnlyDictionary<string, (double Seconds, TimeSpan Processor)> Sums => sums;

    public void Dispose() => listener.Dispose();

    void Add(string step, double seconds)
    {
        lock (gate)
        {
            var now = withProcessor ? Environment.CpuUsage.TotalTime : default;
            var (sum, processor) = sums.GetValueOrDefault(step);
            sums[step] = (sum + seconds, processor + now - last);
            last = now;
        }
    }
}
