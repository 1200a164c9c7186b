namespace Tocsin.Server.Traces.Detectors;

/// <summary>From where on something is a problem. The values are Sentry's defaults; times are microseconds, sizes bytes.</summary>
sealed record DetectorOptions
{
    public static DetectorOptions Default { get; } = new();

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
    public long MainThread { get; init; } = 16_000;
}
