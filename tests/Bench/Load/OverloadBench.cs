using System.Diagnostics;

namespace Bench.Load;

/// <summary>
/// One project sends ten times what can be digested, another sends little: what of the peak is still acknowledged and digested, and what the
/// other notices. Peak and overload are measured in turns, in one run; behind them what the other notices of the same crowd at a server that does
/// only the least for the same promise.
/// </summary>
static class OverloadBench
{
    const int Crowd = 256;
    const int Times = 10;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var options = LoadOptions.Read(arguments) with { Mix = "errors" };
        using var directory = new BenchDirectory();
        var data = Path.Combine(directory.Path, "data");
        var many = new Sent(Corpus.Build(options), options);
        var figures = new Figures();
        await using (var product = await ServedProcess.ProductAsync(data))
        {
            await RunAsync(product, many, options, figures);
            figures.Add("peak resident MB", product.PeakResident >> 20);
        }
        await RunYardstickAsync(directory.Path, options, figures);
        figures.AddRatios("ratio: acks under overload / peak", "overload: acks/s", "peak: acks/s");
        figures.AddRatios("ratio: drained under overload / peak", "overload: drained events/s", "peak: drained events/s");
        figures.AddRatios("ratio: the other's p50", "the other beside overload: ack p50 ms", "the other alone: ack p50 ms");
        figures.AddRatios("ratio: the other's p99", "the other beside overload: ack p99 ms", "the other alone: ack p99 ms");
        figures.AddRatios(
            "ratio: the other's p99 at B",
            "B, the other beside a crowd: ack p99 ms",
            "B, the other alone: ack p99 ms"
        );
        figures.Print();
        Console.WriteLine($"answers other than 200: {many.Refusals}");
        var audit = await StoredAudit.RunAsync(data, many);
        Console.WriteLine(audit);
        return audit.ExitCode;
    }

    static async Task RunAsync(ServedProcess product, Sent many, LoadOptions options, Figures figures)
    {
        var time = TimeSpan.FromSeconds(options.Seconds);
        await using var other = await PoliteSender.StartAsync(product.Port, await product.AddProjectAsync("quiet"));
        await Loops.ClosedAsync(many, product.Port, options.Connections, time);
        await product.DrainAsync();
        for (var round = 0; round < options.Rounds; round++)
        {
            var (acked, drained) = await MeasureAsync(
                product,
                many,
                () => Loops.ClosedAsync(many, product.Port, options.Connections, time)
            );
            figures.Add("peak: acks/s", acked);
            figures.Add("peak: drained events/s", drained);
            var alone = await other.SendAsync(time);
            Add(figures, "the other alone", alone);
            await product.DrainAsync();
            var rate = (int)(Times * drained);
            Latencies? beside = null;
            (acked, drained) = await MeasureAsync(
                product,
                many,
                async () =>
                {
                    var sending = other.SendAsync(time);
                    // What is late when the time is over is not sent any more.
                    using var over = new CancellationTokenSource(time);
                    await Loops.OpenAsync(many, product.Port, Crowd, rate, time, over.Token);
                    beside = await sending;
                }
            );
            figures.Add("overload: acks/s", acked);
            figures.Add("overload: drained events/s", drained);
            Add(figures, "the other beside overload", beside!);
        }
    }

    static async Task RunYardstickAsync(string directory, LoadOptions options, Figures figures)
    {
        var time = TimeSpan.FromSeconds(options.Seconds);
        var many = new Sent(Corpus.Build(options), options);
        await using var least = await ServedProcess.YardstickAsync(
            "b",
            Directory.CreateDirectory(Path.Combine(directory, "b")).FullName
        );
        await using var other = await PoliteSender.StartAsync(least.Port, Destination.First);
        await Loops.ClosedAsync(many, least.Port, options.Connections, time);
        for (var round = 0; round < options.Rounds; round++)
        {
            Add(figures, "B, the other alone", await other.SendAsync(time));
            var sending = other.SendAsync(time);
            figures.Add("B, a crowd: acks/s", await Loops.ClosedAsync(many, least.Port, Crowd, time));
            Add(figures, "B, the other beside a crowd", await sending);
        }
    }

    static void Add(Figures figures, string whose, Latencies latencies)
    {
        figures.Add($"{whose}: ack p50 ms", latencies.At(0.5));
        figures.Add($"{whose}: ack p99 ms", latencies.At(0.99));
    }

    /// <summary>Acks per second of the load, and events per second until all are in all stores.</summary>
    static async Task<(double Acked, double Drained)> MeasureAsync(ServedProcess product, Sent sent, Func<Task> load)
    {
        var (before, started) = (sent.Acknowledged, Stopwatch.GetTimestamp());
        await load();
        var (events, loaded) = (sent.Acknowledged - before, Stopwatch.GetElapsedTime(started));
        await product.DrainAsync();
        return (events / loaded.TotalSeconds, events / Stopwatch.GetElapsedTime(started).TotalSeconds);
    }
}
