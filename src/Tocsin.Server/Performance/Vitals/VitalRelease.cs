namespace Tocsin.Server.Performance.Vitals;

/// <summary>The page loads of one release in one project.</summary>
/// <param name="Count">As many as have the most common vital; sampled ones count for those that they stand for.</param>
/// <param name="Sides">In the order of <see cref="Vital.All"/>.</param>
sealed record VitalRelease(long ProjectId, string Version, long Count, IReadOnlyList<VitalSide> Sides);
