namespace Tocsin.Server.Performance.Vitals;

/// <summary>
/// A web vital and where its value counts as good or poor. Google's limits are the standard; Sentry's desktop ones are an option. Of either
/// set, the good limit scores 0.9 and the poor one 0.5.
/// </summary>
sealed record Vital(string Name, double Weight, VitalLimits Google, VitalLimits Sentry)
{
    public static IReadOnlyList<Vital> All { get; } =
    [
        new("lcp", 0.30, new(2500, 4000), new(1200, 2400)),
        new("inp", 0.30, new(200, 500), new(200, 500)),
        new("cls", 0.15, new(0.1, 0.25), new(0.1, 0.25)),
        new("fcp", 0.15, new(1800, 3000), new(900, 1600)),
        new("ttfb", 0.10, new(800, 1800), new(200, 400)),
    ];

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
