using System.Net;
using System.Text.Json;
using Server.Tests.Hosting;
using Tocsin.Server.Projects;
using Tocsin.Server.Traces.Detectors;

namespace Server.Tests.Traces.Detectors;

public sealed class DetectorApiTests
{
    const string Issues = "/api/0/projects/default/default/performance-issues/";
    const string Configure = $"{Issues}configure/";

    [Fact]
    public async Task Everything_is_on_at_first_with_the_usual_thresholds_under_Sentrys_names()
    {
        await using var host = await TocsinHost.StartAsync();

        var all = await host.With().GetJsonAsync(Configure);

        all.EnumerateObject().Count().ShouldBe(DetectorTable.All.Count + DetectorTable.AllThresholds.Count);
        all.EnumerateObject()
            .Where(one => one.Name.EndsWith("_enabled", StringComparison.Ordinal))
            .ShouldAllBe(one => one.Value.ValueKind == JsonValueKind.True);
        all.GetProperty("slow_db_query_duration_threshold").GetRawText().ShouldBe("500");
        all.GetProperty("n_plus_one_db_count").GetRawText().ShouldBe("5");
        all.GetProperty("render_blocking_fcp_ratio").GetRawText().ShouldBe("0.33");
        all.GetProperty("consecutive_http_spans_min_time_saved_threshold").GetRawText().ShouldBe("2000");
    }

    [Fact]
    public async Task What_is_changed_is_answered_kept_and_told_with_its_bounds()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();

        var taken = await client.PutJsonAsync(
            Configure,
            new { slow_db_query_duration_threshold = "750", http_overhead_detection_enabled = false }
        );
        await client.PutJsonAsync("/api/0/projects/default/default/", new { name = "Renamed" });

        taken.EnumerateObject().Count().ShouldBe(2);
        taken.GetProperty("slow_db_query_duration_threshold").GetDouble().ShouldBe(750);
        var all = await client.GetJsonAsync(Configure);
        all.GetProperty("slow_db_query_duration_threshold").GetDouble().ShouldBe(750);
        all.GetProperty("http_overhead_detection_enabled").GetBoolean().ShouldBeFalse();
        var detectors = (await client.GetJsonAsync(Issues)).EnumerateArray().ToList();
        detectors
            .Single(one => one.Text("type") == "performance_http_overhead")
            .GetProperty("enabled")
            .GetBoolean()
            .ShouldBeFalse();
        var query = detectors.Single(one => one.Text("type") == "performance_slow_db_query").GetProperty("thresholds")[0];
        query.Text("unit").ShouldBe("milliseconds");
        (string Name, double Value)[] numbers = [("value", 750), ("usual", 500), ("least", 100), ("most", 10_000)];
        foreach (var (name, value) in numbers)
        {
            query.GetProperty(name).GetDouble().ShouldBe(value, name);
        }
    }

    [Theory]
    [InlineData(
        """{"slow_db_query_duration_threshold":99}""",
        "slow_db_query_duration_threshold",
        "greater than or equal to 100."
    )]
    [InlineData(
        """{"slow_db_query_duration_threshold":10001}""",
        "slow_db_query_duration_threshold",
        "less than or equal to 10000."
    )]
    [InlineData("""{"slow_db_query_duration_threshold":500.5}""", "slow_db_query_duration_threshold", "valid integer")]
    [InlineData("""{"slow_db_query_duration_threshold":"slow"}""", "slow_db_query_duration_threshold", "valid integer")]
    [InlineData("""{"slow_db_query_duration_threshold":null}""", "slow_db_query_duration_threshold", "valid integer")]
    [InlineData("""{"render_blocking_fcp_ratio":0.1}""", "render_blocking_fcp_ratio", "greater than or equal to 0.2.")]
    [InlineData("""{"slow_db_queries_detection_enabled":"maybe"}""", "slow_db_queries_detection_enabled", "valid boolean")]
    public async Task What_cannot_be_is_refused_at_its_field(string body, string field, string sentence)
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();

        var refusal = await client.PutJsonAsync(
            Configure,
            JsonSerializer.Deserialize<JsonElement>(body),
            HttpStatusCode.BadRequest
        );

        refusal.GetProperty(field)[0].GetString()!.ShouldContain(sentence);
        host.Get<ProjectDirectory>().Get(1)!.Options.DetectorThresholds.ShouldBeEmpty();
    }

    [Fact]
    public async Task Names_that_are_no_settings_are_refused_with_all_that_came_with_them()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();

        var refusal = await client.PutJsonAsync(
            Configure,
            new { n_plus_one_db_count = 7, tea_temperature = 60 },
            HttpStatusCode.BadRequest
        );
        var nothing = await client.PutJsonAsync(Configure, new { }, HttpStatusCode.BadRequest);

        refusal.Text("detail").ShouldBe("Invalid settings option: tea_temperature");
        nothing.Text("detail").ShouldBe("Invalid settings option");
        (await client.GetJsonAsync(Configure)).GetProperty("n_plus_one_db_count").GetInt32().ShouldBe(5);
    }

    [Fact]
    public async Task The_threshold_of_a_detector_that_is_off_waits_until_it_is_on()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();
        await client.PutJsonAsync(Configure, new { n_plus_one_db_count = 7 });
        await client.PutJsonAsync(Configure, new { n_plus_one_db_queries_detection_enabled = false });

        (await client.PutJsonAsync(Configure, new { n_plus_one_db_count = 9 }, HttpStatusCode.Forbidden))
            .Text("detail")
            .ShouldBe("Disabled options can not be modified");
        await client.PutJsonAsync(Configure, new { n_plus_one_db_queries_detection_enabled = true, n_plus_one_db_count = 9 });

        (await client.GetJsonAsync(Configure)).GetProperty("n_plus_one_db_count").GetInt32().ShouldBe(9);
    }

    [Fact]
    public async Task Resetting_leaves_switches_and_what_belongs_to_those_that_are_off()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();
        await client.PutJsonAsync(Configure, new { n_plus_one_db_count = 7, slow_db_query_duration_threshold = 900 });
        await client.PutJsonAsync(Configure, new { n_plus_one_db_queries_detection_enabled = false });

        using (var answer = await client.DeleteAsync(Configure))
        {
            answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        }

        var all = await client.GetJsonAsync(Configure);
        all.GetProperty("slow_db_query_duration_threshold").GetInt32().ShouldBe(500);
        all.GetProperty("n_plus_one_db_queries_detection_enabled").GetBoolean().ShouldBeFalse();
        all.GetProperty("n_plus_one_db_count").GetInt32().ShouldBe(7);
    }
}
