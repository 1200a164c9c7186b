using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Bench.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tocsin.Server.Api;
using Tocsin.Server.Hosting;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.DuckDb;

namespace Bench.Pages;

/// <summary>
/// What the pages of tracing ask the server for, over HTTP, on a store of many spans: the first time, and of some rounds in a server that is warm
/// the median, the 95th of a hundred and the slowest; of one the CPU that client and server take, which says something on a busy machine too, and how
/// long the collection of garbage stopped them. The newest day is as it was written, those before it are closed.
/// </summary>
static class PageBench
{
    const int Rounds = 100;

    /// <summary>The runtime compiles what it runs often three times, the last time after some hundreds of requests.</summary>
    const int WarmUp = 300;
    const int Projects = 24;
    const string Token = "bench-0123456789abcdef0123456789abcdef";
    const string Organization = "/api/0/organizations/default";
    const string List = $"{Organization}/performance/transactions";
    const string Lists = "transactions, ";
    const string Transaction = "transaction=GET%20/shop/section-8/&project=1";

    static readonly DateOnly FirstDay = new(2026, 11, 7);

    /// <param name="kept">Where the store is made, or was by an earlier run with the same numbers, and stays; null: nowhere.</param>
    /// <param name="only">
    /// A part of the names of the pages that are asked for. A store that is made for lists of transactions alone has no other spans than runs.
    /// </param>
    public static async Task<int> RunAsync(long rows, int days, string? kept = null, string only = "")
    {
        using var temporary = new BenchDirectory();
        var telemetry = Path.Combine(kept ?? temporary.Path, "telemetry");
        var end = new DateTimeOffset(FirstDay.AddDays(days), TimeOnly.MinValue, TimeSpan.Zero);
        if (!Directory.Exists(telemetry))
        {
            var runsAlone = only.StartsWith(Lists, StringComparison.Ordinal);
            await FillAsync(Directory.CreateDirectory(telemetry).FullName, rows, days, runsAlone);
        }
        var trace = Trace(telemetry, rows);
        if (kept is not null)
        {
            Directory.CreateSymbolicLink(Path.Combine(temporary.Path, "telemetry"), Path.GetFullPath(telemetry));
        }
        await using var app = await StartAsync(temporary.Path, new StandingTime(end));
        using var client = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", Token);
        Console.WriteLine(
            "page                                                   first ms  median ms     p95 ms  slowest ms   CPU ms  paused ms      bytes"
        );
        foreach (var (name, path) in Pages(trace).Where(page => page.Name.Contains(only, StringComparison.Ordinal)))
        {
            await AskAsync(name, () => client.GetAsync(path));
            // A page of the list asks for the trends of its rows next.
            if (path.StartsWith($"{List}/?", StringComparison.Ordinal))
            {
                var transactions = await client.GetFromJsonAsync<Named[]>(path);
                var trends = path.Replace($"{List}/?", $"{List}/trends/?", StringComparison.Ordinal);
                await AskAsync($"{name}: trends", () => client.PostAsJsonAsync(trends, new { transactions }));
            }
        }
        await app.StopAsync();
        return 0;
    }

    static IEnumerable<(string Name, string Path)> Pages(UInt128 trace)
    {
        yield return ("transactions, 24 h", $"{List}/?statsPeriod=24h&per_page=50");
        yield return ("transactions, 24 h, by issues", $"{List}/?statsPeriod=24h&per_page=50&sort=-issues");
        yield return ("transactions, 24 h, by regression", $"{List}/?statsPeriod=24h&per_page=50&sort=-regression");
        yield return ("transactions, 14 d", $"{List}/?statsPeriod=14d&per_page=50");
        yield return ("one transaction: summary, 24 h", $"{List}/summary/?statsPeriod=24h&{Transaction}");
        yield return ("one transaction: summary, 14 d", $"{List}/summary/?statsPeriod=14d&{Transaction}");
        yield return (
            "one transaction: slow samples, 24 h",
            $"{List}/samples/?statsPeriod=24h&sort=slow&per_page=20&{Transaction}"
        );
        yield return ("one transaction: differences, 24 h", $"{List}/differences/?statsPeriod=24h&{Transaction}");
        yield return ("one transaction: suspect spans, 24 h", $"{List}/spans/?statsPeriod=24h&{Transaction}");
        yield return ("one transaction: related issues, 24 h", $"{List}/issues/?statsPeriod=24h&{Transaction}");
        yield return ("web vitals, 24 h", $"{Organization}/performance/vitals/?statsPeriod=24h");
        yield return ("web vitals: releases, 24 h", $"{Organization}/performance/vitals/releases/?statsPeriod=24h");
        yield return ("service map, 24 h", $"{Organization}/performance/service-map/?statsPeriod=24h");
        yield return ("traces, 24 h", $"{Organization}/traces/?statsPeriod=24h&per_page=25");
        yield return ("one trace", $"{Organization}/traces/{trace:x32}/");
        yield return ("one trace: what is usual for its spans", $"{Organization}/traces/{trace:x32}/usual/");
        yield return ("one trace, Sentry's forest", $"{Organization}/trace/{trace:x32}/");
    }

