namespace Tocsin.Server.Traces.Regressions;

/// <summary>
/// When and how the endpoints of a new release are compared with those of the one before. How much slower is too slow is each project's to say.
/// </summary>
sealed record RegressionOptions
{
    public TimeSpan Look { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>So long after it went live a release is compared; it may reach an environment days after another.</summary>
    public TimeSpan Watched { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Runs that began so long ago at most count, on both sides.</summary>
    public TimeSpan Window { get; init; } = TimeSpan.FromDays(2);

    /// <summary>How many standard errors the share of slow runs must have risen by: thousands of endpoints are looked at hundreds of times a day.</summary>
    public double Significance { get; init; } = 4;
}
