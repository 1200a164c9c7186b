using System.Net;
using System.Text.Json;
using Server.Tests.Hosting;
using Server.Tests.Traces;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Explore;

/// <summary>What became of functions in the last half hour; one of the three transactions became slower then.</summary>
public class TrendTests(ExploreShop shop) : IClassFixture<ExploreShop>
{
    const string Hours = "start=2026-11-20T09:30:00&end=2026-11-20T12:00:00";
    const string Fields = "field=project&field=transaction";

    const string HalfHour = "&middle=2026-11-20T11:30:00";

    long Middle => shop.Now - 1_800_000_000;

    double[] Durations(string transaction, bool after) =>
        [
            .. shop
                .Transactions.Where(span => span.Transaction == transaction && span.Timestamp >= Middle == after)
                .Select(Milliseconds),
        ];

    static double Milliseconds(SpanRow span) => span.Duration / 1000.0;

    static double Variance(double[] values) => values.Sum(value => Math.Pow(value - values.Average(), 2)) / (values.Length - 1);

    static string Ask(string query) => $"&query={Uri.EscapeDataString(query)}";

    async Task<IReadOnlyList<JsonElement>> RowsAsync(string more, string middle = HalfHour) =>
        [.. (await shop.GetAsync($"events-trends/?{Fields}&{Hours}{middle}{more}")).GetProperty("data").EnumerateArray()];

    [Fact]
    public async Task Each_group_has_its_function_before_and_after_and_how_they_differ()
    {
        var rows = await RowsAsync("&trendFunction=avg(span.duration)");

        rows.Count.ShouldBe(3);
        foreach (var row in rows)
        {
            var name = row.GetProperty("transaction").GetString()!;
            var (before, after) = (Durations(name, false), Durations(name, true));
            row.GetProperty("project").GetString().ShouldBe("default");
            row.GetProperty("count_range_1").GetInt64().ShouldBe(before.Length);
            row.GetProperty("count_range_2").GetInt64().ShouldBe(after.Length);
            row.GetProperty("count_percentage").GetDouble().ShouldBe((double)after.Length / before.Length, 1e-9);
            row.GetProperty("aggregate_range_1").GetDouble().ShouldBe(before.Average(), 1e-6);
            row.GetProperty("aggregate_range_2").GetDouble().ShouldBe(after.Average(), 1e-6);
            row.GetProperty("trend_percentage").GetDouble().ShouldBe(after.Average() / before.Average(), 1e-9);
            row.GetProperty("trend_difference").GetDouble().ShouldBe(after.Average() - before.Average(), 1e-6);
            var error = Math.Sqrt(Variance(before) / before.Length + Variance(after) / after.Length);
            row.GetProperty("t_test").GetDouble().ShouldBe((before.Average() - after.Average()) / error, 1e-6);
        }
        rows.Select(row => row.GetProperty("trend_percentage").GetDouble()).ShouldBeInOrder(SortDirection.Descending);
        (await RowsAsync("&trendFunction=avg(span.duration)&trendType=improved"))
            .Select(row => row.GetProperty("trend_percentage").GetDouble())
            .ShouldBeInOrder(SortDirection.Ascending);
    }

    [Fact]
    public async Task Without_a_word_of_it_the_function_is_the_median_and_the_middle_can_be_moved()
    {
        var cart = (await RowsAsync("", "&middle=2026-11-20T11:00:00Z")).Single(row =>
            row.GetProperty("transaction").GetString() == "GET /cart"
        );

        (await MedianAsync("start=2026-11-20T09:30:00&end=2026-11-20T11:00:00")).ShouldBe(
            cart.GetProperty("aggregate_range_1").GetDouble(),
            1e-6
        );
        (await MedianAsync("start=2026-11-20T11:00:00&end=2026-11-20T12:00:00")).ShouldBe(
            cart.GetProperty("aggregate_range_2").GetDouble(),
            1e-6
        );

        async Task<double> MedianAsync(string period) =>
            (await shop.RowsAsync("transactions", ["p50()"], $"&{period}{Ask("transaction:\"GET /cart\"")}"))
                .Single()[0]
                .GetDouble();
    }

