using Tocsin.Server.Projects;
using Tocsin.Server.Traces.Detectors;

namespace Server.Tests.Traces.Detectors;

/// <summary>The same spans, just within and just beyond what a project has set.</summary>
public sealed class ThresholdTests
{
    const string Loop = """
        0 400 http.server /books
          1 10 db SELECT "books"."id" FROM "books"
          x8 +1 9 db SELECT "authors"."id" FROM "authors" WHERE "authors"."id" = %s
        """;

    const string Script =
        "{resource.render_blocking_status=blocking;http.response_content_length=600000;"
        + "http.decoded_response_content_length=600000}";

    public static TheoryData<string, string, double, double, string> Flips =>
        new()
        {
            { "performance_n_plus_one_db_queries", "n_plus_one_db_count", 8, 9, Loop },
            { "performance_n_plus_one_db_queries", "n_plus_one_db_duration_threshold", 72, 73, Loop },
            {
                "performance_slow_db_query",
                "slow_db_query_duration_threshold",
                800,
                801,
                "0 900 http.server /a\n  1 800 db SELECT a FROM b"
            },
            {
                "performance_consecutive_db_queries",
                "consecutive_db_min_time_saved_threshold",
                150,
                151,
                "0 900 http.server /a\n  1 150 db SELECT x FROM a\n  +1 160 db SELECT x FROM b"
            },
            {
                "performance_n_plus_one_api_calls",
                "n_plus_one_api_calls_total_duration_threshold",
                350,
                351,
                "0 900 pageload /\n  |12 1 350 http.client GET /api/orders/#"
            },
            {
                "performance_consecutive_http",
                "consecutive_http_spans_min_time_saved_threshold",
                3_000,
                3_001,
                "0 9000 pageload /\n  x4 1 1000 http.client GET https://a.example/p/#"
            },
            {
                "performance_large_http_payload",
                "large_http_payload_size_threshold",
                400_000,
                400_001,
                "0 1000 pageload /\n  1 900 http.client GET /api/all {http.response_content_length=400000}"
            },
            { "performance_http_overhead", "http_request_delay_threshold", 700, 701, QueuedCallsTests.Queue(700) },
            {
                "performance_render_blocking_asset_span",
                "render_blocking_fcp_ratio",
                0.5,
                0.51,
                $"0 9000 pageload / {{browser.web_vital.fcp.value=3000}}\n  100 1500 resource.script /a.js {Script}"
            },
            {
                "performance_uncompressed_assets",
                "uncompressed_asset_size_threshold",
                600_000,
                600_001,
                $"0 1000 pageload /\n  1 400 resource.script /a.js {Script}"
            },
            {
                "performance_uncompressed_assets",
                "uncompressed_asset_duration_threshold",
                400,
                401,
                $"0 1000 pageload /\n  1 400 resource.script /a.js {Script}"
            },
            {
                "performance_file_io_main_thread",
                "file_io_on_main_thread_duration_threshold",
                20,
                21,
                "0 1000 ui.load A\n  1 20 file.read a.json {blocked_main_thread=true}"
            },
            {
                "performance_db_main_thread",
                "db_on_main_thread_duration_threshold",
                20,
                21,
                "0 1000 ui.load A\n  1 20 db.sql.query SELECT a FROM b {blocked_main_thread=true}"
            },
        };

    [Theory]
    [MemberData(nameof(Flips))]
    public void What_reaches_the_projects_threshold_is_found_and_says_so(
        string type,
        string threshold,
        double reached,
        double missed,
        string spans
    )
    {
        var found = Find(type, spans, Set(threshold, reached)).ShouldHaveSingleItem();

        var measure = found.Measures.Single(measure => measure.Threshold.Name == threshold);
        (measure.Value, measure.Limit).ShouldBe((reached, reached));
        Find(type, spans, Set(threshold, missed)).ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(Flips))]
    public void A_detector_that_is_off_finds_nothing(string type, string threshold, double reached, double missed, string spans)
    {
        var detector = DetectorTable.All.Single(one => one.Kind.Type == type);
        detector.Thresholds.ShouldContain(one => one.Name == threshold);
        var on = Set(threshold, reached);
        missed.ShouldBeGreaterThan(reached);

        Find(type, spans, on).ShouldNotBeEmpty();
        Find(type, spans, on with { DetectorsOff = [detector.Switch] }).ShouldBeEmpty();
    }

    [Fact]
    public void Every_threshold_is_tried_here_but_those_of_the_watch_over_releases() =>
        DetectorTable
            .AllThresholds.Except(DetectorTable.EndpointRegression.Thresholds)
            .Select(threshold => threshold.Name)
            .ShouldBe(Flips.Select(flip => flip.Data.Item2), ignoreOrder: true);

    [Fact]
    public void What_is_usual_lies_within_the_bounds_and_is_what_a_project_has_that_sets_nothing()
    {
        foreach (var threshold in DetectorTable.AllThresholds)
        {
            threshold.Usual.ShouldBeInRange(threshold.Least, threshold.Most, threshold.Name);
            threshold.Of(DetectorOptions.Of(Set(threshold.Name, threshold.Most))).ShouldBe(threshold.Most, 1e-9, threshold.Name);
        }
        DetectorOptions.Of(ProjectOptions.Default).ShouldBeSameAs(DetectorOptions.Default);
    }

    [Theory]
    [InlineData("slow_db_query_duration_threshold", 1_812.25, "Time of the query: 1,812.25 ms, threshold 500 ms")]
    [InlineData("large_http_payload_size_threshold", 1_300_000, "Size of the answer: 1,300,000 bytes, threshold 300,000 bytes")]
    [InlineData("n_plus_one_db_count", 12, "Repeated queries: 12, threshold 5")]
    [InlineData("transaction_duration_regression_ratio", 3.456, "p95 as a multiple of the one before: 3.46, threshold 1.5")]
    public void A_measure_reads_as_a_line(string threshold, double value, string line) =>
        DetectorTable
            .AllThresholds.Single(one => one.Name == threshold)
            .Measure(value, DetectorOptions.Default)
            .ToString()
            .ShouldBe(line);

    static ProjectOptions Set(string threshold, double value) =>
        ProjectOptions.Default with
        {
            DetectorThresholds = new Dictionary<string, double> { [threshold] = value },
        };

    static IEnumerable<Problem> Find(string type, string spans, ProjectOptions project) =>
        SpanShape.Problems(spans, DetectorOptions.Of(project)).Where(problem => problem.Kind.Type == type);
}
