namespace Tocsin.Server.Traces.Detectors;

/// <summary>All that a project may set, with the bounds that Sentry's API has where it has the name.</summary>
static class Thresholds
{
    public static Threshold RepeatedQueries { get; } =
        new(
            "n_plus_one_db_count",
            "Repeated queries",
            ThresholdUnit.Count,
            5,
            100,
            options => options.RepeatedQueries,
            (options, value) => options with { RepeatedQueries = (int)value }
        );

    public static Threshold RepeatedQueriesTime { get; } =
        Time(
            "n_plus_one_db_duration_threshold",
            "Time of the repeated queries",
            (50, 10_000),
            options => options.RepeatedQueriesTime,
            (options, value) => options with { RepeatedQueriesTime = value }
        );

    public static Threshold SlowQuery { get; } =
        Time(
            "slow_db_query_duration_threshold",
            "Time of the query",
            (100, 10_000),
            options => options.SlowQuery,
            (options, value) => options with { SlowQuery = value }
        );

    public static Threshold ConsecutiveQueriesSavings { get; } =
        Time(
            "consecutive_db_min_time_saved_threshold",
            "Time that could be saved",
            (50, 5_000),
            options => options.ConsecutiveQueriesSavings,
            (options, value) => options with { ConsecutiveQueriesSavings = value }
        );

    public static Threshold RepeatedCallsTime { get; } =
        Time(
            "n_plus_one_api_calls_total_duration_threshold",
            "Time of the repeated calls",
            (100, 10_000),
            options => options.RepeatedCallsTime,
            (options, value) => options with { RepeatedCallsTime = value }
        );

    public static Threshold ConsecutiveCallsSavings { get; } =
        Time(
            "consecutive_http_spans_min_time_saved_threshold",
            "Time that could be saved",
            (1_000, 10_000),
            options => options.ConsecutiveCallsSavings,
            (options, value) => options with { ConsecutiveCallsSavings = value }
        );

    public static Threshold Payload { get; } =
        Size(
            "large_http_payload_size_threshold",
            "Size of the answer",
            options => options.Payload,
            (options, value) => options with { Payload = value }
        );

    public static Threshold CallWaits { get; } =
        Time(
            "http_request_delay_threshold",
            "Wait for a connection",
            (200, 10_000),
            options => options.CallWaits,
            (options, value) => options with { CallWaits = value }
        );

    public static Threshold ShareOfFcp { get; } =
        new(
            "render_blocking_fcp_ratio",
            "Share of the time to the first contentful paint",
            ThresholdUnit.Ratio,
            0.2,
            0.95,
            options => options.ShareOfFcp,
            (options, value) => options with { ShareOfFcp = value }
        );

    public static Threshold UncompressedAsset { get; } =
        Size(
            "uncompressed_asset_size_threshold",
            "Size of the file",
            options => options.UncompressedAsset,
            (options, value) => options with { UncompressedAsset = value }
        );

    public static Threshold UncompressedAssetTime { get; } =
        Time(
            "uncompressed_asset_duration_threshold",
            "Time of the file's loading",
            (100, 10_000),
            options => options.UncompressedAssetTime,
            (options, value) => options with { UncompressedAssetTime = value }
        );

    public static Threshold FileOnMainThread { get; } =
        Time(
            "file_io_on_main_thread_duration_threshold",
            "Time on the main thread",
            (10, 50),
            options => options.FileOnMainThread,
            (options, value) => options with { FileOnMainThread = value }
        );

    public static Threshold QueryOnMainThread { get; } =
        Time(
            "db_on_main_thread_duration_threshold",
            "Time on the main thread",
            (10, 50),
            options => options.QueryOnMainThread,
            (options, value) => options with { QueryOnMainThread = value }
        );

    public static Threshold RegressionRatio { get; } =
        new(
            "transaction_duration_regression_ratio",
            "p95 as a multiple of the one before",
            ThresholdUnit.Ratio,
            1.1,
            10,
            options => options.RegressionRatio,
            (options, value) => options with { RegressionRatio = value }
        );

    public static Threshold RegressionDifference { get; } =
        Time(
            "transaction_duration_regression_difference_threshold",
            "Rise of the p95",
            (10, 10_000),
            options => options.RegressionDifference,
            (options, value) => options with { RegressionDifference = value }
        );

    public static Threshold RegressionRuns { get; } =
        new(
            "transaction_duration_regression_count",
            "Runs of either release",
            ThresholdUnit.Count,
            20,
            100_000,
            options => options.RegressionRuns,
            (options, value) => options with { RegressionRuns = (int)value }
        );

    // The options hold microseconds, the API speaks of milliseconds.
    static Threshold Time(
        string name,
        string title,
        (double Least, double Most) bounds,
        Func<DetectorOptions, long> of,
        Func<DetectorOptions, long, DetectorOptions> with
    ) =>
        new(
            name,
            title,
            ThresholdUnit.Milliseconds,
            bounds.Least,
            bounds.Most,
            options => of(options) / 1e3,
            (options, value) => with(options, (long)(value * 1e3))
        );

    static Threshold Size(
        string name,
        string title,
        Func<DetectorOptions, long> of,
        Func<DetectorOptions, long, DetectorOptions> with
    ) =>
        new(
            name,
            title,
            ThresholdUnit.Bytes,
            100_000,
            10_000_000,
            options => of(options),
            (options, value) => with(options, (long)value)
        );
}
