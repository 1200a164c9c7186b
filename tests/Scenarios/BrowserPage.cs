using System.Net;
using System.Text;
using Microsoft.Playwright;

namespace Scenarios;

/// <summary>A real Chromium with one page. Scripts run in a page served from loopback, as from a user's own site.</summary>
sealed class BrowserPage : IAsyncDisposable
{
    static readonly string[] Arguments =
    [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ];

    readonly IPlaywright playwright;
    readonly IBrowser browser;
    HttpListener? site;

    BrowserPage(IPlaywright playwright, IBrowser browser, IPage page)
    {
        this.playwright = playwright;
        this.browser = browser;
        Page = page;
    }

    public IPage Page { get; }

    public static async Task<BrowserPage> OpenAsync(int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light)
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Chromium(), Args = Arguments });
        var page = await browser.NewPageAsync(
            new()
            {
                ViewportSize = new() { Width = width, Height = height },
                ColorScheme = scheme,
            }
        );
        return new(playwright, browser, page);
    }

    public Task VisitAsync(Uri address) => Page.GotoAsync(address.AbsoluteUri);

    /// <summary>Runs the first text, then the script's file, in an empty page.</summary>
    public async Task RunScriptAsync(string file, string before)
    {
        var port = ServerProcess.FreePort();
        site = new() { Prefixes = { $"http://127.0.0.1:{port}/" } };
        site.Start();
        _ = ServeAsync(site, $"<!doctype html><title>shop</title><script>{before}</script><script src=/app.js></script>", file);
        await Page.GotoAsync($"http://127.0.0.1:{port}/");
    }

    static async Task ServeAsync(HttpListener site, string html, string script)
    {
        try
        {
            while (site.IsListening)
            {
                var context = await site.GetContextAsync();
                var isScript = context.Request.Url!.AbsolutePath == "/app.js";
                context.Response.ContentType = isScript ? "text/javascript" : "text/html";
                var body = isScript ? await File.ReadAllBytesAsync(script) : Encoding.UTF8.GetBytes(html);
                await context.Response.OutputStream.WriteAsync(body);
                context.Response.Close();
            }
        }
        catch (Exception stopped) when (stopped is HttpListenerException or ObjectDisposedException)
        {
            // The page is closed.
        }
    }

    public Task<string> TitleAsync() => Page.TitleAsync();

    static string Chromium() =>
        new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.First(File.Exists);

    public async ValueTask DisposeAsync()
    {
        site?.Close();
        await browser.DisposeAsync();
        playwright.Dispose();
    }
}
