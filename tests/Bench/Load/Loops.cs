using System.Diagnostics;

namespace Bench.Load;

/// <summary>Two ways to put a load on a server.</summary>
static class Loops
{
    /// <summary>As fast as it answers, on so many connections: what it can do at most. Answers per second.</summary>
    public static async Task<double> ClosedAsync(Sent sent, int port, int connections, TimeSpan time)
    {
        var before = sent.Acknowledged;
        var started = Stopwatch.GetTimestamp();
        await OnEachAsync(
            sent.To,
            port,
            connections,
            async sender =>
            {
                while (Stopwatch.GetElapsedTime(started) < time)
                {
                    await sent.SendAsync(sender);
                }
            }
        );
        return (sent.Acknowledged - before) / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    /// <summary>
    /// At a fixed rate, whatever the server does. A latency counts from the moment at which the request was due, not from when a connection was
    /// free for it: a server that stalls delays everything that was due meanwhile, and that is counted.
    /// </summary>
    /// <param name="until">When to send no more, whatever is due.</param>
    public static async Task<Latencies> OpenAsync(
        Sent sent,
        int port,
        int connections,
        int rate,
        TimeSpan time,
        CancellationToken until = default
    )
    {
        var latencies = new Latencies();
        var arrivals = (long)(rate * time.TotalSeconds);
        var (next, started) = (-1L, Stopwatch.GetTimestamp());
        await OnEachAsync(
            sent.To,
            port,
            connections,
            async sender =>
            {
                while (Interlocked.Increment(ref next) is var arrival && arrival < arrivals && !until.IsCancellationRequested)
                {
                    var due = TimeSpan.FromSeconds((double)arrival / rate);
                    var early = due - Stopwatch.GetElapsedTime(started);
                    if (early > TimeSpan.FromMilliseconds(1))
                    {
                        await Task.Delay(early, CancellationToken.None);
                    }
                    await sent.SendAsync(sender);
                    latencies.Add(Stopwatch.GetElapsedTime(started) - due);
                }
            }
        );
        return latencies;
    }

    static async Task OnEachAsync(Destination to, int port, int connections, Func<Sender, Task> work) =>
        await Task.WhenAll(
            Enumerable
                .Range(0, connections)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        using var sender = new Sender(to);
                        await sender.ConnectAsync(port);
                        await work(sender);
                    })
                )
        );
}
