namespace Tocsin.Server.Traces.Normalise;

/// <summary>Which devices are held in a hand, where no browser says so: its system and what its vendor calls it tell.</summary>
static class Handheld
{
    /// <summary><c>mobile</c> or <c>tablet</c>; null for what is neither, or not known to be.</summary>
    public static string? Of(string? system, string? model) =>
        system is "iPadOS" || model?.StartsWith("iPad", StringComparison.Ordinal) == true ? "tablet"
        : system is "Android" or "iOS" || model?.StartsWith("iPhone", StringComparison.Ordinal) == true ? "mobile"
        : null;
}
