namespace Tocsin.Server.Performance.Vitals;

enum VitalChange
{
    /// <summary>Too few page loads tell the vital.</summary>
    Unknown,
    Same,
    Worse,
    Better,
}

/// <summary>Whether a release changed a vital. The p75 of few page loads moves by itself, so that its rise alone proves nothing.</summary>
static class VitalChangeRule
{
    /// <summary>That each side must have.</summary>
    public const double LeastLoads = 50;

    const double Ratio = 1.1;

    /// <summary>Of what is good at most: what nobody feels is no change.</summary>
    const double Difference = 0.05;

    public static VitalChange Of(Vital vital, VitalSide before, VitalSide after) =>
        before.Seen < LeastLoads || after.Seen < LeastLoads ? VitalChange.Unknown
        : IsWorse(vital, before, after) ? VitalChange.Worse
        : IsWorse(vital, after, before) ? VitalChange.Better
        : VitalChange.Same;

    static bool IsWorse(Vital vital, VitalSide than, VitalSide side) =>
        side.P75 >= Ratio * than.P75 && side.P75 - than.P75 >= Difference * vital.Google.Desktop.Good && side.Low > than.High;
}
