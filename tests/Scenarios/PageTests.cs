using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Scenarios;

/// <summary>A person's way through the pages, in a real browser against the built server.</summary>
public sealed partial class PageTests
{
    /// <summary>From a client's ack to the page that shows it, in milliseconds: no more than a busy machine needs. How fast it is, the bench tells.</summary>
    const float Fresh = 10_000;

    [Theory]
    [InlineData(1440, 900)]
    [InlineData(400, 800)]
    public async Task From_the_set_up_link_to_a_regression(int width, int height)
    {
        NeedsPages();
        await using var server = await ServerProcess.StartUnclaimedAsync();
        await using var browser = await BrowserPage.OpenAsync(width, height);
        var walk = new PageWalk(browser.Page, $"journey-{width}");

        await SetUpAsync(server, walk);
        await SendTheFirstEventAsync(server, walk);
        await ReadTheIssueAsync(walk);
        await ResolveItAsync(server, walk);
        await SeeItComeBackAsync(server, walk);
    }

    static async Task SetUpAsync(ServerProcess server, PageWalk walk)
    {
        await walk.Page.GotoAsync(server.SetupLink.AbsoluteUri);
        await walk.Page.GetByLabel("Organization").FillAsync("Fjord Outfitters");
        await walk.Page.GetByLabel("E-mail").FillAsync(ServerProcess.Email);
        await walk.Page.Locator("input[type=password]").FillAsync("password1234");
        await walk.Button("Create account").ClickAsync();
        await walk.Text("one of the first that attackers try").WaitForAsync();
        await walk.StationAsync("weak-password");
        await walk.Page.Locator("input[type=password]").FillAsync(ServerProcess.Password);
        await walk.Button("Create account").ClickAsync();
    }

    static async Task SendTheFirstEventAsync(ServerProcess server, PageWalk walk)
    {
        await walk.Link("Show how to send one").ClickAsync();
        await walk.Button("Node.js").ClickAsync();
        await walk.Text(server.Dsn).WaitForAsync();
        await walk.Text("Waiting for the first event").WaitForAsync();
        await walk.StationAsync("waiting");
        await CheckoutAsync(server, items: 1);
        await walk.Link("Open the issue").WaitForAsync(new() { Timeout = Fresh });
        await walk.StationAsync("first-event");
        await walk.Link("Open the issue").ClickAsync();
    }

    static async Task ReadTheIssueAsync(PageWalk walk)
    {
        await walk.Page.GetByRole(AriaRole.Heading, new() { Name = "CheckoutError" }).First.WaitForAsync();
        // The frame that threw is open, with its line of code and its local variables.
        await walk.Page.Locator("#stack [data-failing=true]").First.WaitForAsync();
        await walk.In("#stack", "throw new CheckoutError(").WaitForAsync();
        await walk.In("#stack", "currency").WaitForAsync();
        await walk.In("#tags", "eu-west").WaitForAsync();
        await walk.In("#breadcrumbs", "added item 12").WaitForAsync();
        await walk.Text("1 user").WaitForAsync();
        await walk.StationAsync("issue");
    }

    static async Task ResolveItAsync(ServerProcess server, PageWalk walk)
    {
        await walk.Page.Keyboard.PressAsync("e");
        await walk.Button("Reopen").WaitForAsync();
        await walk.In("header", "resolved").WaitForAsync();
        await walk.StationAsync("resolved");
        (await server.IssuesAsync("is:resolved")).ShouldHaveSingleItem();
    }

    static async Task SeeItComeBackAsync(ServerProcess server, PageWalk walk)
    {
        await CheckoutAsync(server, items: 2);
        await walk.Text("1 newer – show").ClickAsync(new() { Timeout = Fresh });
        await walk.In("header", "regressed").WaitForAsync();
        await walk.Text("cannot pay for 6 items").WaitForAsync();
        await walk.StationAsync("regressed");

        await walk.Page.GotoAsync(new Uri(server.Address, "organizations/default/issues/").ToString());
        await walk.Text("CheckoutError").WaitForAsync();
        await walk.Text("regressed").WaitForAsync();
        await walk.StationAsync("issues");
        (await Clients.RunAsync("/usr/bin/python3", ["python_errors.py", server.Dsn])).ShouldContain("sent");
        await walk.Text("2 new – show").ClickAsync(new() { Timeout = Fresh });
        await walk.Text("KeyError").WaitForAsync();
        await walk.StationAsync("more-issues");
    }

    static async Task CheckoutAsync(ServerProcess server, int items) =>
        (await Clients.RunAsync("node", ["node-checkout.mjs", server.Dsn, $"{items}"])).ShouldContain("sent");

