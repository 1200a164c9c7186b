using System.Globalization;
using System.Text.Json.Nodes;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>What a detector measured, and the project's threshold at that time; both in the threshold's unit.</summary>
sealed record Measure(Threshold Threshold, double Value, double Limit)
{
    public JsonObject ToJson() =>
        new()
        {
            ["name"] = Threshold.Name,
            ["value"] = Value,
            ["threshold"] = Limit,
        };

    /// <summary>For people: <c>Time of the query: 812 ms, threshold 500 ms</c>.</summary>
    public override string ToString() => $"{Threshold.Title}: {Text(Value)}, threshold {Text(Limit)}";

    string Text(double value) =>
        Threshold.Unit switch
        {
            ThresholdUnit.Milliseconds => value.ToString("#,0.##", CultureInfo.InvariantCulture) + " ms",
            ThresholdUnit.Bytes => value.ToString("#,0", CultureInfo.InvariantCulture) + " bytes",
            ThresholdUnit.Count => value.ToString("#,0", CultureInfo.InvariantCulture),
            _ => value.ToString("0.##", CultureInfo.InvariantCulture),
        };
}
