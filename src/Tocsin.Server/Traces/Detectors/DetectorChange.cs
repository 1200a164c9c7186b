using System.Globalization;
using System.Text.Json;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>A change of the detectors' settings, as it was sent.</summary>
/// <param name="Unknown">The first name that is no setting.</param>
sealed record DetectorChange(
    IReadOnlyDictionary<string, bool> Switches,
    IReadOnlyDictionary<string, double> Thresholds,
    string? Unknown,
    IReadOnlyList<(string Field, string Sentence)> Problems
)
{
    public IReadOnlyDictionary<string, object> Taken =>
        Switches
            .Select(one => KeyValuePair.Create(one.Key, (object)one.Value))
            .Concat(Thresholds.Select(one => KeyValuePair.Create(one.Key, (object)one.Value)))
            .ToDictionary();

    public static DetectorChange Read(IReadOnlyDictionary<string, JsonElement> sent)
    {
        var switches = new Dictionary<string, bool>();
        var thresholds = new Dictionary<string, double>();
        var problems = new List<(string, string)>();
        string? unknown = null;
        foreach (var (name, value) in sent)
        {
            if (DetectorTable.All.Any(detector => detector.Switch == name))
            {
                if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                {
                    switches[name] = value.GetBoolean();
                }
                else
                {
                    problems.Add((name, "Must be a valid boolean."));
                }
            }
            else if (DetectorTable.AllThresholds.FirstOrDefault(threshold => threshold.Name == name) is { } threshold)
            {
                if (FaultOf(threshold, NumberOf(value)) is { } fault)
                {
                    problems.Add((name, fault));
                }
                else
                {
                    thresholds[name] = NumberOf(value)!.Value;
                }
            }
            else
            {
                unknown ??= name;
            }
        }
        return new(switches, thresholds, unknown, problems);
    }

    /// <summary>As Sentry holds it: what does not run has nothing to be set.</summary>
    public bool IsForDetectorThatIsOff(ProjectOptions present) =>
        DetectorTable.All.Any(detector =>
            present.DetectorsOff.Contains(detector.Switch)
            && !Switches.GetValueOrDefault(detector.Switch)
            && detector.Thresholds.Any(threshold => Thresholds.ContainsKey(threshold.Name))
        );

    public ProjectOptions ApplyTo(ProjectOptions present) =>
        present with
        {
            DetectorsOff =
            [
                .. present.DetectorsOff.Where(name => !Switches.ContainsKey(name)),
                .. Switches.Where(one => !one.Value).Select(one => one.Key),
            ],
            DetectorThresholds = present
                .DetectorThresholds.Where(one => !Thresholds.ContainsKey(one.Key))
                .Concat(Thresholds)
                .ToDictionary(),
        };

    public static ProjectOptions Reset(ProjectOptions present)
    {
        var kept = DetectorTable
            .All.Where(detector => present.DetectorsOff.Contains(detector.Switch))
            .SelectMany(detector => detector.Thresholds)
            .Select(threshold => threshold.Name)
            .ToHashSet();
        return present with
        {
            DetectorThresholds = present.DetectorThresholds.Where(one => kept.Contains(one.Key)).ToDictionary(),
        };
    }

    static double? NumberOf(JsonElement value) =>
        value.ValueKind switch
        {
            JsonValueKind.Number => value.GetDouble(),
            JsonValueKind.String
                when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) =>
                number,
            _ => null,
        };

    static string? FaultOf(Threshold threshold, double? value) =>
        value is not { } number || !double.IsFinite(number) || (threshold.IsWhole && number != Math.Floor(number))
            ? $"A valid {(threshold.IsWhole ? "integer" : "number")} is required."
        : number < threshold.Least
            ? string.Create(CultureInfo.InvariantCulture, $"Ensure this value is greater than or equal to {threshold.Least}.")
        : number > threshold.Most
            ? string.Create(CultureInfo.InvariantCulture, $"Ensure this value is less than or equal to {threshold.Most}.")
        : null;
}
