using Tocsin.Server.Explore;

namespace Tocsin.Server.Performance.Vitals;

/// <summary>
/// A web vital and where its value counts as good or poor. Google's limits are the standard; Sentry's desktop ones are an option. Of either
/// set, the good limit scores 0.9 and the poor one 0.5.
/// </summary>
sealed record Vital(string Name, double Weight, VitalLimits Google, VitalLimits Sentry)
{
    public static IReadOnlyList<Vital> All { get; } =
    [
        Of("lcp", new(2500, 4000)),
        Of("inp", new(200, 500)),
        Of("cls", new(0.1, 0.25)),
        Of("fcp", new(1800, 3000)),
        Of("ttfb", new(800, 1800)),
    ];

    static Vital Of(string name, VitalLimits google)
    {
        var scored = ScoredVital.All.Single(vital => vital.Name == name);
        return new(name, scored.Weight, google, new(scored.Good, scored.Poor));
    }

    public VitalLimits Limits(VitalThresholds thresholds) => thresholds == VitalThresholds.Sentry ? Sentry : Google;
}

/// <summary>Milliseconds, CLS without unit. Good up to the first (inclusive), poor above the second.</summary>
readonly record struct VitalLimits(double Good, double Poor)
{
    public double Score(double value) => VitalScore.Of(value, Good, Poor);
}

enum VitalThresholds
{
    Google,
    Sentry,
}
