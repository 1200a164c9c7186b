using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Scenarios;

/// <summary>A person's way through the pages, in a real browser against the built server.</summary>
public sealed partial class PageTests
{
    [Theory]
    [InlineData(1440, 900, ColorScheme.Light)]
    [InlineData(400, 800, ColorScheme.Dark)]
    public async Task From_the_set_up_link_to_a_regression(int width, int height, ColorScheme scheme)
    {
        NeedsPages();
        await using var server = await ServerProcess.StartUnclaimedAsync();
        await using var browser = await BrowserPage.OpenAsync(width, height, scheme);
        var walk = new PageWalk(browser.Page, $"journey-{width}");

        await browser.Page.GotoAsync(SetupLink.Match(server.Output).Groups[1].Value);
        await browser.Page.GetByLabel("Organization").FillAsync("Fjord Outfitters");
        await browser.Page.GetByLabel("E-mail").FillAsync(ServerProcess.Email);
        await browser.Page.Locator("input[type=password]").FillAsync("password1234");
        await walk.Button("Create account").ClickAsync();
        await walk.Text("one of the first that attackers try").WaitForAsync();
        await walk.StationAsync("weak-password");
        await browser.Page.Locator("input[type=password]").FillAsync(ServerProcess.Password);
        await walk.Button("Create account").ClickAsync();

        await walk.Link("Show how to send one").ClickAsync();
        await walk.Button("Node.js").ClickAsync();
        await walk.Text(server.Dsn).WaitForAsync();
        await walk.Text("Waiting for the first event").WaitForAsync();
        await walk.StationAsync("waiting");

        (await Clients.RunAsync("node", ["node-errors.mjs", "sentry-node-11", server.Dsn])).ShouldContain("sent");
        await walk.Link("Open the issue").WaitForAsync(new() { Timeout = 10_000 });
        await walk.StationAsync("first-event");

        await browser.Page.GotoAsync(new Uri(server.Address, "organizations/default/issues/?query=CheckoutError").ToString());
        await browser.Page.Locator("[role=row] a").First.ClickAsync();
        await browser.Page.Locator("[data-failing=true]").First.WaitForAsync();
        await walk.StationAsync("issue");
        await browser.Page.Keyboard.PressAsync("e");
        await walk.Text("resolved").WaitForAsync();
        await walk.Button("Reopen").WaitForAsync();
        await walk.StationAsync("resolved");

        await browser.Page.GotoAsync(new Uri(server.Address, "organizations/default/issues/").ToString());
        await walk.Text("TypeError").WaitForAsync();
        (await browser.Page.GetByText("CheckoutError").CountAsync()).ShouldBe(0);
        (await Clients.RunAsync("node", ["node-errors.mjs", "sentry-node-11", server.Dsn])).ShouldContain("sent");
        await walk.Text("1 new – show").ClickAsync();
        await walk.Text("regressed").WaitForAsync();
        await walk.StationAsync("regressed");
    }

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
                ("pipeline", "Everything that came in is stored"),
                ("projects/new", "Anything with HTTP"),
            }
        )
        {
            await browser.Page.GotoAsync(new Uri(server.Address, $"organizations/default/{path}").ToString());
            await walk.Text(shows).WaitForAsync();
            await walk.StationAsync(NotAName.Replace(path, "-"));
        }
    }

    static void NeedsPages() =>
        Assert.SkipUnless(
            File.Exists(Path.Combine(AppContext.BaseDirectory, "wwwroot", "index.html")),
            "The web interface is not part of this build; it was made with -p:SkipWeb=true."
        );

    [GeneratedRegex(@"Set-up link \(once, 24 hours\): (\S+)")]
    static partial Regex SetupLink { get; }

    [GeneratedRegex("[^a-z]+")]
    static partial Regex NotAName { get; }
}
