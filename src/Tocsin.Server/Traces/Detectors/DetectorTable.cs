namespace Tocsin.Server.Traces.Detectors;

/// <summary>All detectors that there are.</summary>
static class DetectorTable
{
    public static Detector EndpointRegression { get; } =
        new(
            ProblemKind.EndpointRegression,
            "transaction_duration_regression_detection_enabled",
            [Thresholds.RegressionRatio, Thresholds.RegressionDifference, Thresholds.RegressionRuns],
            Find: null
        );

    /// <summary>In this order they look at a segment.</summary>
    public static IReadOnlyList<Detector> All { get; } =
    [
        new(
            ProblemKind.NPlusOneQueries,
            "n_plus_one_db_queries_detection_enabled",
            [Thresholds.RepeatedQueries, Thresholds.RepeatedQueriesTime],
            NPlusOneQueries.Find
        ),
        new(ProblemKind.SlowQuery, "slow_db_queries_detection_enabled", [Thresholds.SlowQuery], SlowQuery.Find),
        new(
            ProblemKind.ConsecutiveQueries,
            "consecutive_db_queries_detection_enabled",
            [Thresholds.ConsecutiveQueriesSavings],
            ConsecutiveQueries.Find
        ),
        new(
            ProblemKind.NPlusOneCalls,
            "n_plus_one_api_calls_detection_enabled",
            [Thresholds.RepeatedCallsTime],
            NPlusOneCalls.Find
        ),
        new(
            ProblemKind.ConsecutiveCalls,
            "consecutive_http_spans_detection_enabled",
            [Thresholds.ConsecutiveCallsSavings],
            ConsecutiveCalls.Find
        ),
        new(ProblemKind.LargePayload, "large_http_payload_detection_enabled", [Thresholds.Payload], LargePayload.Find),
        new(ProblemKind.QueuedCalls, "http_overhead_detection_enabled", [Thresholds.CallWaits], QueuedCalls.Find),
        new(
            ProblemKind.RenderBlocking,
            "large_render_blocking_asset_detection_enabled",
            [Thresholds.ShareOfFcp],
            RenderBlockingAsset.Find
        ),
        new(
            ProblemKind.Uncompressed,
            "uncompressed_assets_detection_enabled",
            [Thresholds.UncompressedAsset, Thresholds.UncompressedAssetTime],
            UncompressedAsset.Find
        ),
        new(
            ProblemKind.FileOnMainThread,
            "file_io_on_main_thread_detection_enabled",
            [Thresholds.FileOnMainThread],
            MainThreadWork.FindFiles
        ),
        new(
            ProblemKind.QueryOnMainThread,
            "db_on_main_thread_detection_enabled",
            [Thresholds.QueryOnMainThread],
            MainThreadWork.FindQueries
        ),
        EndpointRegression,
    ];

    public static IReadOnlyList<Threshold> AllThresholds { get; } = [.. All.SelectMany(detector => detector.Thresholds)];
}
