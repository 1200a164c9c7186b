using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Scenarios;

/// <summary>The built server as a process of its own, on a data directory of its own, as a user starts it.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    public const string Key = "9f3c1e5a7b2d4c6e8f0a1b2c3d4e5f60";
    public const string Token = "scenario-0123456789abcdef0123456789abcdef";
    public const string Email = "ada@example.com";
    public const string Password = "correct-horse-battery-staple-42";
    public const long ProjectId = 42;

    readonly Dictionary<string, string> _environment;
    Process? _process;

    ServerProcess(string data, int port, Dictionary<string, string> environment)
    {
        Data = data;
        Address = new($"http://127.0.0.1:{port}/");
        _environment = environment;
        Api = new() { BaseAddress = new(Address, "api/0/"), Timeout = TimeSpan.FromSeconds(30) };
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public string Data { get; }
    public Uri Address { get; }
    public string Dsn => $"http://{Key}@{Address.Authority}/{ProjectId}";

    /// <summary>Calls below <c>/api/0/</c> with the bootstrap token.</summary>
    public HttpClient Api { get; }

    public string Output { get; private set; } = "";

    public static async Task<ServerProcess> StartAsync(bool withAdmin = true)
    {
        var data = Directory.CreateTempSubdirectory("tocsin-scenario-").FullName;
        var port = FreePort();
        var environment = new Dictionary<string, string>
        {
            ["TOCSIN_DATA"] = data,
            ["TOCSIN_LISTEN"] = $"127.0.0.1:{port}",
            ["TOCSIN_BOOTSTRAP_TOKEN"] = Token,
            ["TOCSIN_BOOTSTRAP_KEY"] = Key,
            ["TOCSIN_BOOTSTRAP_PROJECT_ID"] = $"{ProjectId}",
        };
        if (withAdmin)
        {
            environment["TOCSIN_ADMIN_EMAIL"] = Email;
            environment["TOCSIN_ADMIN_PASSWORD"] = Password;
        }
        var server = new ServerProcess(data, port, environment);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Starts, and returns when it answers.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("dotnet", [ServerDll()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Data,
        };
        foreach (var (name, value) in _environment)
        {
            start.Environment[name] = value;
        }
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Output += line.Data + "\n";
        _process.ErrorDataReceived += (_, line) => Output += line.Data + "\n";
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await UntilAsync(IsUpAsync, "the server to answer");
    }

    public async Task KillAsync()
    {
        _process!.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    /// <summary>Waits until the condition holds; fails after half a minute, with the server's output.</summary>
    public async Task UntilAsync(Func<Task<bool>> condition, string what, int seconds = 30)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > TimeSpan.FromSeconds(seconds) || _process!.HasExited)
            {
                throw new TimeoutException($"Waited {waited.Elapsed.TotalSeconds:F0} s for {what}.\n{Output}");
            }
            await Task.Delay(50);
        }
    }

    async Task<bool> IsUpAsync()
    {
        try
        {
            using var answer = await Api.GetAsync(new Uri(Address, "_health/"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    static string ServerDll() => Path.Combine(AppContext.BaseDirectory, "Tocsin.Server.dll");

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }
        Directory.Delete(Data, recursive: true);
    }
}
