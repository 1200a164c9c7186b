using System.Diagnostics;
using System.Globalization;

namespace Bench.Load;

/// <summary>
/// A client that sends little, as a process of its own: in the process of a flood it would wait behind the flood's own work, and that would
/// be measured as the server's. Where it may it runs in real time, as if it had a machine of its own, and each request on one thread.
/// </summary>
sealed class PoliteSender : IAsyncDisposable
{
    const int Threads = 10;
    const int RatePerThread = 5;
    const string Ready = "ready";

    readonly Process process;

    PoliteSender(Process process) => this.process = process;

    /// <summary>Returns when it has sent for a while, so that its own code is compiled.</summary>
    public static async Task<PoliteSender> StartAsync(int port, Destination to)
    {
        string[] program = ["dotnet", typeof(PoliteSender).Assembly.Location, "polite", Text(port), Text(to.Project), to.Key];
        var start = new ProcessStartInfo(
            "sh",
            ["-c", "chrt -f 1 true 2>/dev/null && exec chrt -f 1 \"$@\" || exec \"$@\"", "sh", .. program]
        )
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
        await process.StandardInput.WriteLineAsync(time.TotalSeconds.ToString(CultureInfo.InvariantCulture));
        await process.StandardInput.FlushAsync();
        var line =
            await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The polite sender ended.");
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
        await SendAsync(sent, port, TimeSpan.FromSeconds(3));
        Console.WriteLine(Ready);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            var time = TimeSpan.FromSeconds(double.Parse(line, CultureInfo.InvariantCulture));
            var latencies = await SendAsync(sent, port, time);
            Console.WriteLine(latencies.Told());
        }
        return sent.Others.IsEmpty ? 0 : 1;
    }

    /// <summary>A latency counts from when the request was due, as in <see cref="Loops.OpenAsync"/>.</summary>
    static async Task<Latencies> SendAsync(Sent sent, int port, TimeSpan time)
    {
        var latencies = new Latencies();
        var threads = new List<Thread>();
        var started = Stopwatch.GetTimestamp();
        for (var number = 0; number < Threads; number++)
        {
            var sender = new Sender(sent.To);
            await sender.ConnectAsync(port);
            var offset = TimeSpan.FromSeconds((double)number / (Threads * RatePerThread));
            threads.Add(new(() => Run(sender, offset)));
        }
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return latencies;

        void Run(Sender sender, TimeSpan due)
        {
            using (sender)
            {
                for (; due < time; due += TimeSpan.FromSeconds(1) / RatePerThread)
                {
                    Wait(started, due);
                    sent.Send(sender);
                    latencies.Add(Stopwatch.GetElapsedTime(started) - due);
                }
            }
        }
    }

    static void Wait(long started, TimeSpan due)
    {
        if (due - Stopwatch.GetElapsedTime(started) is { TotalMilliseconds: > 1 } early)
        {
            Thread.Sleep((int)early.TotalMilliseconds);
        }
        SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(started) >= due);
    }

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
