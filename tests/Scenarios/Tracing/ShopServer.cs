using System.Diagnostics;
using Npgsql;
using Server.Tests.Hosting;

namespace Scenarios.Tracing;

/// <summary>The shop of <c>clients/shop</c>: a page, a route behind it and a database, instrumented as its users would do it.</summary>
sealed class ShopServer : IAsyncDisposable
{
    readonly Process process;

    ShopServer(Process process, Uri address)
    {
        this.process = process;
        Address = address;
    }

    public Uri Address { get; }

    /// <param name="instrumentation">The module that is loaded before the shop.</param>
    /// <param name="page">The page's script.</param>
    /// <param name="before">What the page runs before its script.</param>
    public static async Task<ShopServer> StartAsync(
        string instrumentation,
        string page,
        string before,
        params (string Name, string Value)[] settings
    )
    {
        var built = $"node_modules/.built/{page}";
        await Clients.RunAsync("node_modules/.bin/esbuild", [$"shop/{page}", "--bundle", "--minify", $"--outfile={built}"]);
        var database = new NpgsqlConnectionStringBuilder(await PostgresServer.CreateDatabaseAsync());
        var connection = $"postgres://{database.Username}@{database.Host}:{database.Port}/{database.Database}";
        var start = new ProcessStartInfo(
            "node",
            ["--import", $"./shop/{instrumentation}", "shop/server.mjs", connection, built, before]
        )
        {
            WorkingDirectory = Clients.Directory,
            RedirectStandardOutput = true,
        };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync();
        return Uri.TryCreate(line, UriKind.Absolute, out var address)
            ? new(process, address)
            : throw new InvalidOperationException($"The shop says \"{line}\" instead of its address.");
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
