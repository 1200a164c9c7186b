using System.Text.Json;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Explore;

public class SeriesTests(ExploreShop shop) : IClassFixture<ExploreShop>
{
    const string LastThreeHours = "start=2026-11-20T09:00:00&end=2026-11-20T12:00:00&interval=30m";

    static IReadOnlyList<double> Numbers(JsonElement line) =>
        [.. line.GetProperty("data").EnumerateArray().Select(pair => pair[1][0].GetProperty("count").GetDouble())];

    double[] PerStep(Func<SpanRow, bool> counts)
    {
        const long step = 1_800_000_000;
        var first = shop.Now - 6 * step;
        return
        [
            .. Enumerable
                .Range(0, 6)
                .Select(at => (double)shop.Transactions.Count(span => counts(span) && (span.Timestamp - first) / step == at)),
        ];
    }

    [Fact]
    public async Task One_axis_is_pairs_of_seconds_and_counts_without_gaps()
    {
        var line = await shop.GetAsync($"events-stats/?dataset=transactions&{LastThreeHours}");

        var times = line.GetProperty("data").EnumerateArray().Select(pair => pair[0].GetInt64()).ToList();
        times.Count.ShouldBe(6);
        times[0].ShouldBe(new DateTimeOffset(2026, 11, 20, 9, 0, 0, TimeSpan.Zero).ToUnixTimeSeconds());
        times.Zip(times.Skip(1), (first, second) => second - first).ShouldAllBe(step => step == 1800);
        Numbers(line).ShouldBe(PerStep(_ => true));
        Numbers(line)[0].ShouldBe(0);
        line.GetProperty("start").GetInt64().ShouldBe(times[0]);
        line.GetProperty("end").GetInt64().ShouldBe(times[^1] + 1800);
        line.GetProperty("meta").GetProperty("fields").GetProperty("count()").GetString().ShouldBe("integer");
    }

    [Fact]
    public async Task A_single_line_needs_no_order_whatever_a_client_says_of_it()
    {
        var line = await shop.GetAsync($"events-stats/?dataset=transactions&{LastThreeHours}&sort=-timestamp");

        Numbers(line).ShouldBe(PerStep(_ => true));
    }

