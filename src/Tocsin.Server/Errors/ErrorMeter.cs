using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Tocsin.Server.Errors;

/// <summary>How long each step takes.</summary>
sealed class ErrorMeter
{
    readonly Histogram<double> step;

    public ErrorMeter(IMeterFactory meters) =>
        step = meters
            .Create("tocsin.errors")
            .CreateHistogram<double>("tocsin.errors.step", "s", "Time of one step for one event");

    public void Step(string name, long started) =>
        step.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new KeyValuePair<string, object?>("step", name));
}
