using Tocsin.Server.Explore;
using Tocsin.Server.Explore.Reading;

namespace Tocsin.Server.Performance.Vitals;

/// <summary>
/// A web vital and where its value counts as good or poor. Google's limits are the standard, the same for every device; Sentry's are an option.
/// Of either set, the good limit scores 0.9 and the poor one 0.5.
/// </summary>
sealed record Vital(string Name, double Weight, DeviceLimits Google, DeviceLimits Sentry)
{
    public static IReadOnlyList<Vital> All { get; } =
    [.. ScoredVital.All.Select(vital => new Vital(vital.Name, vital.Weight, GoogleLimits(vital.Name), vital.Limits))];

    static DeviceLimits GoogleLimits(string vital)
    {
        var limits = VitalLimits.Find($"measurements.{vital}")!.Value;
        return new(limits, limits);
    }

    public DeviceLimits Limits(VitalThresholds thresholds) => thresholds == VitalThresholds.Sentry ? Sentry : Google;
}

enum VitalThresholds
{
    Google,
    Sentry,
}
