using System.Diagnostics.Metrics;

namespace Bench.Pipeline;

/// <summary>What a thread allocated from one step's end to the next, and how long each took.</summary>
sealed class AllocationSums : IDisposable
{
    readonly MeterListener listener;
    long last;

    /// <param name="instrument">A histogram of seconds with the tag <c>step</c>.</param>
    public AllocationSums(string instrument)
    {
        this.listener = new()
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

    public Dictionary<string, (double Seconds, long Bytes)> Sums { get; } = [];

    public void Reset()
    {
        Sums.Clear();
        last = GC.GetAllocatedBytesForCurrentThread();
    }

    public void Add(string step, double seconds)
    {
        var now = GC.GetAllocatedBytesForCurrentThread();
        var (sum, bytes) = Sums.GetValueOrDefault(step);
        Sums[step] = (sum + seconds, bytes + now - last);
        last = GC.GetAllocatedBytesForCurrentThread();
    }

    public void Dispose() => listener.Dispose();
}
