using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Bench.Start;

/// <summary>
/// From exec to the first durable ack, and what the process holds after half a minute of rest. Starts alternate with those of a bare web
/// server, whose time is the yardstick on this machine in this minute.
/// </summary>
static class StartBench
{
    const int Rounds = 11;
    const string Key = "9f3c1e5a7b2d4c6e8f0a1b2c3d4e5f60";
    static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    /// <param name="stored">Events that the existing directory holds beside those of this run.</param>
    public static async Task<int> RunAsync(int stored)
    {
        using var directory = new BenchDirectory();
        var full = Path.Combine(directory.Path, "full");
        if (stored > 0)
        {
            await StoredEvents.FillAsync(full, Key, stored);
        }
        var (empty, again, bare) = (new List<Sample>(), new List<Sample>(), new List<Sample>());
        var resting = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var data = Path.Combine(directory.Path, $"round-{round}");
            empty.Add((await MeasureAsync(Tocsin(data), Store, rest: false)).Sample);
            (var sample, resting) = await MeasureAsync(Tocsin(stored > 0 ? full : data), Store, rest: round == Rounds - 1);
            again.Add(sample);
            bare.Add((await MeasureAsync(Bare(), Root, rest: false)).Sample);
        }
        Print("first start, empty directory", empty);
        Print("start, existing directory", again);
        Print("bare Kestrel to its first answer", bare);
        Console.WriteLine(
            $"ratio to the bare server: {Median(again.Select(one => one.Elapsed)) / Median(bare.Select(one => one.Elapsed)):F2}"
        );
        Console.WriteLine($"resident after {Rest.TotalSeconds:F0} s of rest: {resting / 1_000_000} MB");
        return 0;
    }

    static (ProcessStartInfo Start, int Port) Tocsin(string data)
    {
        var port = FreePort();
        var start = new ProcessStartInfo("dotnet", [BuiltServer.Assembly]) { RedirectStandardOutput = true };
        start.Environment["TOCSIN_DATA"] = data;
        start.Environment["TOCSIN_LISTEN"] = $"127.0.0.1:{port}";
        start.Environment["TOCSIN_BOOTSTRAP_KEY"] = Key;
        return (start, port);
    }

    static (ProcessStartInfo Start, int Port) Bare()
    {
        var port = FreePort();
        var start = new ProcessStartInfo(
            "dotnet",
            [typeof(StartBench).Assembly.Location, "bare", port.ToString(CultureInfo.InvariantCulture)]
        )
        {
            RedirectStandardOutput = true,
        };
        return (start, port);
    }

    /// <summary>The yardstick: a web server that answers 200 and does nothing.</summary>
    public static async Task<int> BareAsync(string port)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        var app = builder.Build();
        app.MapFallback(() => "ok");
        await app.RunAsync();
        return 0;
    }

    static Task<HttpResponseMessage> Store(HttpClient http, int port) =>
        http.PostAsync($"http://127.0.0.1:{port}/api/1/store/?sentry_key={Key}", new StringContent("{\"message\":\"start\"}"));

    static Task<HttpResponseMessage> Root(HttpClient http, int port) => http.GetAsync($"http://127.0.0.1:{port}/");

    static async Task<(Sample Sample, long Resident)> MeasureAsync(
        (ProcessStartInfo Start, int Port) what,
        Func<HttpClient, int, Task<HttpResponseMessage>> ask,
        bool rest
    )
    {
        using var http = new HttpClient();
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(what.Start)!;
        while (true)
        {
            try
            {
                using var answer = await ask(http, what.Port);
                if (answer.IsSuccessStatusCode)
                {
                    break;
                }
                throw new InvalidOperationException($"{answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
            }
            catch (HttpRequestException)
            {
                await Task.Delay(2);
            }
        }
        process.Refresh();
        var sample = new Sample(clock.Elapsed.TotalMilliseconds, process.TotalProcessorTime.TotalMilliseconds);
        if (rest)
        {
            await Task.Delay(Rest);
        }
        process.Refresh();
        var resident = process.WorkingSet64;
        process.Kill();
        await process.WaitForExitAsync();
        return (sample, resident);
    }

    static void Print(string what, List<Sample> samples)
    {
        var times = samples.Select(one => one.Elapsed).ToList();
        Console.WriteLine(
            $"{what}: median {Median(times):F0} ms ({times.Min():F0}–{times.Max():F0}), {Median(samples.Select(one => one.Processor)):F0} ms of CPU, {times.Count} starts"
        );
    }

    static double Median(IEnumerable<double> numbers)
    {
        var ordered = numbers.Order().ToList();
        return ordered[ordered.Count / 2];
    }

    /// <summary>Milliseconds until the answer, of the clock and of all processors together.</summary>
    readonly record struct Sample(double Elapsed, double Processor);

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
