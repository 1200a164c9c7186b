using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Tocsin.Server.Traces;

/// <summary>How long each step takes per item, and how many spans the items held.</summary>
sealed class TraceMeter
{
    readonly Histogram<double> _steps;
    readonly Counter<long> _spans;

    public TraceMeter(IMeterFactory meters)
    {
        var meter = meters.Create("Tocsin.Traces");
        _steps = meter.CreateHistogram<double>("tocsin.traces.step", "s", "Time of one step for one item.");
        _spans = meter.CreateCounter<long>("tocsin.traces.spans", "{span}", "Spans prepared for the stores.");
    }

    public void Step(string name, long started) =>
        _steps.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("step", name));

    public void Spans(int count) => _spans.Add(count);
}
