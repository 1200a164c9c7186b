namespace Tocsin.Server.Explore;

/// <summary>
/// A web vital as Sentry scores it (https://docs.sentry.io/product/insights/frontend/web-vitals/), by the limits for desktops: milliseconds, CLS
/// without unit.
/// </summary>
/// <param name="Weight">In the score of a page load that has all of them.</param>
/// <param name="Good">Scores 0.9.</param>
/// <param name="Poor">Scores 0.5.</param>
sealed record ScoredVital(string Name, double Weight, double Good, double Poor)
{
    public static IReadOnlyList<ScoredVital> All { get; } =
    [
        new("lcp", 0.30, 1200, 2400),
        new("inp", 0.30, 200, 500),
        new("cls", 0.15, 0.1, 0.25),
        new("fcp", 0.15, 900, 1600),
        new("ttfb", 0.10, 200, 400),
    ];

    /// <summary>Null: it is none.</summary>
    public static ScoredVital? Find(string name) => All.FirstOrDefault(vital => vital.Name == name);
}
