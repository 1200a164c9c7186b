namespace Tocsin.Server.Explore;

/// <summary>
/// A web vital as Sentry scores it (https://docs.sentry.io/product/insights/frontend/web-vitals/): milliseconds, CLS without unit.
/// </summary>
/// <param name="Weight">In the score of a page load that has all of them.</param>
/// <param name="Limits">The good one scores 0.9, the poor one 0.5.</param>
sealed record ScoredVital(string Name, double Weight, DeviceLimits Limits)
{
    public static IReadOnlyList<ScoredVital> All { get; } =
    [
        new("lcp", 0.30, new(new(1200, 2400), new(2500, 4000))),
        new("inp", 0.30, new(new(200, 500), new(200, 500))),
        new("cls", 0.15, new(new(0.1, 0.25), new(0.1, 0.25))),
        new("fcp", 0.15, new(new(900, 1600), new(1800, 3000))),
        new("ttfb", 0.10, new(new(200, 400), new(800, 1800))),
    ];

    /// <summary>Null: it is none.</summary>
    public static ScoredVital? Find(string name) => All.FirstOrDefault(vital => vital.Name == name);
}
