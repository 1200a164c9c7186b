using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Scenarios;

/// <summary>The built server as a process of its own, on a data directory of its own, as a user starts it.</summary>
public sealed partial class ServerProcess : IAsyncDisposable
{
    public const string Key = "9f3c1e5a7b2d4c6e8f0a1b2c3d4e5f60";
    public const string Token = "scenario-0123456789abcdef0123456789abcdef";
    public const string Email = "ada@example.com";
    public const string Password = "correct-horse-battery-staple-42";
    public const long ProjectId = 42;

    /// <summary>Far beyond what a busy machine needs: a test tells that something never comes, not how long it takes.</summary>
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    readonly Dictionary<string, string> environment;
    readonly IReadOnlyList<string> arguments;
    readonly StringBuilder output = new();
    Process? process;

    ServerProcess(string data, Dictionary<string, string> environment, IReadOnlyList<string> arguments)
    {
        Data = data;
        Address = new($"http://{environment["TOCSIN_LISTEN"]}/");
        this.environment = environment;
        this.arguments = arguments;
        Url = new(Address, environment.GetValueOrDefault("TOCSIN_URL", "/"));
        Api = new() { BaseAddress = new(Url, "api/0/"), Timeout = TimeSpan.FromSeconds(30) };
        Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
    }

    public string Data { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>What people and clients are told, with a slash at its end.</summary>
    public Uri Url { get; }
    public string Dsn => $"http://{Key}@{Url.Authority}{Url.AbsolutePath}{ProjectId}";

    /// <summary>Calls below <c>/api/0/</c> with the bootstrap token.</summary>
    public HttpClient Api { get; }

    /// <summary>What it printed, over all its starts.</summary>
    public string Output
    {
        get
        {
            lock (output)
            {
                return output.ToString();
            }
        }
    }

    /// <summary>Bytes of memory that it has now.</summary>
    public long Resident
    {
        get
        {
            process!.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>Open files, sockets among them.</summary>
    public int Handles =>
        OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries($"/proc/{process!.Id}/fd").Length : process!.HandleCount;

    /// <summary>The link that it prints while there is no user.</summary>
    public Uri SetupLink => new(PrintedLink.Match(Output).Groups[1].Value);

    /// <summary>With a first user, who exists before anybody opens a page.</summary>
    public static Task<ServerProcess> StartAsync(params (string Name, string Value)[] settings) =>
        StartWithAsync([], [("TOCSIN_ADMIN_EMAIL", Email), ("TOCSIN_ADMIN_PASSWORD", Password), .. settings]);

    /// <summary>Without a user: the server prints a set-up link.</summary>
    public static Task<ServerProcess> StartUnclaimedAsync(params (string Name, string Value)[] settings) =>
        StartWithAsync([], settings);

    /// <summary>Without a user, with these words behind the program's name.</summary>
    public static Task<ServerProcess> StartUnclaimedAsync(string[] arguments, params (string Name, string Value)[] settings) =>
        StartWithAsync(arguments, settings);

    /// <summary>With a first user, and an address that has a path.</summary>
    public static Task<ServerProcess> StartBelowAsync(string path)
    {
        var port = FreePort();
        return StartAsync(("TOCSIN_LISTEN", $"127.0.0.1:{port}"), ("TOCSIN_URL", $"http://127.0.0.1:{port}{path}/"));
    }

    /// <summary>Starts, and returns when it answers.</summary>
    public async Task StartAgainAsync()
    {
        Launch();
        await UntilAsync(IsUpAsync, "the server to answer");
    }

    /// <summary>Starts, and does not wait.</summary>
    public void Launch()
    {
        process = Process.Start(Command(environment, Data, arguments))!;
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>As the power cord does, but for what the system has in memory.</summary>
    public async Task KillAsync()
    {
        process!.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
        process.Dispose();
        process = null;
    }

    /// <summary>As an operator or a service manager stops it; returns the exit code.</summary>
    public async Task<int> StopAsync()
    {
        using (var term = Process.Start("kill", ["-TERM", $"{process!.Id}"]))
        {
            await term.WaitForExitAsync();
        }
        await process.WaitForExitAsync();
        var code = process.ExitCode;
        process.Dispose();
        process = null;
        return code;
    }

    /// <summary>A start with these settings alone that must end by itself: its exit code and what it printed.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(
        string directory,
        params (string Name, string Value)[] settings
    )
    {
        using var process = Process.Start(Command(settings.ToDictionary(one => one.Name, one => one.Value), directory, []))!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"It runs though it should not.\n{await output}\n{await errors}");
        }
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Waits until the condition holds; fails after a while, with the server's output.</summary>
    public Task UntilAsync(Func<Task<bool>> condition, string what) => UntilAsync(condition, what, Patience);

    public async Task UntilAsync(Func<Task<bool>> condition, string what, TimeSpan patience)
    {
        var waited = Stopwatch.StartNew();
        while (!await condition())
        {
            if (waited.Elapsed > patience || process!.HasExited)
            {
                throw new TimeoutException($"Waited {waited.Elapsed.TotalSeconds:F0} s for {what}.\n{Output}");
            }
            await Task.Delay(50);
        }
    }

    static int lastPort = Random.Shared.Next(10_000, 20_000);

    /// <summary>
    /// None that was given before, and none from which the system lets connections out (32768 and above): between this answer and the server's
    /// start one of those could take it.
    /// </summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Interlocked.Increment(ref lastPort);
            try
            {
                using var listener = new TcpListener(IPAddress.Loopback, port);
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Somebody else's.
            }
        }
    }

    static async Task<ServerProcess> StartWithAsync(string[] arguments, (string Name, string Value)[] settings)
    {
        var environment = settings.ToDictionary(one => one.Name, one => one.Value);
        var data = environment.GetValueOrDefault("TOCSIN_DATA", Directory.CreateTempSubdirectory("tocsin-scenario-").FullName);
        environment["TOCSIN_DATA"] = data;
        environment.TryAdd("TOCSIN_LISTEN", $"127.0.0.1:{FreePort()}");
        environment["TOCSIN_BOOTSTRAP_TOKEN"] = Token;
        environment["TOCSIN_BOOTSTRAP_KEY"] = Key;
        environment["TOCSIN_BOOTSTRAP_PROJECT_ID"] = $"{ProjectId}";
        var server = new ServerProcess(data, environment, arguments);
        try
        {
            await server.StartAgainAsync();
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
        return server;
    }

    [GeneratedRegex(@"Set-up link \(once, 24 hours\): (\S+)")]
    static partial Regex PrintedLink { get; }

    static ProcessStartInfo Command(
        IReadOnlyDictionary<string, string> environment,
        string directory,
        IReadOnlyList<string> arguments
    )
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Tocsin.Server.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = directory,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        return start;
    }

    void Keep(string? line)
    {
        lock (output)
        {
            output.Append(line).Append('\n');
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

    public async ValueTask DisposeAsync()
    {
        Api.Dispose();
        if (process is { HasExited: false })
        {
            await KillAsync();
        }
        Directory.Delete(Data, recursive: true);
    }
}