    [Fact]
    public async Task Conditions_ask_how_much_worse_or_better_it_became()
    {
        var changes = shop
            .Transactions.Select(span => span.Transaction!)
            .Distinct()
            .ToDictionary(name => name, name => Durations(name, true).Average() / Durations(name, false).Average());
        changes.Values.ShouldContain(change => change > 1);
        changes.Values.ShouldContain(change => change < 1);

        await ShouldFindAsync("regression", "trend_percentage():>0%", change => change > 1);
        await ShouldFindAsync("improved", "trend_percentage():>0%", change => change < 1);
        await ShouldFindAsync("regression", "trend_difference():>0", change => change > 1);
        await ShouldFindAsync("improved", "trend_difference():>0", change => change < 1);
        await ShouldFindAsync("regression", "confidence():>0", change => change > 1);
        await ShouldFindAsync("improved", "confidence():>0", change => change < 1);
        await ShouldFindAsync("improved", "count_percentage():>100", _ => false);

        async Task ShouldFindAsync(string type, string query, Func<double, bool> isMeant) =>
            (await RowsAsync($"&trendFunction=avg(span.duration)&trendType={type}{Ask(query)}"))
                .Select(row => row.GetProperty("transaction").GetString()!)
                .Order()
                .ShouldBe(changes.Where(change => isMeant(change.Value)).Select(change => change.Key).Order(), query);
    }

    [Fact]
    public async Task Their_lines_stand_beside_the_groups()
    {
        var answer = await shop.GetAsync(
            $"events-trends-stats/?{Fields}&{Hours}&interval=75m&trendFunction=avg(span.duration)&per_page=2"
        );

        var rows = answer.GetProperty("events").GetProperty("data").EnumerateArray().ToList();
        var lines = answer.GetProperty("stats");
        lines
            .EnumerateObject()
            .Select(line => line.Name)
            .ShouldBe(rows.Select(row => $"default,{row.GetProperty("transaction")}"));
        rows.Count.ShouldBe(2);
        foreach (var row in rows)
        {
            var line = lines.GetProperty($"default,{row.GetProperty("transaction")}");
            // Steps of 75 minutes since 1970 begin at 9:30 and 10:45 too.
            line.GetProperty("data")
                .EnumerateArray()
                .Select(pair => pair[1][0].GetProperty("count").GetDouble())
                .ShouldBe(
                    [row.GetProperty("aggregate_range_1").GetDouble(), row.GetProperty("aggregate_range_2").GetDouble()],
                    1e-6
                );
        }
        (await shop.GetAsync($"events-trends-stats/?{Fields}&{Hours}{Ask("transaction:nothing")}"))
            .GetProperty("stats")
            .EnumerateObject()
            .ShouldBeEmpty();
    }

    [Theory]
    [InlineData("events-trends")]
    [InlineData("events-trends-stats")]
    public async Task At_most_five_groups_come_in_a_page_however_many_are_wanted(string route)
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([
            .. Enumerable
                .Range(1, 7)
                .Select(id =>
                    shop.Transactions.First() with
                    {
                        ProjectId = 1,
                        SpanId = id,
                        Transaction = $"GET /{id}",
                        Timestamp = host.Now() - 60_000_000,
                    }
                ),
        ]);

        using var page = await host.With()
            .GetAsync(
                $"/api/0/organizations/default/{route}/?{Fields}&statsPeriod=1h&per_page=50",
                TestContext.Current.CancellationToken
            );

        using var body = JsonDocument.Parse(await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var table = route == "events-trends" ? body.RootElement : body.RootElement.GetProperty("events");
        table.GetProperty("data").GetArrayLength().ShouldBe(5);
        page.Headers.GetValues("Link").Single().ShouldContain("rel=\"next\"; results=\"true\"; cursor=\"0:5:0\"");
    }

    [Fact]
    public async Task Any_table_tells_the_trend_between_the_halves_of_its_period()
    {
        var rows = await shop.RowsAsync(
            "transactions",
            ["transaction", "trend_percentage()"],
            $"&{Hours}&sort=-trend_percentage()"
        );

        var trends = await RowsAsync("", "");
        rows.Select(row => row[1].GetDouble())
            .ShouldBe(trends.Select(row => row.GetProperty("trend_percentage").GetDouble()), 1e-9);
        await shop.GetAsync("events-stats/?dataset=spans&yAxis=trend_percentage()&statsPeriod=1h", HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("&trendType=sideways", "sideways is not a supported trend type")]
    [InlineData("&trendFunction=transaction", "transaction is not a supported trend function")]
    [InlineData("&trendFunction=tpm()", "tpm() is not a supported trend function")]
    [InlineData("&trendFunction=trend_percentage()", "trend_percentage() is not a supported trend function")]
    [InlineData("&trendFunction=p42()", "p42() is not a valid function")]
    [InlineData("&middle=soon", "soon is not a valid date format")]
    [InlineData("&middle=2026-11-21T00:00:00", "The middle date should be within the duration of the query")]
    public async Task A_trend_that_there_is_not_is_refused_with_a_sentence(string more, string sentence) =>
        (await shop.GetAsync($"events-trends/?{Fields}&{Hours}{more}", HttpStatusCode.BadRequest))
            .GetProperty("detail")
            .GetString()
            .ShouldBe(sentence);
}
