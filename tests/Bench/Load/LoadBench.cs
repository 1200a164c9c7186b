using System.Diagnostics;
using System.Globalization;

namespace Bench.Load;

/// <summary>
/// The product and the yardsticks in alternating rounds, on the same machine in the same minutes: closed loop for what they can do at most, open
/// loop for latency and freshness. An event counts when it can be found. All figures are medians over the rounds with their range.
/// </summary>
static class LoadBench
{
    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var options = LoadOptions.Read(arguments);
        using var directory = new BenchDirectory();
        var corpus = Corpus.Build(options);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{corpus.Bodies.Count} bodies, means: {corpus.Plain} bytes, {corpus.Packed} as sent, {corpus.Gzip} with gzip -6; "
                    + $"{options.Issues} issues, {options.Connections} connections, {options.Rounds} rounds of {options.Seconds} s"
            )
        );
        var figures = new Figures();
        var data = options.Data ?? Path.Combine(directory.Path, "product");
        var toProduct = new Sent(corpus, options);
        var before = Environment.CpuUsage.TotalTime;
        var began = Stopwatch.GetTimestamp();
        await using (var product = await ServedProcess.ProductAsync(data))
        {
            // Until the compiler has seen the way, which takes some thousand events.
            await Loops.ClosedAsync(toProduct, product.Port, options.Connections, TimeSpan.FromSeconds(options.Seconds));
            await product.DrainAsync();
            for (var round = 0; round < options.Rounds; round++)
            {
                await RoundAsync(round, product, toProduct, corpus, options, directory.Path, figures);
                Console.WriteLine($"round {round + 1} of {options.Rounds} done");
            }
            figures.Add("product: peak resident MB", product.PeakResident >> 20);
        }
        var bytes = BytesOf(data);
        figures.Add("disk: product bytes per event", (double)bytes / toProduct.Acknowledged);
        figures.Add("disk: product / gzip -6 of the same bodies", (double)bytes / (toProduct.Acknowledged * corpus.Gzip));
        Ratios(figures);
        figures.Print();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"generator: {(Environment.CpuUsage.TotalTime - before) / Stopwatch.GetElapsedTime(began) * 100:N0} % of one processor; "
                    + $"answers other than 200: {toProduct.Refusals}"
            )
        );
        var audit = await StoredAudit.RunAsync(data, toProduct);
        Console.WriteLine(audit);
        return audit.ExitCode;
    }

    /// <summary>Each round in another order, so that what one leaves behind (a warm disk, a full cache) helps all the same.</summary>
    static async Task RoundAsync(
        int round,
        ServedProcess product,
        Sent toProduct,
        Corpus corpus,
        LoadOptions options,
        string directory,
        Figures figures
    )
    {
        List<Func<Task>> parts =
        [
            () => SaturateAsync(product, toProduct, corpus, options, figures),
            .. new[] { "a", "b", "c", "gateway" }.Select(kind =>
                (Func<Task>)(() => YardstickAsync(kind, corpus, options, directory, figures))
            ),
        ];
        for (var i = 0; i < parts.Count; i++)
        {
            await parts[(i + round) % parts.Count]();
        }
        await MeasureLatencyAsync(product, toProduct, options, directory, figures);
    }

    static async Task SaturateAsync(ServedProcess product, Sent sent, Corpus corpus, LoadOptions options, Figures figures)
    {
        var (processor, acknowledged, spans) = (product.Processor, sent.Acknowledged, sent.Spans);
        var started = Stopwatch.GetTimestamp();
        var rate = await Loops.ClosedAsync(sent, product.Port, options.Connections, TimeSpan.FromSeconds(options.Seconds));
        var lag = (await product.LagAsync()).Bytes;
        var closed = Stopwatch.GetTimestamp();
        await product.DrainAsync();
        var took = Stopwatch.GetElapsedTime(started).TotalSeconds;
        var events = sent.Acknowledged - acknowledged;
        figures.Add("product: durable acks/s, closed loop", rate);
        figures.Add("product: drained events/s, load and backlog together", events / took);
        // The journal keeps bodies as sent; the receipt before each, some twentieth of it, is left out.
        var backlog = (double)lag / corpus.Packed;
        figures.Add(
            "product: drained events/s, backlog alone",
            backlog / Math.Max(0.05, Stopwatch.GetElapsedTime(closed).TotalSeconds)
        );
        figures.Add("product: CPU µs per drained event", (product.Processor - processor).TotalMicroseconds / Math.Max(1, events));
        if (sent.Spans > spans)
        {
            figures.Add("product: drained spans/s", (sent.Spans - spans) / took);
        }
    }

    static async Task YardstickAsync(string kind, Corpus corpus, LoadOptions options, string directory, Figures figures)
    {
        var own = Directory.CreateDirectory(Path.Combine(directory, kind)).FullName;
        await using (var server = await ServedProcess.YardstickAsync(kind, own))
        {
            var sent = new Sent(corpus, options);
            // To get warm, as the product is: the compiler needs some seconds for the longest of the ways.
            await Loops.ClosedAsync(sent, server.Port, options.Connections, TimeSpan.FromSeconds(Math.Min(6, options.Seconds)));
            var rate = await Loops.ClosedAsync(sent, server.Port, options.Connections, TimeSpan.FromSeconds(options.Seconds));
            figures.Add(kind == "gateway" ? "gateway alone: answers/s" : $"yardstick {kind}: answers/s", rate);
        }
        Directory.Delete(own, recursive: true);
    }

    static async Task MeasureLatencyAsync(
        ServedProcess product,
        Sent sent,
        LoadOptions options,
        string directory,
        Figures figures
    )
    {
        using var stop = new CancellationTokenSource();
        var probing = SyncProbe.RunAsync(directory, stop.Token);
        var looking = Freshness.RunAsync(product, stop.Token);
        var latencies = await Loops.OpenAsync(
            sent,
            product.Port,
            options.Connections,
            options.Rate,
            TimeSpan.FromSeconds(options.Seconds)
        );
        await stop.CancelAsync();
        var (probe, fresh) = (await probing, await looking);
        await product.DrainAsync();
        figures.Add($"open loop {options.Rate}/s: ack p50 ms", latencies.At(0.5));
        figures.Add($"open loop {options.Rate}/s: ack p99 ms", latencies.At(0.99));
        figures.Add($"open loop {options.Rate}/s: ack p99.9 ms", latencies.At(0.999));
        figures.Add("fdatasync probe: p99 ms", probe.At(0.99));
        figures.Add("fdatasync probe: p99.9 ms", probe.At(0.999));
        figures.Add($"open loop {options.Rate}/s: freshness p50 ms", fresh.At(0.5));
        figures.Add($"open loop {options.Rate}/s: freshness p95 ms", fresh.At(0.95));
        figures.Add("product: resident MB under the open loop", product.Resident >> 20);
    }

    static void Ratios(Figures figures)
    {
        figures.AddRatios("ratio: durable acks, gateway alone / B", "gateway alone: answers/s", "yardstick b: answers/s");
        figures.AddRatios(
            "ratio: durable acks beside digestion / B",
            "product: durable acks/s, closed loop",
            "yardstick b: answers/s"
        );
        figures.AddRatios("ratio: drained / C", "product: drained events/s, load and backlog together", "yardstick c: answers/s");
        figures.AddRatios("ratio: B / A", "yardstick b: answers/s", "yardstick a: answers/s");
        figures.AddRatios("ratio: C / B", "yardstick c: answers/s", "yardstick b: answers/s");
        var p99 = figures.Names.First(name => name.EndsWith("ack p99 ms", StringComparison.Ordinal));
        figures.AddRatios("ratio: ack p99 / fdatasync p99", p99, "fdatasync probe: p99 ms");
    }

    static long BytesOf(string directory) =>
        new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
