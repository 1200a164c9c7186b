using Tocsin.Telemetry;

namespace Tocsin.Server.Performance.Vitals;

/// <summary>What the page loads of one release had of a vital.</summary>
/// <param name="Seen">How many told it; those that a sampled one stands for tell nothing more.</param>
/// <param name="P75">Null where none told it.</param>
/// <param name="Low">Between it and High the p75 of all page loads that might have come lies almost surely.</param>
/// <param name="High">See Low.</param>
sealed record VitalSide(double Seen, double? P75, double Low, double High)
{
    /// <summary>Of each side: together they are nearly three of the difference.</summary>
    const double StandardErrors = 2;

    public static VitalSide Of(double seen, double? p75, Distribution values)
    {
        var error = StandardErrors * Math.Sqrt(0.75 * 0.25 / Math.Max(1, seen));
        return new(seen, p75, At(0.75 - error), At(0.75 + error));

        double At(double share) => values.Quantile(Math.Clamp(share, 0, 1)) ?? 0;
    }
}
