using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace Scenarios;

/// <summary>From "the shop is slow" to the statement that makes it slow, in a real browser, with what a real client sent.</summary>
public sealed class PerformancePageTests
{
    const int Orders = 40;

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(400, 800)]
    public async Task From_the_slow_transaction_to_the_trace_of_a_slow_run(int width, int height)
    {
        PageTests.NeedsPages();
        await using var server = await ServerProcess.StartAsync();
        await using var browser = await BrowserPage.OpenAsync(width, height);
        var walk = new PageWalk(browser.Page, $"performance-{width}");
        browser.Page.SetDefaultTimeout(90_000);

        await LogInAsync(server, walk, "performance");
        await walk.Text("No transaction in the last 14 days").WaitForAsync();
        await walk.Text(server.Dsn).WaitForAsync();
        await walk.StationAsync("nothing-yet");

        // The page waits for the first transaction by itself.
        await SendOrdersAsync(server);
        await walk.Link("POST /api/orders").WaitForAsync();
        // Asked for apart, after the rows; a phone has no room for it.
        await browser.Page.Locator("[data-name=trend] svg").WaitForAsync(new() { State = WaitForSelectorState.Attached });
        await walk.StationAsync("transactions");

        await walk.Link("POST /api/orders").ClickAsync();
        await walk.In("dl", "1.60 s").WaitForAsync();
        await walk.In("dl", "10%").WaitForAsync();
        await walk.Text("SELECT * FROM stock WHERE sku = %s").WaitForAsync();
        await walk.In("section[aria-label='Related issues']", "gave up").WaitForAsync();
        await walk.StationAsync("transaction");

        await browser.Page.GetByRole(AriaRole.Slider, new() { Name = "Durations" }).FocusAsync();
        await browser.Page.Keyboard.PressAsync("ArrowLeft");
        await walk.In("section[aria-label='Runs']", "between").WaitForAsync();
        await browser.Page.WaitForURLAsync("**from=*");
        await browser.Page.Locator("section[aria-label='Runs'] tbody a").First.ClickAsync();
        await browser.Page.WaitForURLAsync("**/traces/*");
        await walk.In("#page", "POST /api/orders").WaitForAsync();
        await walk.StationAsync("trace");

        // A phone has the map as a tree, in which nothing lies out of sight.
        await browser.Page.GotoAsync(new Uri(server.Address, "organizations/default/performance/map").ToString());
        var map = browser.Page.GetByLabel("Service map", new() { Exact = true });
        await map.GetByText("default", new() { Exact = true }).First.WaitForAsync();
        await walk.StationAsync("map");
        await map.GetByRole(AriaRole.Button).First.ClickAsync();
        await browser.Page.WaitForURLAsync("**node=*");
        await walk.Button("Show all").WaitForAsync();
        await browser.Page.GoBackAsync();
        await walk.Text("Services and what they call").WaitForAsync();
    }

    [Fact]
    public async Task Explore_leads_from_a_question_to_the_rows_behind_each_answer()
    {
        PageTests.NeedsPages();
        await using var server = await ServerProcess.StartAsync();
        await using var browser = await BrowserPage.OpenAsync();
        var walk = new PageWalk(browser.Page, "explore");
        browser.Page.SetDefaultTimeout(90_000);
        await SendOrdersAsync(server);

        await LogInAsync(server, walk, "explore?form=text");
        await walk
            .Page.GetByLabel("Question")
            .FillAsync("spans count(), p95(span.duration) by span.op where is_transaction:true");
        await walk.Page.Keyboard.PressAsync("Enter");
        await walk.In("section[aria-label='Groups']", "http.server").WaitForAsync();
        await walk.Page.Locator(".uplot canvas").First.WaitForAsync();
        await walk.StationAsync("groups");
        await walk.Button("Form").ClickAsync();
        var field = walk.Page.GetByRole(AriaRole.Combobox, new() { Name = "Find or type function" });
        await walk.Button("Add function").ClickAsync();
        await field.FillAsync("count() * 100");
        await field.PressAsync("Enter");
        await field.WaitForAsync(new() { State = WaitForSelectorState.Hidden });
        await walk.In("section[aria-label='Groups'] td", "4,000").WaitForAsync();
        await walk.Button("function: count() * 100").ClickAsync();
        (await field.InputValueAsync()).ShouldBe("count() * 100", "what was typed is there to be typed on");
        await field.FillAsync("count() * 1000");
        await field.PressAsync("Enter");
        await walk.In("section[aria-label='Groups'] td", "40,000").WaitForAsync();
        await walk.StationAsync("arithmetic");
        await walk.Button("Remove count() * 1000").ClickAsync();

        await walk.In("section[aria-label='Groups'] td", "40").ClickAsync();
        await walk.Page.WaitForURLAsync("**mode=samples*");
        await walk.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "POST /api/orders" }).First.WaitForAsync();
        await walk.Page.GetByLabel("Search", new() { Exact = true }).And(walk.Page.Locator("input")).WaitForAsync();
        (await walk.Page.GetByLabel("Search", new() { Exact = true }).InputValueAsync()).ShouldBe(
            "is_transaction:true span.op:http.server"
        );
        await walk.StationAsync("rows");

        foreach (
            var (path, shows) in new (string, string)[]
            {
                ("performance/vitals", "No page load"),
                ("performance/map", "Services and what they call"),
                ("explore?dataset=errors&by=title", "gave up"),
            }
        )
        {
            await walk.Page.GotoAsync(new Uri(server.Address, $"organizations/default/{path}").ToString());
            await walk.Text(shows).WaitForAsync();
            await walk.StationAsync(path.Split('?')[0].Replace('/', '-'));
        }
    }

    static async Task LogInAsync(ServerProcess server, PageWalk walk, string path)
    {
        await walk.Page.GotoAsync(new Uri(server.Address, $"organizations/default/{path}").ToString());
        await walk.Page.GetByLabel("E-mail").FillAsync(ServerProcess.Email);
        await walk.Page.Locator("input[type=password]").FillAsync(ServerProcess.Password);
        await walk.Button("Log in").ClickAsync();
    }

    static async Task SendOrdersAsync(ServerProcess server)
    {
        (await Clients.RunAsync("node", ["node-orders.mjs", server.Dsn, $"{Orders}"])).ShouldContain("sent");
        await server.UntilAsync(
            async () =>
            {
                var rows = await server.Api.GetFromJsonAsync<JsonElement>(
                    "organizations/default/performance/transactions/?statsPeriod=1d"
                );
                return rows.EnumerateArray().Any(row => row.GetProperty("count").GetInt64() == Orders)
                    && (await server.IssuesAsync()).Any(issue => issue.Text("count") == $"{Orders / 10}");
            },
            "all orders to be counted"
        );
    }
}
