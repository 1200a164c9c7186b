using Tocsin.Server.Api;

namespace Tocsin.Server.Performance.Vitals;

/// <summary>
/// The releases that page loads of the period ran in, project by project and the newest first; of very many, the hundred with the most page loads.
/// </summary>
[SnakeCase]
sealed record VitalReleasesShape
{
    public required IReadOnlyList<VitalReleaseShape> Releases { get; init; }
    public required bool Sampled { get; init; }
    public required bool Partial { get; init; }
}

/// <summary>Before: the release that it is held against; null where none before it has enough page loads. Count: of its own page loads.</summary>
[SnakeCase]
sealed record VitalReleaseShape(
    string Version,
    string Project,
    string? Before,
    long Count,
    VitalChangeShape Lcp,
    VitalChangeShape Inp,
    VitalChangeShape Cls,
    VitalChangeShape Fcp,
    VitalChangeShape Ttfb
)
{
    public static VitalReleaseShape Of(string project, VitalRelease release, VitalRelease? before)
    {
        var changes = Vital.All.Select((vital, at) => VitalChangeShape.Of(vital, release.Sides[at], before?.Sides[at])).ToList();
        return new(
            release.Version,
            project,
            before?.Version,
            release.Count,
            changes[0],
            changes[1],
            changes[2],
            changes[3],
            changes[4]
        );
    }
}

/// <summary>
/// Change: <c>worse</c>, <c>better</c>, <c>same</c>, or <c>unknown</c> where either release has too few page loads that tell the vital. P75 and
/// Before (that of the release before): milliseconds, CLS without unit; null where nothing was measured.
/// </summary>
[SnakeCase]
sealed record VitalChangeShape(double? P75, double? Before, string Change)
{
    public static VitalChangeShape Of(Vital vital, VitalSide after, VitalSide? before) =>
        new(after.P75, before?.P75, Word(before is null ? VitalChange.Unknown : VitalChangeRule.Of(vital, before, after)));

    static string Word(VitalChange change) =>
        change switch
        {
            VitalChange.Worse => "worse",
            VitalChange.Better => "better",
            VitalChange.Same => "same",
            _ => "unknown",
        };
}
