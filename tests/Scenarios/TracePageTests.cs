using System.Globalization;
using Microsoft.Playwright;

namespace Scenarios;

/// <summary>A trace as a person reads it: from the list to the span, from the span to its issue and back.</summary>
public sealed class TracePageTests
{
    [Theory]
    [InlineData(1440, 900)]
    [InlineData(400, 800)]
    public async Task From_the_list_over_the_waterfall_to_the_failed_query_and_its_issue(int width, int height)
    {
        PageTests.NeedsPages();
        await using var server = await ServerProcess.StartAsync();
        var shop = new CheckoutTrace(server);
        await shop.SendPageAndApiAsync();
        await using var browser = await BrowserPage.OpenAsync(width, height);
        var (page, walk) = (browser.Page, new PageWalk(browser.Page, $"trace-{width}"));
        await LogInAsync(server, walk, "organizations/default/traces");

        await walk.Link("/checkout/:cart").ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "pageload /checkout/:cart" }).WaitForAsync();
        await walk.Text("9 spans").WaitForAsync();
        await walk.In("header", "LCP").WaitForAsync();
        var load = page.GetByRole(AriaRole.List, new() { Name = "Page load" }).GetByRole(AriaRole.Listitem);
        (await load.AllInnerTextsAsync()).ShouldBe(["Firefox 128.0 on Linux", "desktop", "4g", "NL", "id:7"]);
        await walk.StationAsync("before-the-last-service");

        await shop.SendWarehouseAsync();
        await walk.Text("11 spans").WaitForAsync();
        await walk.Text("QueryTimeout: canceling statement").WaitForAsync();
        await walk.StationAsync("completed-by-itself");

        await page.Keyboard.PressAsync("/");
        await page.Keyboard.TypeAsync("UPDATE stock");
        await page.Keyboard.PressAsync("Enter");
        await walk.Text("1 of 1").WaitForAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(address => address.Contains($"span={shop.Query.Id}", StringComparison.Ordinal));
        var panel = page.GetByLabel("Span", new() { Exact = true }).Last;
        await panel.GetByText("UPDATE stock SET reserved").First.WaitForAsync();
        await panel.GetByText("deadline exceeded").WaitForAsync();
        await walk.StationAsync("span");

        await panel.GetByRole(AriaRole.Link, new() { Name = "QueryTimeout" }).ClickAsync();
        await walk.In("#trace", "11 spans").WaitForAsync();
        await walk.StationAsync("issue");
        await walk.Link("View trace").ClickAsync();
        await page.WaitForURLAsync(address => address.Contains($"span={shop.Query.Id}", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_table_has_the_rows_of_the_waterfall_for_those_who_do_not_see_it()
    {
        PageTests.NeedsPages();
        await using var server = await ServerProcess.StartAsync();
        var shop = new CheckoutTrace(server);
        await shop.SendPageAndApiAsync();
        await using var browser = await BrowserPage.OpenAsync();
        var walk = new PageWalk(browser.Page, "trace-table");
        await LogInAsync(server, walk, $"organizations/default/traces/{shop.Id}?view=table");

        var table = browser.Page.GetByRole(AriaRole.Treegrid, new() { Name = "Spans" });
        await table.GetByRole(AriaRole.Row, new() { Name = "GET /api/cart" }).First.WaitForAsync();
        // The page, the call, the API with one query and five alike as one row, each with its level.
        (await table.GetByRole(AriaRole.Row).CountAsync()).ShouldBe(6);
        var repeats = table.GetByRole(AriaRole.Row).Filter(new() { HasText = "× 5" });
        (await repeats.GetAttributeAsync("aria-level")).ShouldBe("4");
        (await repeats.GetAttributeAsync("aria-expanded")).ShouldBe("false");
        await repeats.GetByRole(AriaRole.Button, new() { Name = "Open" }).ClickAsync();
        await table.Locator("[aria-level='5']").Nth(4).WaitForAsync();
        await walk.StationAsync("table");
    }

    [Fact]
    public async Task A_link_to_a_span_of_the_same_trace_opens_what_hides_it_and_stays_there()
    {
        PageTests.NeedsPages();
        await using var server = await ServerProcess.StartAsync();
        var shop = new CheckoutTrace(server);
        await shop.SendPageAndApiAsync();
        await using var browser = await BrowserPage.OpenAsync();
        var (page, walk) = (browser.Page, new PageWalk(browser.Page, "trace-link"));
        await LogInAsync(server, walk, $"organizations/default/traces/{shop.Id}?view=table&span={shop.Cart.Id}");

        var panel = page.GetByLabel("Span", new() { Exact = true }).Last;
        await panel.GetByRole(AriaRole.Link, new() { Name = "this trace" }).ClickAsync();

        // It is one of five alike, which stood in one row.
        var selected = page.GetByRole(AriaRole.Treegrid, new() { Name = "Spans" }).Locator("[aria-selected='true']");
        await selected.And(page.Locator("[aria-level='5']")).WaitForAsync();
        await panel.GetByText(shop.Item.Id).First.WaitForAsync();
        page.Url.ShouldContain($"span={shop.Item.Id}");
        await walk.StationAsync("linked");
    }

    [Fact]
    public async Task The_zoom_stays_in_the_address_and_two_fingers_change_it()
    {
        PageTests.NeedsPages();
        await using var server = await ServerProcess.StartAsync();
        var shop = new CheckoutTrace(server);
        await shop.SendPageAndApiAsync();
        await using var browser = await BrowserPage.OpenAsync();
        var (page, walk) = (browser.Page, new PageWalk(browser.Page, "trace-zoom"));
        await LogInAsync(server, walk, $"organizations/default/traces/{shop.Id}?zoom=600-1200");
        await walk.Button("Whole trace").WaitForAsync();
        await walk.StationAsync("from-the-address");

        await page.Keyboard.PressAsync("0");
        await page.WaitForURLAsync(address => !address.Contains("zoom=", StringComparison.Ordinal));
        var canvas = await page.Locator("canvas").Last.BoundingBoxAsync();
        var (left, y) = (canvas!.X + (canvas.Width * 0.6f), canvas.Y + 20);
        await PinchAsync(page, y, (left, left + 60), (left - 100, left + 160));
        await page.WaitForURLAsync(address => address.Contains("zoom=", StringComparison.Ordinal));
        var shown = Uri.UnescapeDataString(new Uri(page.Url).Query).Split("zoom=")[1].Split('&')[0].Split('-');

        (
            double.Parse(shown[1], CultureInfo.InvariantCulture) - double.Parse(shown[0], CultureInfo.InvariantCulture)
        ).ShouldBeInRange(600, 800, "sixty pixels of three seconds are spread over 260");
        await page.ReloadAsync();
        await walk.Button("Whole trace").WaitForAsync();
        await walk.StationAsync("after-the-fingers");
        await walk.Button("Whole trace").ClickAsync();
        await page.WaitForURLAsync(address => !address.Contains("zoom=", StringComparison.Ordinal));
    }

    static async Task PinchAsync(IPage page, float y, (float First, float Second) from, (float First, float Second) to)
    {
        var devtools = await page.Context.NewCDPSessionAsync(page);
        await TouchAsync("touchStart", from);
        await TouchAsync("touchMove", ((from.First + to.First) / 2, (from.Second + to.Second) / 2));
        await TouchAsync("touchMove", to);
        await devtools.SendAsync(
            "Input.dispatchTouchEvent",
            new() { ["type"] = "touchEnd", ["touchPoints"] = Array.Empty<object>() }
        );

        Task TouchAsync(string type, (float First, float Second) at) =>
            devtools.SendAsync(
                "Input.dispatchTouchEvent",
                new()
                {
                    ["type"] = type,
                    ["touchPoints"] = new[]
                    {
                        new
                        {
                            x = at.First,
                            y,
                            id = 1,
                        },
                        new
                        {
                            x = at.Second,
                            y,
                            id = 2,
                        },
                    },
                }
            );
    }

    internal static async Task LogInAsync(ServerProcess server, PageWalk walk, string path)
    {
        walk.Page.SetDefaultTimeout(60_000);
        await walk.Page.GotoAsync(new Uri(server.Address, path).ToString());
        await walk.Page.GetByLabel("E-mail").FillAsync(ServerProcess.Email);
        await walk.Page.Locator("input[type=password]").FillAsync(ServerProcess.Password);
        await walk.Button("Log in").ClickAsync();
    }
}
