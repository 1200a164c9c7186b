namespace Tocsin.Server.Traces.Regressions;

/// <summary>An endpoint where it runs: the same code behaves differently in another environment.</summary>
sealed record Endpoint(long ProjectId, string Transaction, string Op, string? Environment);

/// <summary>The runs of an endpoint in one release.</summary>
/// <param name="Live">When the release went live, microseconds since 1970 UTC.</param>
/// <param name="Runs">How many were seen; those that a sampled one stands for tell nothing more.</param>
/// <param name="P95">Milliseconds.</param>
sealed record EndpointRuns(string Release, long Live, double Runs, double P95);
