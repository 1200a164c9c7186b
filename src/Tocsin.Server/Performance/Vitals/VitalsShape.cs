using Tocsin.Server.Api;
using Tocsin.Server.Explore;

namespace Tocsin.Server.Performance.Vitals;

/// <summary>
/// Web vitals as users met them. Values are milliseconds, CLS without unit; shares lie between 0 and 1; scores between 0 and 100, null
/// where nothing was measured.
/// </summary>
[SnakeCase]
sealed record VitalsShape
{
    public required VitalScoresShape Score { get; init; }
    public required VitalsByNameShape Vitals { get; init; }

    /// <summary>Seconds.</summary>
    public required long Interval { get; init; }

    /// <summary>By vital: seconds since 1970, p75, share of good, meh and poor; nulls where nothing was measured.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<double?>>> Series { get; init; }

    /// <summary>By the dimension asked for, most opportunity first; the hundred with the most page loads.</summary>
    public required IReadOnlyList<VitalsRowShape> Rows { get; init; }

    /// <summary>Whether there are others with fewer page loads.</summary>
    public required bool MoreRows { get; init; }

    /// <summary>What the vitals were measured at: the element that was painted last, that moved, that was touched.</summary>
    public required IReadOnlyList<VitalElementShape> Elements { get; init; }

    /// <summary><c>google</c> or <c>sentry</c>.</summary>
    public required string Thresholds { get; init; }
    public required IReadOnlyList<VitalLimitShape> Limits { get; init; }

    /// <summary>The share of what was measured that came from phones, 0 to 1.</summary>
    public required double Phones { get; init; }
    public required bool Sampled { get; init; }
    public required bool Partial { get; init; }
}

[SnakeCase]
sealed record VitalScoresShape(double? Total, double? Lcp, double? Inp, double? Cls, double? Fcp, double? Ttfb);

[SnakeCase]
sealed record VitalsByNameShape(VitalShape Lcp, VitalShape Inp, VitalShape Cls, VitalShape Fcp, VitalShape Ttfb);

[SnakeCase]
sealed record VitalShape(double? P75, double Good, double Meh, double Poor, long Count);

/// <summary>Opportunity: points by which the total would rise if this row were perfect.</summary>
[SnakeCase]
sealed record VitalsRowShape(
    string Name,
    string? Project,
    double? Score,
    double Opportunity,
    long Count,
    VitalShape Lcp,
    VitalShape Inp,
    VitalShape Cls,
    VitalShape Fcp,
    VitalShape Ttfb
);

[SnakeCase]
sealed record VitalElementShape(string Vital, string Element, VitalShape Measured);

/// <summary>Good up to Good, poor above Poor; what came from a phone by PhoneGood and PhonePoor.</summary>
[SnakeCase]
sealed record VitalLimitShape(string Vital, double Good, double Poor, double PhoneGood, double PhonePoor, double Weight)
{
    public static VitalLimitShape Of(Vital vital, DeviceLimits limits) =>
        new(vital.Name, limits.Desktop.Good, limits.Desktop.Poor, limits.Phone.Good, limits.Phone.Poor, vital.Weight);
}
