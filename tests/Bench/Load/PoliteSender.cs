using System.Diagnostics;
using System.Globalization;

namespace Bench.Load;

/// <summary>
/// A client that sends little, as a process of its own: in the process of a flood it would wait behind the flood's own work, and that would
/// be measured as the server's. It stands before all others in the scheduler's order, where it may, as if it had a machine of its own.
/// </summary>
sealed class PoliteSender : IAsyncDisposable
{
    const int Rate = 50;
    const string Ready = "ready";

    readonly Process _process;

    PoliteSender(Process process) => _process = process;

    /// <summary>Returns when it has sent for a while, so that its own code is compiled.</summary>
    public static async Task<PoliteSender> StartAsync(int port, Destination to)
    {
        string[] program = ["dotnet", typeof(PoliteSender).Assembly.Location, "polite", Text(port), Text(to.Project), to.Key];
        // Who may not step forward is told so, and runs as everybody does.
        var start = new ProcessStartInfo("nice", ["-n", "-11", .. program])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var process = Process.Start(start)!;
        var said = await process.StandardOutput.ReadLineAsync();
        return said == Ready ? new(process) : throw new InvalidOperationException($"The polite sender said {said}.");
    }

    public async Task<Latencies> SendAsync(TimeSpan time)
    {
        await _process.StandardInput.WriteLineAsync(time.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        await _process.StandardInput.FlushAsync();
        var line =
            await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The polite sender ended.");
        var latencies = new Latencies();
        foreach (var milliseconds in line.Split(' '))
        {
            latencies.Add(TimeSpan.FromMilliseconds(double.Parse(milliseconds, CultureInfo.InvariantCulture)));
        }
        return latencies;
    }

    /// <summary>The process itself: for each line it sends so many seconds, and answers with the latencies.</summary>
    public static async Task<int> RunAsync(int port, Destination to)
    {
        var options = new LoadOptions { Mix = "errors", Bodies = 200 };
        var sent = new Sent(Corpus.Build(options), options) { To = to };
        await Loops.OpenAsync(sent, port, Rate, Rate, TimeSpan.FromSeconds(3));
        Console.WriteLine(Ready);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var time = TimeSpan.FromSeconds(double.Parse(line, CultureInfo.InvariantCulture));
            var latencies = await Loops.OpenAsync(sent, port, Rate, Rate, time);
            Console.WriteLine(latencies.Told());
        }
        return sent.Others.IsEmpty ? 0 : 1;
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
