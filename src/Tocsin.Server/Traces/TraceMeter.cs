using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Tocsin.Server.Traces;

/// <summary>How long each step takes per item, and how many spans the items held.</summary>
sealed class TraceMeter
{
    readonly Histogram<double> steps;
    readonly Counter<long> spans;

    public TraceMeter(IMeterFactory meters)
    {
        var meter = meters.Create("Tocsin.Traces");
        steps = meter.CreateHistogram<double>("tocsin.traces.step", "s", "Time of one step for one item.");
        spans = meter.CreateCounter<long>("tocsin.traces.spans", "{span}", "Spans prepared for the stores.");
    }

    public void Step(string name, long started) =>
        steps.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("step", name));

    public void Spans(int count) => spans.Add(count);
}
