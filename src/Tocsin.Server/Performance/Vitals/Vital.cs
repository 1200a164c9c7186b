using Tocsin.Server.Explore;
using Tocsin.Server.Explore.Reading;

namespace Tocsin.Server.Performance.Vitals;

/// <summary>
/// A web vital and where its value counts as good or poor. Google's limits are the standard; Sentry's desktop ones are an option. Of either
/// set, the good limit scores 0.9 and the poor one 0.5.
/// </summary>
sealed record Vital(string Name, double Weight, VitalLimits Google, VitalLimits Sentry)
{
    public static IReadOnlyList<Vital> All { get; } =
    [
        .. ScoredVital.All.Select(vital => new Vital(
            vital.Name,
            vital.Weight,
            VitalLimits.Find($"measurements.{vital.Name}")!.Value,
            new(vital.Good, vital.Poor)
        )),
    ];

    public VitalLimits Limits(VitalThresholds thresholds) => thresholds == VitalThresholds.Sentry ? Sentry : Google;
}

enum VitalThresholds
{
    Google,
    Sentry,
}