    static async Task AskAsync(string name, Func<Task<HttpResponseMessage>> ask)
    {
        var times = new List<double>();
        var bytes = 0;
        var spent = TimeSpan.Zero;
        var paused = TimeSpan.Zero;
        for (var round = -WarmUp; round <= Rounds; round++)
        {
            var (begun, cpu, stopped) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime, GC.GetTotalPauseDuration());
            using var response = await ask();
            bytes = (await response.Content.ReadAsByteArrayAsync()).Length;
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
            if (round > 0)
            {
                spent += Environment.CpuUsage.TotalTime - cpu;
                paused += GC.GetTotalPauseDuration() - stopped;
            }
            if (response.StatusCode != HttpStatusCode.OK)
            {
                throw new InvalidOperationException($"{name}: {response.StatusCode}");
            }
        }
        var later = times.Skip(1 + WarmUp).Order().ToList();
        Print(
            $"{name, -52} {times[0], 10:N1} {later[Rounds / 2], 10:N1} {later[Rounds * 95 / 100], 10:N1} {later[^1], 11:N1} {spent.TotalMilliseconds / Rounds, 8:N1} {paused.TotalMilliseconds / Rounds, 10:N1} {bytes, 10:N0}"
        );
    }

    static async Task FillAsync(string telemetry, long rows, int days, bool runsAlone)
    {
        var begun = Stopwatch.GetTimestamp();
        ManySpans.Fill(telemetry, FirstDay, days, rows, runsAlone);
        Print($"{rows:N0} spans of {days} days in {Stopwatch.GetElapsedTime(begun).TotalSeconds:N0} s");
        begun = Stopwatch.GetTimestamp();
        await using var store = await DuckDbStore.OpenAsync(
            new(telemetry) { Threads = 2, MemoryLimit = "512MB" },
            CancellationToken.None
        );
        foreach (var day in store.Days.Take(days - 1))
        {
            await store.CloseAsync(day.Day, CancellationToken.None);
        }
        // As a batch of events would: what came before is summed up.
        await store.ApplyAsync(new(store.Applied + 1, FirstDay.AddDays(days - 1)), CancellationToken.None);
        Print(
            $"closed in {Stopwatch.GetElapsedTime(begun).TotalSeconds:N0} s: {store.Days.Sum(day => day.Bytes) / (double)rows:N1} bytes a span"
        );
    }

    /// <summary>A trace of the middle.</summary>
    static UInt128 Trace(string telemetry, long rows)
    {
        using var engine = DuckDbEngine.Open(new(telemetry) { Threads = 1, MemoryLimit = "128MB" });
        return (UInt128)engine.Row(ManySpans.TraceOf(rows / 2))[0]!;
    }

    static async Task<WebApplication> StartAsync(string data, TimeProvider time)
    {
        var app = TocsinApp.Build(
            new()
            {
                Data = data,
                Listen = new(IPAddress.Loopback, 0),
                Url = new("http://tocsin.example"),
                BootstrapToken = Token,
            },
            builder =>
            {
                builder.Services.Replace(ServiceDescriptor.Singleton(time));
                // By a clock that stands, a second's requests were all that there are.
                builder.Services.Replace(ServiceDescriptor.Singleton(new RequestLimits(TimeProvider.System)));
                builder.Logging.ClearProviders();
            }
        );
        await app.PrepareAsync(CancellationToken.None);
        await app.StartAsync();
        await app
            .Services.GetRequiredService<MetadataDb>()
            .WriteAsync(
                async transaction =>
                {
                    for (var project = 2; project <= Projects; project++)
                    {
                        await transaction.ExecuteAsync(
                            """
                            INSERT INTO projects (id, organization_id, slug, name, platform, created)
                            SELECT @project, organization_id, @slug, @slug, platform, created FROM projects WHERE id = 1
                            """,
                            new { project, slug = $"project-{project}" }
                        );
                    }
                },
                CancellationToken.None
            );
        await app.Services.GetRequiredService<ProjectDirectory>().RefreshAsync(CancellationToken.None);
        return app;
    }

    /// <summary>A row of the list, as its trend is asked for.</summary>
    sealed record Named(string Transaction, string Project, string Op);

    static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    sealed class StandingTime(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
