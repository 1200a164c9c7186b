using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Scenarios;

/// <summary>What the waterfall draws beside its bars, and what a mouse does to it.</summary>
public sealed class TraceTimelineTests
{
    /// <summary>Of the trace, in milliseconds: that of its page load.</summary>
    const double Whole = 3000;

    [Fact]
    public async Task A_stretch_is_brushed_over_the_small_picture_made_longer_moved_and_left_again()
    {
        PageTests.NeedsPages();
        await using var server = await ServerProcess.StartAsync();
        var shop = new CheckoutTrace(server);
        await shop.SendPageAndApiAsync();
        await using var browser = await BrowserPage.OpenAsync();
        var (page, walk) = (browser.Page, new PageWalk(browser.Page, "trace-brush"));
        await TracePageTests.LogInAsync(server, walk, $"organizations/default/traces/{shop.Id}");
        await walk.Text("9 spans").WaitForAsync();
        await page.Locator("canvas").First.WaitForAsync();

        await DragAsync(page, 600, 1800);
        await ShowsAsync(page, 600, 1800);
        await walk.StationAsync("brushed");
        await DragAsync(page, 1800, 2400);
        await ShowsAsync(page, 600, 2400);
        await DragAsync(page, 1500, 1800);
        await ShowsAsync(page, 900, 2700);
        await walk.StationAsync("moved");

        var (x, y) = await HeadAsync(page, 300);
        await page.Mouse.DblClickAsync(x, y);
        await page.WaitForURLAsync(address => !address.Contains("zoom=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_error_on_the_axis_leads_to_its_span_also_where_clocks_differ()
    {
        PageTests.NeedsPages();
        await using var server = await ServerProcess.StartAsync();
        var shop = new CheckoutTrace(server, late: 4000);
        await shop.SendPageAndApiAsync();
        await shop.SendWarehouseAsync();
        await using var browser = await BrowserPage.OpenAsync();
        var (page, walk) = (browser.Page, new PageWalk(browser.Page, "trace-error"));
        await TracePageTests.LogInAsync(server, walk, $"organizations/default/traces/{shop.Id}");
        await walk.Text("11 spans").WaitForAsync();
        await walk.Text("QueryTimeout: canceling statement").WaitForAsync();

        // In the middle of the call that led there, as nothing tells how long the way was.
        await walk.Text("The clock of default on stock-1 is 3.65 s behind: its spans are moved").WaitForAsync();
        await walk.StationAsync("skewed");
        const double error = 2390 - 4000 + 3650;
        var (x, y) = await HeadAsync(page, error, below: 50);
        await page.Mouse.MoveAsync(x, y);
        (await page.Locator("canvas").First.GetAttributeAsync("title")).ShouldNotBeNull().ShouldContain("QueryTimeout");
        await page.Mouse.ClickAsync(x, y);
        await page.WaitForURLAsync(address => address.Contains($"span={shop.Query.Id}", StringComparison.Ordinal));
        await page.GetByLabel("Span", new() { Exact = true }).Last.GetByText("UPDATE stock SET reserved").First.WaitForAsync();
        await walk.StationAsync("its-span");
    }

    [Fact]
    public async Task Usual_times_and_the_critical_path_are_drawn_until_they_are_put_away()
    {
        PageTests.NeedsPages();
        await using var server = await ServerProcess.StartAsync();
        foreach (var length in (double[])[400, 400, 400, 400, 400, 400, 2100, 2100, 2100])
        {
            var other = new SentTrace(server, DateTimeOffset.UtcNow.AddMinutes(-10));
            await other.SendTransactionAsync("GET /api/cart/:id", "http.server", new("http.server", "", 0, length), []);
        }
        var shop = new CheckoutTrace(server);
        await shop.SendPageAndApiAsync();
        await using var browser = await BrowserPage.OpenAsync();
        var (page, walk) = (browser.Page, new PageWalk(browser.Page, "trace-toggles"));
        page.SetDefaultTimeout(60_000);
        var usual = page.WaitForResponseAsync(answer => answer.Url.Contains("/usual/", StringComparison.Ordinal));
        await TracePageTests.LogInAsync(server, walk, $"organizations/default/traces/{shop.Id}");
        await walk.Text("9 spans").WaitForAsync();
        await usual;

        // The API's row is the third; it begins at 640, ends at 2560, and others like it take up to 2100.
        const int row = 2 * 26;
        await IsPutAwayAsync("Usual times", (2650, row + 3), (2850, row + 3));
        // Nothing below it runs at 2000: the way to the end leads along its lower edge.
        await IsPutAwayAsync("Critical path", (2000, row + 19), (2850, row + 19));

        async Task IsPutAwayAsync(string name, (double At, int Y) drawn, (double At, int Y) beside)
        {
            var toggle = walk.Button(name);
            (await toggle.GetAttributeAsync("aria-pressed")).ShouldBe("true");
            await walk.StationAsync($"with-{name}");
            var (with, empty) = (await PixelAsync(page, drawn), await PixelAsync(page, beside));
            await toggle.ClickAsync();
            (await toggle.GetAttributeAsync("aria-pressed")).ShouldBe("false");
            (await PixelAsync(page, drawn)).ShouldNotBe(with, name);
            (await PixelAsync(page, beside)).ShouldBe(empty, name);
            await walk.StationAsync($"without-{name}");
            await toggle.ClickAsync();
            (await PixelAsync(page, drawn)).ShouldBe(with, name);
        }
    }

    static async Task DragAsync(IPage page, double from, double to)
    {
        var (start, y) = await HeadAsync(page, from);
        var (end, _) = await HeadAsync(page, to);
        await page.Mouse.MoveAsync(start, y);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(end, y, new() { Steps = 8 });
        await page.Mouse.UpAsync();
    }

    /// <summary>Until the address says this stretch; a pixel is about three milliseconds.</summary>
    static Task ShowsAsync(IPage page, double from, double to) =>
        page.WaitForURLAsync(address =>
            Uri.UnescapeDataString(new Uri(address).Query).Split("zoom=") is [_, var rest]
            && rest.Split('&')[0].Split('-') is [var first, var last]
            && Math.Abs(double.Parse(first, CultureInfo.InvariantCulture) - from) < 12
            && Math.Abs(double.Parse(last, CultureInfo.InvariantCulture) - to) < 12
        );

    /// <summary>Where a moment of the whole trace lies in the small picture, or so many pixels below its upper edge.</summary>
    static async Task<(float X, float Y)> HeadAsync(IPage page, double at, float below = 20)
    {
        const float edge = 12;
        var head = (await page.Locator("canvas").First.BoundingBoxAsync())!;
        return (head.X + edge + (float)(at / Whole * (head.Width - (2 * edge))), head.Y + below);
    }

    /// <summary>The colour of the bars' canvas at a moment of the whole trace, when it has been painted.</summary>
    static async Task<string> PixelAsync(IPage page, (double At, int Y) place)
    {
        var colour = await page.EvaluateAsync<JsonElement>(
            """
            async ([share, y]) => {
              const frame = () => new Promise((done) => requestAnimationFrame(done));
              await frame();
              await frame();
              const canvas = [...document.querySelectorAll("canvas")].at(-1);
              const tree = Number(document.querySelector("[aria-label='Width of the tree']").ariaValueNow);
              const x = tree + 12 + share * (canvas.clientWidth - tree - 24);
              return [...canvas.getContext("2d").getImageData(x, y, 1, 1).data];
            }
            """,
            new object[] { place.At / Whole, place.Y }
        );
        return colour.GetRawText();
    }
}
