using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Scenarios;

/// <summary>What visitors felt, from the cards down to the element that was painted last, before and after a release that made it worse.</summary>
public sealed class VitalsPageTests
{
    const int LoadsEach = 12;

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(400, 800)]
    public async Task The_vitals_of_two_releases_lead_to_the_element_that_became_slow(int width, int height)
    {
        PageTests.NeedsPages();
        await using var server = await ServerProcess.StartAsync();
        await SendLoadsAsync(server, "shop@5.2.0", lcp: 2000, cls: 0.05, "img.hero");
        await SendLoadsAsync(server, "shop@6.0.0", lcp: 5000, cls: 0.4, "div.carousel");
        await using var browser = await BrowserPage.OpenAsync(width, height);
        var (page, walk) = (browser.Page, new PageWalk(browser.Page, $"vitals-{width}"));

        await TracePageTests.LogInAsync(server, walk, "organizations/default/performance/vitals?statsPeriod=24h");
        var cards = page.GetByRole(AriaRole.Group, new() { Name = "Vital shown in the charts" });
        await cards.GetByRole(AriaRole.Button).Filter(new() { HasText = "LCP" }).GetByText("5.00 s").WaitForAsync();
        await cards.GetByRole(AriaRole.Button).Filter(new() { HasText = "LCP" }).GetByText("poor").WaitForAsync();
        await cards.GetByRole(AriaRole.Button).Filter(new() { HasText = "TTFB" }).GetByText("120 ms").WaitForAsync();
        await cards.GetByRole(AriaRole.Button).Filter(new() { HasText = "INP" }).GetByText("not measured").WaitForAsync();
        await Part(page, "LCP, p75").Locator("canvas").First.WaitForAsync();
        await walk.StationAsync("cards-and-charts");

        // The same as a table says which release came when.
        await walk.Button("LCP, p75: show as a table").ClickAsync();
        await Part(page, "LCP, p75").GetByText("release shop@6.0.0").WaitForAsync();
        await Part(page, "LCP, p75").GetByText("release shop@5.2.0").WaitForAsync();
        await walk.StationAsync("release-marks");

        await HistogramAsync(walk);

        var split = Part(page, "Split");
        await split.GetByRole(AriaRole.Link, new() { Name = "/checkout" }).WaitForAsync();
        await split.GetByRole(AriaRole.Radiogroup).GetByText("Release", new() { Exact = true }).ClickAsync();
        await Row(split, "shop@5.2.0").GetByText("2.00 s").WaitForAsync();
        await Row(split, "shop@6.0.0").GetByText("5.00 s").WaitForAsync();
        page.Url.ShouldContain("by=release");
        var elements = Part(page, "Elements");
        await Row(elements, "img.hero").GetByText("2.00 s").WaitForAsync();
        await Row(elements, "div.carousel").GetByText("5.00 s").WaitForAsync();
        await elements.ScrollIntoViewIfNeededAsync();
        await walk.StationAsync("releases-and-elements");

        await cards.GetByRole(AriaRole.Button).Filter(new() { HasText = "CLS" }).ClickAsync();
        await Part(page, "CLS, p75").Locator("canvas").First.WaitForAsync();
        await Row(split, "shop@6.0.0").GetByText("0.40").WaitForAsync();
        await Row(split, "shop@5.2.0").GetByText("0.050").WaitForAsync();
        await walk.StationAsync("another-vital");

        await Part(page, "Releases").GetByText("No two releases have enough page loads").WaitForAsync();
        await split.GetByRole(AriaRole.Radiogroup).GetByText("Page", new() { Exact = true }).ClickAsync();
        await split.GetByRole(AriaRole.Link, new() { Name = "/checkout" }).ClickAsync();
        await walk.Link("Its web vitals").ClickAsync();
        await page.WaitForURLAsync("**/performance/vitals?**query=transaction**");
        await cards.GetByRole(AriaRole.Button).Filter(new() { HasText = "LCP" }).GetByText("5.00 s").WaitForAsync();
    }

    /// <summary>The slowest bar, chosen with the keyboard, leads to the page loads of the new release and to no other.</summary>
    static async Task HistogramAsync(PageWalk walk)
    {
        var bars = walk.Page.GetByRole(AriaRole.Slider, new() { Name = "LCP of page loads" });
        await bars.WaitForAsync();
        await bars.FocusAsync();
        await walk.Page.Keyboard.PressAsync("ArrowLeft");
        await walk.Link("Show these page loads").WaitForAsync();
        await walk.StationAsync("histogram");
        await walk.Link("Show these page loads").ClickAsync();
        await walk.Page.WaitForURLAsync("**/explore?**");
        var rows = walk.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "/checkout" });
        await rows.Nth(LoadsEach - 1).WaitForAsync();
        (await rows.CountAsync()).ShouldBe(LoadsEach);
        await walk.StationAsync("page-loads");
        await walk.Page.GoBackAsync();
        await bars.WaitForAsync();
    }

    static ILocator Part(IPage page, string name) => page.Locator($"section[aria-label='{name}']");

    static ILocator Row(ILocator table, string text) => table.GetByRole(AriaRole.Row).Filter(new() { HasText = text });

    static async Task SendLoadsAsync(ServerProcess server, string release, double lcp, double cls, string element)
    {
        for (var load = 0; load < LoadsEach; load++)
        {
            var trace = new SentTrace(server, DateTimeOffset.UtcNow.AddSeconds(-60 + load));
            var page = new SentSpan("pageload", "", 0, lcp + 100, Data: new() { ["lcp.element"] = element });
            await trace.SendTransactionAsync(
                "/checkout",
                "pageload",
                page,
                [],
                new()
                {
                    ["release"] = release,
                    ["platform"] = "javascript",
                    ["measurements"] = new JsonObject
                    {
                        ["lcp"] = Milliseconds(lcp),
                        ["fcp"] = Milliseconds(900),
                        ["ttfb"] = Milliseconds(120),
                        ["cls"] = new JsonObject { ["value"] = cls, ["unit"] = "" },
                    },
                }
            );
        }
        await server.UntilAsync(
            async () =>
            {
                var report = await server.Api.GetFromJsonAsync<JsonElement>(
                    "organizations/default/performance/vitals/?statsPeriod=24h&by=release"
                );
                return report
                    .GetProperty("rows")
                    .EnumerateArray()
                    .Any(row => row.Text("name") == release && row.GetProperty("count").GetInt64() == LoadsEach);
            },
            $"the page loads of {release}"
        );
    }

    static JsonObject Milliseconds(double value) => new() { ["value"] = value, ["unit"] = "millisecond" };
}
