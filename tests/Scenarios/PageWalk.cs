using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Server.Tests.House;

namespace Scenarios;

/// <summary>
/// Goes through the pages and keeps a picture of every station in <c>artifacts/pages</c>. At each station the page must fit its width and
/// have complained about nothing: no script error, nothing that the content policy refused, no answer of the server that is its fault.
/// </summary>
sealed partial class PageWalk
{
    readonly List<string> _complaints = [];
    readonly string _folder;
    int _stations;

    public PageWalk(IPage page, string name)
    {
        Page = page;
        _folder = Path.Combine(Checkout.Root, "artifacts", "pages", name);
        Directory.CreateDirectory(_folder);
        page.PageError += (_, error) => _complaints.Add(error);
        page.Console += (_, message) =>
        {
            // A refused request is written to the console too; whether it may be refused, the walk decides.
            if (message.Type == "error" && !Refusal.IsMatch(message.Text))
            {
                _complaints.Add(message.Text);
            }
        };
        page.Response += (_, response) =>
        {
            if (response.Status >= 500)
            {
                _complaints.Add($"{response.Status} {response.Url}");
            }
        };
    }

    public IPage Page { get; }

    public async Task StationAsync(string name)
    {
        await Page.ScreenshotAsync(new() { Path = Path.Combine(_folder, $"{++_stations:00}-{name}.png") });
        var overhang = await Page.EvaluateAsync<int>("document.documentElement.scrollWidth - window.innerWidth");
        overhang.ShouldBeLessThanOrEqualTo(0, $"{name} is wider than the window.");
        _complaints.ShouldBeEmpty(name);
    }

    public ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    public ILocator Link(string name) => Page.GetByRole(AriaRole.Link, new() { Name = name });

    public ILocator Text(string text) => Page.GetByText(text).First;

    [GeneratedRegex("^Failed to load resource: the server responded with a status of 4")]
    static partial Regex Refusal { get; }
}
