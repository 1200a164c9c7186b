namespace Tocsin.Server.Traces.Detectors;

/// <summary>A kind of performance problem, under the name and number that Sentry's API gives it.</summary>
sealed record ProblemKind(string Type, int Number, string Title)
{
    public static ProblemKind NPlusOneQueries { get; } = new("performance_n_plus_one_db_queries", 1006, "N+1 Query");
    public static ProblemKind SlowQuery { get; } = new("performance_slow_db_query", 1001, "Slow DB Query");
    public static ProblemKind ConsecutiveQueries { get; } =
        new("performance_consecutive_db_queries", 1007, "Consecutive DB Queries");
    public static ProblemKind NPlusOneCalls { get; } = new("performance_n_plus_one_api_calls", 1010, "N+1 API Call");
    public static ProblemKind ConsecutiveCalls { get; } = new("performance_consecutive_http", 1009, "Consecutive HTTP");
    public static ProblemKind LargePayload { get; } = new("performance_large_http_payload", 1015, "Large HTTP payload");
    public static ProblemKind RenderBlocking { get; } =
        new("performance_render_blocking_asset_span", 1004, "Large Render Blocking Asset");
    public static ProblemKind Uncompressed { get; } = new("performance_uncompressed_assets", 1012, "Uncompressed Asset");
    public static ProblemKind QueuedCalls { get; } = new("performance_http_overhead", 1016, "HTTP/1.1 Overhead");
    public static ProblemKind EndpointRegression { get; } =
        new("performance_p95_endpoint_regression", 1018, "Endpoint Regression");
    public static ProblemKind FileOnMainThread { get; } = new("performance_file_io_main_thread", 1008, "File IO on Main Thread");
    public static ProblemKind QueryOnMainThread { get; } = new("performance_db_main_thread", 1013, "DB on Main Thread");
}