    [Fact]
    public async Task Several_axes_come_by_their_names()
    {
        var lines = await shop.GetAsync(
            $"events-stats/?dataset=transactions&{LastThreeHours}&yAxis=count()&yAxis=failure_count()&yAxis=epm()"
        );

        Numbers(lines.GetProperty("count()")).ShouldBe(PerStep(_ => true));
        Numbers(lines.GetProperty("failure_count()")).ShouldBe(PerStep(span => span.Failed));
        Numbers(lines.GetProperty("epm()")).ShouldBe(PerStep(_ => true).Select(count => count / 30));
        lines.GetProperty("epm()").GetProperty("order").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task The_top_groups_have_lines_of_their_own_and_the_rest_one()
    {
        var lines = await shop.GetAsync(
            $"events-stats/?dataset=transactions&{LastThreeHours}&yAxis=count()&topEvents=2&field=transaction&field=count()&sort=-count()"
        );

        lines.EnumerateObject().Select(line => line.Name).ShouldBe(["GET /cart", "GET /stock", "Other"]);
        Numbers(lines.GetProperty("GET /cart")).ShouldBe(PerStep(span => span.Transaction == "GET /cart"));
        Numbers(lines.GetProperty("Other")).ShouldBe(PerStep(span => span.Transaction == "POST /pay"));
        lines.GetProperty("Other").GetProperty("order").GetInt32().ShouldBe(2);

        var without = await shop.GetAsync(
            $"events-stats/?dataset=transactions&{LastThreeHours}&topEvents=2&field=transaction&excludeOther=1"
        );
        without.EnumerateObject().Select(line => line.Name).ShouldBe(["GET /cart", "GET /stock"]);
    }

    [Fact]
    public async Task Where_groups_are_chosen_by_an_aggregate_no_line_mixes_the_others_with_those_left_out()
    {
        const string query =
            $"?dataset=transactions&{LastThreeHours}&yAxis=count()&topEvents=1&field=transaction&sort=-count()&query=count():<120";

        var stats = await shop.GetAsync("events-stats/" + query);
        var series = await shop.GetAsync("events-timeseries/" + query);

        stats.EnumerateObject().Select(line => line.Name).ShouldBe(["GET /stock"]);
        Numbers(stats.GetProperty("GET /stock")).ShouldBe(PerStep(span => span.Transaction == "GET /stock"));
        series
            .GetProperty("timeSeries")
            .EnumerateArray()
            .ShouldHaveSingleItem()
            .GetProperty("meta")
            .GetProperty("isOther")
            .GetBoolean()
            .ShouldBeFalse();
    }

    [Fact]
    public async Task Where_nothing_makes_a_group_the_line_is_of_zeros()
    {
        var line = await shop.GetAsync(
            $"events-stats/?dataset=transactions&{LastThreeHours}&topEvents=5&field=transaction&query=transaction:nothing"
        );

        Numbers(line).ShouldBe([0, 0, 0, 0, 0, 0]);
    }

    [Fact]
    public async Task Groups_of_several_fields_and_axes_are_nested_and_an_absent_value_has_a_name()
    {
        var lines = await shop.GetAsync(
            $"events-stats/?dataset=transactions&{LastThreeHours}&yAxis=count()&yAxis=p50(span.duration)&topEvents=10"
                + "&field=release&field=environment&sort=-count()"
        );

        var absent = lines.GetProperty("(no value),production");
        Numbers(absent.GetProperty("count()"))
            .ShouldBe(PerStep(span => span.Release is null && span.Environment == "production"));
        absent.GetProperty("order").GetInt32().ShouldBeInRange(0, 3);
        lines.EnumerateObject().Count().ShouldBe(4);
    }

    [Fact]
    public async Task Time_series_say_of_each_line_what_it_is()
    {
        var answer = await shop.GetAsync(
            $"events-timeseries/?dataset=transactions&{LastThreeHours}&yAxis=count()&yAxis=p95(span.duration)"
                + "&topEvents=1&groupBy=transaction"
        );

        answer.GetProperty("meta").GetProperty("dataset").GetString().ShouldBe("transactions");
        var lines = answer.GetProperty("timeSeries").EnumerateArray().ToList();
        lines.Count.ShouldBe(4);
        var first = lines[0];
        first.GetProperty("yAxis").GetString().ShouldBe("count()");
        first.GetProperty("groupBy")[0].GetProperty("key").GetString().ShouldBe("transaction");
        first.GetProperty("groupBy")[0].GetProperty("value").GetString().ShouldBe("GET /cart");
        first.GetProperty("meta").GetProperty("interval").GetInt64().ShouldBe(1_800_000);
        first.GetProperty("meta").GetProperty("isOther").GetBoolean().ShouldBeFalse();
        first
            .GetProperty("values")
            .EnumerateArray()
            .Select(value => value.GetProperty("value").GetDouble())
            .ShouldBe(PerStep(span => span.Transaction == "GET /cart"));
        lines[1].GetProperty("meta").GetProperty("valueUnit").GetString().ShouldBe("millisecond");
        // A quantile of nothing is not 0 milliseconds.
        lines[1].GetProperty("values")[0].GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Null);
        lines[2].GetProperty("meta").GetProperty("isOther").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_line_of_all_stands_beside_that_of_the_time_before()
    {
        double[] hourBefore = [0, 0, .. PerStep(_ => true)[..4]];

        var stats = await shop.GetAsync($"events-stats/?dataset=transactions&{LastThreeHours}&comparisonDelta=3600");
        var series = await shop.GetAsync(
            $"events-timeseries/?dataset=transactions&{LastThreeHours}&yAxis=count()&yAxis=avg(span.duration)&comparisonDelta=3600"
        );

        Numbers(stats).ShouldBe(PerStep(_ => true));
        stats
            .GetProperty("data")
            .EnumerateArray()
            .Select(pair => pair[1][0].GetProperty("comparisonCount").GetDouble())
            .ShouldBe(hourBefore);
        var lines = series.GetProperty("timeSeries").EnumerateArray().Select(line => line.GetProperty("values")).ToList();
        lines[0].EnumerateArray().Select(value => value.GetProperty("comparisonValue").GetDouble()).ShouldBe(hourBefore);
        lines[1][0].TryGetProperty("comparisonValue", out _).ShouldBeFalse("of nothing there is no average");
        lines[1][5].GetProperty("comparisonValue").GetDouble().ShouldBe(lines[1][3].GetProperty("value").GetDouble(), 1e-6);
    }

    [Fact]
    public async Task Nothing_is_compared_unasked_or_within_groups_and_only_by_whole_seconds()
    {
        var line = await shop.GetAsync($"events-stats/?dataset=transactions&{LastThreeHours}");
        var groups = await shop.GetAsync(
            $"events-stats/?dataset=transactions&{LastThreeHours}&topEvents=1&field=transaction&comparisonDelta=3600"
        );

        line.GetProperty("data")[5][1][0].TryGetProperty("comparisonCount", out _).ShouldBeFalse();
        groups.GetProperty("GET /cart").GetProperty("data")[5][1][0].TryGetProperty("comparisonCount", out _).ShouldBeFalse();
        foreach (var wrong in (string[])["1h", "0", "-3600", "99999999999"])
        {
            await shop.GetAsync($"events-stats/?comparisonDelta={wrong}", System.Net.HttpStatusCode.BadRequest);
        }
    }

    /// <summary>In the first half hour nothing ran.</summary>
    [Theory]
    [InlineData("count()", 0)]
    [InlineData("count_unique(user)", 0)]
    [InlineData("failure_count()", 0)]
    [InlineData("sum(span.duration)", 0)]
    [InlineData("epm()", 0)]
    [InlineData("equation|count() / 2 + failure_count()", 0)]
    [InlineData("failure_rate()", null)]
    [InlineData("http_error_rate()", null)]
    [InlineData("apdex(300)", null)]
    [InlineData("user_misery(300)", null)]
    [InlineData("p95(span.duration)", null)]
    [InlineData("avg(span.duration)", null)]
    [InlineData("max(span.duration)", null)]
    [InlineData("max(http.status_code)", null)]
    [InlineData("equation|failure_count() / count()", null)]
    public async Task Where_nothing_ran_there_is_none_of_what_is_counted_and_no_share_of_it(string axis, int? expected)
    {
        var query = $"?dataset=transactions&{LastThreeHours}&yAxis={Uri.EscapeDataString(axis)}";

        var series = await shop.GetAsync("events-timeseries/" + query);
        var stats = await shop.GetAsync("events-stats/" + query);

        Value(series.GetProperty("timeSeries")[0].GetProperty("values")[0].GetProperty("value")).ShouldBe(expected);
        Value(stats.GetProperty("data")[0][1][0].GetProperty("count")).ShouldBe(expected);
        Value(stats.GetProperty("data")[5][1][0].GetProperty("count")).ShouldNotBeNull();
    }

    static double? Value(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();

    [Fact]
    public async Task The_step_that_is_not_over_is_incomplete()
    {
        var answer = await shop.GetAsync("events-timeseries/?dataset=spans&statsPeriod=1h&interval=7m");

        var values = answer.GetProperty("timeSeries")[0].GetProperty("values").EnumerateArray().ToList();
        values[^1].GetProperty("incomplete").GetBoolean().ShouldBeTrue();
        values[0].GetProperty("incomplete").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_search_narrows_every_line()
    {
        var line = await shop.GetAsync(
            $"events-stats/?dataset=spans&{LastThreeHours}&query={Uri.EscapeDataString("is_transaction:true transaction:*pay")}"
        );
        Numbers(line).ShouldBe(PerStep(span => span.Transaction == "POST /pay"));
    }
}
