using Tocsin.Server.Pipeline;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Traces.Regressions;

/// <summary>An endpoint where it runs: the same code behaves differently in another environment.</summary>
sealed record Endpoint(long ProjectId, string Transaction, string Op, string? Environment);

/// <summary>The runs of an endpoint in one release.</summary>
/// <param name="Live">When the release went live, microseconds since 1970 UTC.</param>
/// <param name="Runs">How many were seen; those that a sampled one stands for tell nothing more.</param>
/// <param name="P95">Milliseconds.</param>
sealed record EndpointRuns(string Release, long Live, double Runs, double P95);

/// <summary>An endpoint whose p95 rose with a release, in the runs of a period.</summary>
sealed record Suspect(Endpoint Endpoint, EndpointRuns Before, EndpointRuns After, RegressionLimits Limits, TimeRange Range)
{
    /// <summary>Of the event that there would be; the same in all environments.</summary>
    public EventKey Key =>
        new(Endpoint.ProjectId, Slowdown.IdOf(Endpoint.ProjectId, Endpoint.Transaction, Endpoint.Op, After.Release));
}
