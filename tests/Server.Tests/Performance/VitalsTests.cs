using System.Globalization;
using System.Net;
using System.Text.Json;
using Server.Tests.Explore;
using Server.Tests.Hosting;
using Server.Tests.Traces;
using Tocsin.Server.Performance.Vitals;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Performance;

public class VitalsTests
{
    const string Path = "/api/0/organizations/default/performance/vitals/";

    static readonly string[] Names = ["lcp", "inp", "cls", "fcp", "ttfb"];

    static List<SpanRow> Loads(TocsinHost host)
    {
        var random = new Random(3);
        return
        [
            .. Enumerable
                .Range(0, 400)
                .Select(at => new SpanRow
                {
                    ProjectId = 1,
                    TraceId = (ulong)at + 1,
                    SpanId = at + 1,
                    IsSegment = true,
                    Timestamp = host.Now() - (at * 60_000_000L),
                    Received = host.Now(),
                    Duration = 1_000_000,
                    SelfTime = 0,
                    Op = "pageload",
                    Transaction = at % 4 == 0 ? "/checkout" : "/home",
                    Browser = at % 2 == 0 ? "Firefox" : "Chrome",
                    Country = "AT",
                    Device = (at % 5) switch
                    {
                        0 or 1 => "mobile",
                        2 => "desktop",
                        _ => null,
                    },
                    Lcp = (at % 4 == 0 ? 3000 : 1500) * (0.5 + random.NextDouble()),
                    Fcp = 900 * (0.5 + random.NextDouble()),
                    Ttfb = 300 * (0.5 + random.NextDouble()),
                    Cls = at % 3 == 0 ? 0 : random.NextDouble() / 3,
                    Attributes = (at % 8) switch
                    {
                        0 or 4 => """{"lcp.element":"body > img.hero"}""",
                        // As SDKs that stream spans name it.
                        1 => """{"browser.web_vital.lcp.element":"h1"}""",
                        _ => """{"lcp.element":"h1"}""",
                    },
                }),
            .. Enumerable
                .Range(0, 100)
                .Select(at => new SpanRow
                {
                    ProjectId = 1,
                    TraceId = (ulong)at + 1,
                    SpanId = at + 1001,
                    Timestamp = host.Now() - (at * 60_000_000L),
                    Received = host.Now(),
                    Duration = 1_000_000,
                    SelfTime = 0,
                    Op = "ui.interaction.click",
                    Description = "button.buy",
                    Transaction = "/checkout",
                    Inp = 300 * random.NextDouble(),
                }),
        ];
    }

    static double? Value(SpanRow load, string vital) =>
        vital switch
        {
            "lcp" => load.Lcp,
            "inp" => load.Inp,
            "cls" => load.Cls,
            "fcp" => load.Fcp,
            _ => load.Ttfb,
        };

    static double P75(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        var place = 0.75 * (sorted.Count - 1);
        var next = sorted[Math.Min((int)place + 1, sorted.Count - 1)];
        return sorted[(int)place] + ((place - (int)place) * (next - sorted[(int)place]));
    }

    [Theory]
    [InlineData("google")]
    [InlineData("sentry")]
    public async Task Vitals_are_those_that_were_measured_and_scores_the_mean_of_theirs(string thresholds)
    {
        await using var host = await TocsinHost.StartAsync();
        var loads = Loads(host);
        await host.StoreAsync(loads);

        var vitals = await host.With().GetJsonAsync($"{Path}?statsPeriod=24h&thresholds={thresholds}");

        vitals.Text("thresholds").ShouldBe(thresholds);
        var (total, weights) = (0.0, 0.0);
        foreach (var vital in Vital.All)
        {
            var limits = thresholds == "sentry" ? vital.Sentry : vital.Google;
            var measured = loads
                .Where(load => Value(load, vital.Name) is not null)
                .Select(load =>
                    (Value: Value(load, vital.Name)!.Value, Limits: load.Device == "mobile" ? limits.Phone : limits.Desktop)
                )
                .ToList();
            var values = measured.Select(one => one.Value).ToList();
            var shown = vitals.GetProperty("vitals").GetProperty(vital.Name);
            shown.GetProperty("count").GetInt64().ShouldBe(values.Count);
            shown.GetProperty("p75").GetDouble().ShouldBe(P75(values), P75(values) / 100);
            shown
                .GetProperty("good")
                .GetDouble()
                .ShouldBe(measured.Count(one => one.Value <= one.Limits.Good) / (double)values.Count, 1e-9);
            shown
                .GetProperty("poor")
                .GetDouble()
                .ShouldBe(measured.Count(one => one.Value > one.Limits.Poor) / (double)values.Count, 1e-9);
            var score = 100 * measured.Average(one => ExactScore.Of(one.Value, one.Limits.Good, one.Limits.Poor));
            vitals.GetProperty("score").GetProperty(vital.Name).GetDouble().ShouldBe(score, 0.05);
            total += vital.Weight * score;
            weights += vital.Weight;
        }
        vitals.GetProperty("score").GetProperty("total").GetDouble().ShouldBe(total / weights, 0.05);

        var (_, _, byGoogle, bySentry) = Vital.All.Single(vital => vital.Name == "lcp");
        var headings = loads.Where(load => load.Attributes.Contains("h1", StringComparison.Ordinal)).ToList();
        vitals
            .GetProperty("elements")
            .EnumerateArray()
            .Single(one => one.Text("element") == "h1")
            .GetProperty("measured")
            .GetProperty("good")
            .GetDouble()
            .ShouldBe(headings.Count(IsGood) / (double)headings.Count, 1e-9);

        bool IsGood(SpanRow load)
        {
            var limits = thresholds == "sentry" ? bySentry : byGoogle;
            return load.Lcp <= (load.Device == "mobile" ? limits.Phone : limits.Desktop).Good;
        }
    }