    [Fact]
    public async Task Every_page_of_the_settings_and_the_pipeline_opens_quietly()
    {
        NeedsPages();
        await using var server = await ServerProcess.StartAsync();
        await using var browser = await BrowserPage.OpenAsync(360, 760);
        var walk = new PageWalk(browser.Page, "settings-360");

        await browser.Page.GotoAsync(server.Address.ToString());
        await browser.Page.GetByLabel("E-mail").FillAsync(ServerProcess.Email);
        await browser.Page.Locator("input[type=password]").FillAsync("not-the-password");
        await walk.Button("Log in").ClickAsync();
        await browser.Page.GetByRole(AriaRole.Alert).WaitForAsync();
        await walk.StationAsync("wrong-password");
        await browser.Page.Locator("input[type=password]").FillAsync(ServerProcess.Password);
        await walk.Button("Log in").ClickAsync();
        await walk.Text("waiting for its first event").WaitForAsync();

        foreach (
            var (path, shows) in new (string, string)[]
            {
                ("settings", "Stands in every address"),
                ("settings/projects", "Waiting: show how"),
                ("settings/projects/default", "Delete the project"),
                ("settings/projects/default?tab=keys", server.Dsn),
                ("settings/projects/default?tab=filters", "Web crawlers"),
                ("settings/projects/default?tab=scrubbing", "More secret fields"),
                ("settings/teams", "New team"),
                ("settings/members", "Invite"),
                ("settings/tokens", "Tokens of the organization"),
                ("settings/account", "this one"),
                ("pipeline", "Everything that was accepted is stored"),
                ("projects/new", "Anything with HTTP"),
            }
        )
        {
            await browser.Page.GotoAsync(new Uri(server.Address, $"organizations/default/{path}").ToString());
            await walk.Text(shows).WaitForAsync();
            await walk.StationAsync(NotAName.Replace(path, "-"));
        }
    }

    [Fact]
    public async Task What_is_typed_before_the_palette_is_loaded_stands_in_it()
    {
        NeedsPages();
        await using var server = await ServerProcess.StartAsync();
        await using var browser = await BrowserPage.OpenAsync();
        var walk = new PageWalk(browser.Page, "palette");
        var typed = new TaskCompletionSource();
        await browser.Page.RouteAsync(
            new Regex("/Palette-.*[.]js"),
            async route =>
            {
                await typed.Task;
                await route.ContinueAsync();
            }
        );
        await browser.Page.GotoAsync(new Uri(server.Address, "organizations/default/issues").ToString());
        await browser.Page.GetByLabel("E-mail").FillAsync(ServerProcess.Email);
        await browser.Page.Locator("input[type=password]").FillAsync(ServerProcess.Password);
        await walk.Button("Log in").ClickAsync();
        await walk.Text("waiting for its first event").WaitForAsync();

        await browser.Page.Keyboard.PressAsync("Control+k");
        // Each is a key of the page too: ? shows the keys, / goes to the search.
        await browser.Page.Keyboard.TypeAsync("pi?/");
        await walk.StationAsync("loading");
        await browser.Page.Keyboard.PressAsync("Backspace");
        await browser.Page.Keyboard.PressAsync("Backspace");
        typed.SetResult();

        var field = browser.Page.GetByRole(AriaRole.Combobox, new() { Name = "Page, project" });
        await field.WaitForAsync();
        (await field.InputValueAsync()).ShouldBe("pi");
        await browser.Page.Keyboard.TypeAsync("pel");
        (await field.InputValueAsync()).ShouldBe("pipel");
        await walk.StationAsync("loaded");
        await browser.Page.Keyboard.PressAsync("Enter");
        await walk.Text("Everything that was accepted is stored").WaitForAsync();
    }

    /// <summary>As behind a proxy that hands on one path of its host and nothing else.</summary>
    [Fact]
    public async Task Below_a_path_every_page_and_request_stays_below_it()
    {
        NeedsPages();
        await using var server = await ServerProcess.StartBelowAsync("/errors");
        await using var browser = await BrowserPage.OpenAsync();
        var walk = new PageWalk(browser.Page, "below-a-path");
        var escaped = new List<string>();
        browser.Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(server.Url.ToString(), StringComparison.Ordinal))
            {
                escaped.Add(request.Url);
            }
        };

        await browser.Page.GotoAsync(new Uri(server.Url, "organizations/default/pipeline").ToString());
        await browser.Page.GetByLabel("E-mail").FillAsync(ServerProcess.Email);
        await browser.Page.Locator("input[type=password]").FillAsync(ServerProcess.Password);
        await walk.Button("Log in").ClickAsync();
        await walk.Text("Everything that was accepted is stored").WaitForAsync();
        browser.Page.Url.ShouldBe(new Uri(server.Url, "organizations/default/pipeline").ToString());
        await browser.Page.GotoAsync(server.Url.ToString());
        await walk.Link("Show how to send one").ClickAsync();
        await walk.Text(server.Dsn).WaitForAsync();
        await CheckoutAsync(server, items: 1);
        await walk.Link("Open the issue").ClickAsync(new() { Timeout = Fresh });
        await walk.In("#stack", "throw new CheckoutError(").WaitForAsync();
        await browser.Page.ReloadAsync();
        await walk.In("#stack", "throw new CheckoutError(").WaitForAsync();
        await walk.StationAsync("issue");
        escaped.ShouldBeEmpty();
    }

    internal static void NeedsPages() =>
        Assert.SkipUnless(
            File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", "index.html")),
            "The web interface is not part of this build; it was made with -p:SkipWeb=true."
        );

    [GeneratedRegex("[^a-z]+")]
    static partial Regex NotAName { get; }
}
