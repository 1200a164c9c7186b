using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace Bench.Load;

/// <summary>A server as a process of its own: the product, or one of the yardsticks.</summary>
sealed class ServedProcess : IAsyncDisposable
{
    const string Token = "bench-0123456789abcdef0123456789abcdef";

    readonly Process process;
    readonly HttpClient api;

    ServedProcess(ProcessStartInfo start, int port)
    {
        Port = port;
        process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        api = new() { BaseAddress = new($"http://127.0.0.1:{port}/"), Timeout = TimeSpan.FromSeconds(60) };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public int Port { get; }

    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    public long Resident
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>The most it had since its start.</summary>
    public long PeakResident
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    public int Handles => OperatingSystem.IsLinux() ? Directory.GetFiles($"/proc/{process.Id}/fd").Length : process.HandleCount;

    public static Task<ServedProcess> ProductAsync(string data)
    {
        var start = Start([BuiltServer.Assembly], out var port);
        start.Environment["TOCSIN_DATA"] = data;
        // The issues are part of the load.
        start.Environment["TOCSIN_NEW_ISSUES"] = "0";
        start.Environment["TOCSIN_LISTEN"] = $"127.0.0.1:{port}";
        start.Environment["TOCSIN_BOOTSTRAP_KEY"] = Destination.First.Key;
        start.Environment["TOCSIN_BOOTSTRAP_PROJECT_ID"] = "42";
        start.Environment["TOCSIN_BOOTSTRAP_TOKEN"] = Token;
        start.Environment["TOCSIN_ADMIN_EMAIL"] = "ada@example.com";
        start.Environment["TOCSIN_ADMIN_PASSWORD"] = "correct-horse-battery-staple-42";
        return ReadyAsync(new(start, port), "ready");
    }

    public static Task<ServedProcess> YardstickAsync(string kind, string directory)
    {
        var arguments = new List<string> { typeof(ServedProcess).Assembly.Location, "yardstick", kind };
        var start = Start(arguments, out var port);
        start.ArgumentList.Add(port.ToString(CultureInfo.InvariantCulture));
        start.ArgumentList.Add(directory);
        return ReadyAsync(new(start, port), "");
    }

    /// <summary>Bytes of the journal that are not in all stores yet, and the age of the oldest in seconds.</summary>
    public async Task<(long Bytes, double Oldest)> LagAsync()
    {
        using var answer = await JsonDocument.ParseAsync(await api.GetStreamAsync("api/0/internal/pipeline/"));
        var stage = answer.RootElement.GetProperty("stages").EnumerateArray().First();
        return (stage.GetProperty("lagBytes").GetInt64(), stage.GetProperty("oldestSeconds").GetDouble());
    }

    /// <summary>Whether a day that is over is being closed.</summary>
    public async Task<bool> IsClosingAsync()
    {
        using var answer = await JsonDocument.ParseAsync(await api.GetStreamAsync("api/0/internal/retention/"));
        var current = answer.RootElement.GetProperty("current");
        return current.ValueKind == JsonValueKind.Object && current.GetProperty("step").GetString() == "close";
    }

    /// <summary>Until everything is in all stores.</summary>
    public async Task DrainAsync()
    {
        // The header of a new segment is no record.
        const int Header = 64;
        while ((await LagAsync()).Bytes > Header)
        {
            await Task.Delay(50);
        }
    }

    public async Task<Destination> AddProjectAsync(string name)
    {
        using var made = await api.PostAsJsonAsync("api/0/teams/default/default/projects/", new { name });
        made.EnsureSuccessStatusCode();
        using var keys = await JsonDocument.ParseAsync(await api.GetStreamAsync($"api/0/projects/default/{name}/keys/"));
        var key = keys.RootElement[0];
        return new(key.GetProperty("projectId").GetInt64(), key.GetProperty("public").GetString()!);
    }

    public async Task<bool> HasEventAsync(string id)
    {
        using var answer = await api.GetAsync($"api/0/organizations/default/eventids/{id}/");
        return answer.IsSuccessStatusCode;
    }

    public async ValueTask DisposeAsync()
    {
        // As an operator stops it, so that the stores are closed.
        using (var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
        process.Dispose();
        api.Dispose();
    }

    static ProcessStartInfo Start(IReadOnlyList<string> arguments, out int port)
    {
        port = FreePort();
        return new("dotnet", arguments) { RedirectStandardOutput = true };
    }

    static async Task<ServedProcess> ReadyAsync(ServedProcess server, string path)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var answer = await server.api.GetAsync(path);
                return server;
            }
            catch (HttpRequestException) when (attempt < 600 && !server.process.HasExited)
            {
                await Task.Delay(100);
            }
        }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
