using Tocsin.Server.Projects;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>
/// From where on something is a problem in a project. The values are Sentry's defaults; times are microseconds, sizes bytes. Those that a project
/// may set are named in <see cref="Thresholds"/>.
/// </summary>
sealed record DetectorOptions
{
    public static DetectorOptions Default { get; } = new();

    /// <summary>The switches of the detectors that are off.</summary>
    public IReadOnlyList<string> Off { get; init; } = [];

    public int RepeatedQueries { get; init; } = 5;
    public long RepeatedQueriesTime { get; init; } = 50_000;
    public long SlowQuery { get; init; } = 500_000;
    public long ConsecutiveQueriesSavings { get; init; } = 100_000;
    public long ConsecutiveQuery { get; init; } = 30_000;
    public double ConsecutiveQueriesShare { get; init; } = 0.1;
    public int RepeatedCalls { get; init; } = 10;
    public long RepeatedCallsTime { get; init; } = 300_000;
    public long RepeatedCallsApart { get; init; } = 5_000;
    public int ConsecutiveCalls { get; init; } = 3;
    public long ConsecutiveCall { get; init; } = 500_000;
    public long ConsecutiveCallsApart { get; init; } = 500_000;
    public long ConsecutiveCallsSavings { get; init; } = 2_000_000;
    public long CallWaits { get; init; } = 500_000;
    public int CallsUnderWay { get; init; } = 5;
    public long Payload { get; init; } = 300_000;
    public long PayloadTime { get; init; } = 100_000;
    public double EarliestFcp { get; init; } = 2_000;
    public double LatestFcp { get; init; } = 10_000;
    public double ShareOfFcp { get; init; } = 0.33;
    public long BlockingAsset { get; init; } = 500_000;
    public long UncompressedAsset { get; init; } = 500 << 10;
    public long UncompressedAssetTime { get; init; } = 300_000;
    public long FileOnMainThread { get; init; } = 16_000;
    public long QueryOnMainThread { get; init; } = 16_000;
    public int RegressionRuns { get; init; } = 100;
    public double RegressionRatio { get; init; } = 1.5;
    public long RegressionDifference { get; init; } = 50_000;

    public static DetectorOptions Of(ProjectOptions project) =>
        project is { DetectorsOff.Count: 0, DetectorThresholds.Count: 0 }
            ? Default
            : DetectorTable.AllThresholds.Aggregate(
                Default with
                {
                    Off = project.DetectorsOff,
                },
                (options, threshold) =>
                    project.DetectorThresholds.TryGetValue(threshold.Name, out var value)
                        ? threshold.With(options, value)
                        : options
            );
}