    [Fact]
    public async Task Pages_come_by_opportunity_and_steps_add_up()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync(Loads(host));

        var vitals = await host.With().GetJsonAsync($"{Path}?statsPeriod=24h");

        var rows = vitals.GetProperty("rows").EnumerateArray().ToList();
        rows.Select(row => row.Text("name")).ShouldBe(["/home", "/checkout"], ignoreOrder: true);
        rows.Select(row => row.GetProperty("opportunity").GetDouble()).ShouldBeInOrder(SortDirection.Descending);
        rows.ShouldAllBe(row => row.Text("project") == "default");
        var checkout = rows.Single(row => row.Text("name") == "/checkout");
        checkout.GetProperty("lcp").GetProperty("count").GetInt64().ShouldBe(100);
        checkout.GetProperty("inp").GetProperty("count").GetInt64().ShouldBe(100);
        foreach (var name in Names)
        {
            vitals.GetProperty("series").GetProperty(name).EnumerateArray().ShouldAllBe(step => step.GetArrayLength() == 5);
        }
        vitals
            .GetProperty("series")
            .GetProperty("lcp")
            .EnumerateArray()
            .Count(step => step[1].ValueKind == JsonValueKind.Number)
            .ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData("browser", "Chrome,Firefox")]
    [InlineData("country", "AT")]
    [InlineData("device", ",desktop,mobile")]
    public async Task Page_loads_are_told_apart_by_what_is_known_of_them(string by, string names)
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([.. Loads(host).Where(load => load.IsSegment)]);

        var vitals = await host.With().GetJsonAsync($"{Path}?by={by}");

        vitals
            .GetProperty("rows")
            .EnumerateArray()
            .Select(row => row.Text("name"))
            .Order(StringComparer.Ordinal)
            .ShouldBe(names.Split(','));
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public async Task A_split_into_very_many_keeps_those_with_the_most_page_loads_and_says_so(int pages, bool more)
    {
        await using var host = await TocsinHost.StartAsync();
        var load = Loads(host)[0];
        await host.StoreAsync([
            .. Enumerable
                .Range(0, pages)
                .SelectMany(page => Enumerable.Repeat(load with { Transaction = $"/{page}" }, page == pages - 1 ? 1 : 2)),
        ]);

        var vitals = await host.With().GetJsonAsync(Path);

        var names = vitals.GetProperty("rows").EnumerateArray().Select(row => row.Text("name")).ToList();
        names.Count.ShouldBe(100);
        names.Contains($"/{pages - 1}").ShouldBe(!more, "it has the fewest");
        vitals.GetProperty("more_rows").GetBoolean().ShouldBe(more);
        vitals.GetProperty("partial").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Sentry_counts_what_came_from_phones_by_limits_of_their_own()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync(Loads(host));

        var vitals = await host.With().GetJsonAsync($"{Path}?thresholds=sentry");

        var limits = vitals.GetProperty("limits").EnumerateArray().Single(limit => limit.Text("vital") == "lcp");
        string[] bounds = ["good", "poor", "phone_good", "phone_poor"];
        bounds.Select(name => limits.GetProperty(name).GetDouble()).ShouldBe([1200, 2400, 2500, 4000]);
        vitals.GetProperty("phones").GetDouble().ShouldBe(160 / 500.0, 1e-9);
    }

    [Fact]
    public async Task Elements_are_named_where_the_clients_name_them()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync(Loads(host));

        var vitals = await host.With().GetJsonAsync(Path);

        vitals
            .GetProperty("elements")
            .EnumerateArray()
            .Select(one =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{one.Text("vital")} {one.Text("element")} {one.GetProperty("measured").GetProperty("count").GetInt64()}"
                )
            )
            .ShouldBe(["lcp h1 300", "lcp body > img.hero 100", "inp button.buy 100"], ignoreOrder: true);
    }

    [Theory]
    [InlineData("has:measurements.lcp (lcp.element:h1 OR browser.web_vital.lcp.element:h1)", 300)]
    [InlineData(
        "has:measurements.lcp (lcp.element:\"body > img.hero\" OR browser.web_vital.lcp.element:\"body > img.hero\")",
        100
    )]
    [InlineData("has:measurements.inp (browser.web_vital.inp.target:button.buy OR span.description:button.buy)", 100)]
    public async Task The_page_loads_of_an_element_are_found_by_it(string query, long count)
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync(Loads(host));

        var found = await host.With()
            .GetJsonAsync(
                $"/api/0/organizations/default/events-meta/?dataset=spans&statsPeriod=24h&query={Uri.EscapeDataString(query)}"
            );

        found.GetProperty("count").GetInt64().ShouldBe(count);
    }

    [Fact]
    public async Task Where_nothing_was_measured_there_is_no_score()
    {
        await using var host = await TocsinHost.StartAsync();

        var vitals = await host.With().GetJsonAsync(Path);

        vitals.GetProperty("score").GetProperty("total").ValueKind.ShouldBe(JsonValueKind.Null);
        vitals.GetProperty("vitals").GetProperty("lcp").GetProperty("p75").ValueKind.ShouldBe(JsonValueKind.Null);
        await host.With().GetJsonAsync($"{Path}?by=mood", HttpStatusCode.BadRequest);
        await host.With().GetJsonAsync($"{Path}?thresholds=ours", HttpStatusCode.BadRequest);
    }
}
