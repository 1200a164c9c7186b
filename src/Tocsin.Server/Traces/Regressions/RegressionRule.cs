namespace Tocsin.Server.Traces.Regressions;

/// <summary>Whether an endpoint became slower. The p95 of few runs jumps by itself, so that its rise alone proves nothing.</summary>
static class RegressionRule
{
    public static bool Suspects(EndpointRuns before, EndpointRuns after, RegressionLimits limits) =>
        before.Runs >= limits.Runs
        && after.Runs >= limits.Runs
        && after.P95 >= limits.Ratio * before.P95
        && after.P95 - before.P95 >= limits.Difference;

    /// <summary>
    /// The shares of runs that took longer than the earlier p95, compared as two proportions. The earlier share is 5 % but for runs that took
    /// exactly as long.
    /// </summary>
    public static bool Proves(
        EndpointRuns before,
        double slowBefore,
        EndpointRuns after,
        double slowAfter,
        RegressionOptions options
    )
    {
        var together = ((slowBefore * before.Runs) + (slowAfter * after.Runs)) / (before.Runs + after.Runs);
        var error = Math.Sqrt(together * (1 - together) * ((1 / before.Runs) + (1 / after.Runs)));
        return error > 0 ? (slowAfter - slowBefore) / error >= options.Significance : slowAfter > slowBefore;
    }
}
