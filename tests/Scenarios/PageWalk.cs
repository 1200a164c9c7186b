using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Server.Tests.House;

namespace Scenarios;

/// <summary>
/// Goes through the pages and keeps pictures of every station, by day and by night, in <c>artifacts/screenshots</c>. At each station the page
/// must fit its width and have complained about nothing: no script error, nothing that the content policy refused, no answer of the server
/// that is its fault.
/// </summary>
sealed partial class PageWalk
{
    readonly List<string> complaints = [];
    readonly string folder;
    int stations;

    public PageWalk(IPage page, string name)
    {
        Page = page;
        folder = Path.Combine(Checkout.Root, "artifacts", "screenshots", name);
        Directory.CreateDirectory(folder);
        page.PageError += (_, error) => complaints.Add(error);
        page.Console += (_, message) =>
        {
            // A refused request is written to the console too; whether it may be refused, the walk decides.
            if (message.Type == "error" && !Refusal.IsMatch(message.Text))
            {
                complaints.Add(message.Text);
            }
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 500)
            {
                complaints.Add($"{response.Status} {response.Url}");
            }
        };
    }

    public IPage Page { get; }

    public async Task StationAsync(string name)
    {
        stations++;
        foreach (var scheme in (ColorScheme[])[ColorScheme.Dark, ColorScheme.Light])
        {
            await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
            var picture = $"{stations:00}-{name}-{scheme.ToString().ToLowerInvariant()}.png";
            await Page.ScreenshotAsync(new() { Path = Path.Combine(folder, picture) });
        }
        var overhang = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
        overhang.ShouldBeLessThanOrEqualTo(0, $"{name} is wider than the window.");
        // The frame fills the window, and what is in it scrolls within it.
        var below = await Page.EvaluateAsync<int>(
            "document.querySelector('[data-pinned]') ? document.documentElement.scrollHeight - window.innerHeight : 0"
        );
        below.ShouldBeLessThanOrEqualTo(0, $"{name} can be scrolled out of the window.");
        complaints.ShouldBeEmpty(name);
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name });

    /// <summary>Text in a part of the page.</summary>
    public ILocator In(string part, string text) => Page.Locator(part).GetByText(text).First;

    public ILocator Text(string text) => Page.GetByText(text).First;

    [GeneratedRegex("^Failed to load resource: the server responded with a status of 4")]
    static partial Regex Refusal { get; }
}
