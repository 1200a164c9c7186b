using System.Diagnostics;
using System.Globalization;
using Tocsin.Server.Metadata;

namespace Bench.Load;

/// <summary>
/// The digester stands still for a minute under a load that goes on, as somebody else has the writer of the metadata; then it catches up beside the
/// same load. Nominal is the load's rate.
/// </summary>
static class BacklogBench
{
    static readonly TimeSpan Stopped = TimeSpan.FromSeconds(60);
    static readonly TimeSpan Afterwards = TimeSpan.FromSeconds(60);

    /// <summary>Caught up is who has nothing older than this to do, in seconds.</summary>
    const double Current = 1;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var options = LoadOptions.Read(arguments);
        using var directory = new BenchDirectory();
        var data = options.Data ?? Path.Combine(directory.Path, "data");
        await using var product = await ServedProcess.ProductAsync(data);
        await using var metadata = MetadataDb.Sqlite(Path.Combine(data, "metadata.db"));
        var corpus = Corpus.Build(options);
        var sent = new Sent(corpus, options);
        await Loops.ClosedAsync(sent, product.Port, options.Connections, TimeSpan.FromSeconds(options.Seconds));
        await product.DrainAsync();
        var figures = new Figures();
        for (var round = 0; round < options.Rounds; round++)
        {
            await RoundAsync(product, metadata, sent, corpus, options, figures);
            Console.WriteLine($"round {round + 1} of {options.Rounds} done");
        }
        figures.Add("peak resident MB", product.PeakResident >> 20);
        figures.Print();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"answers other than 200: {string.Join(", ", sent.Others.Select(other => $"{other.Value} × {other.Key}"))}"
            )
        );
        return 0;
    }

    static async Task RoundAsync(
        ServedProcess product,
        MetadataDb metadata,
        Sent sent,
        Corpus corpus,
        LoadOptions options,
        Figures figures
    )
    {
        var before = sent.Acknowledged;
        var loading = Loops.OpenAsync(sent, product.Port, options.Connections, options.Rate, Stopped + Afterwards);
        await metadata.WriteAsync(_ => Task.Delay(Stopped), CancellationToken.None);
        var resumed = Stopwatch.GetTimestamp();
        figures.Add("backlog when it goes on, events", sent.Acknowledged - before);
        var lag = await product.LagAsync();
        while (lag.Oldest > Current)
        {
            await Task.Delay(100);
            lag = await product.LagAsync();
        }
        var took = Stopwatch.GetElapsedTime(resumed).TotalSeconds;
        // The journal keeps bodies as sent; the receipt before each, some twentieth of it, is left out.
        var drained = (sent.Acknowledged - before - (double)lag.Bytes / corpus.Packed) / took;
        figures.Add("seconds until it has caught up", took);
        figures.Add("drained events/s, the load's and the backlog", drained);
        figures.Add("drained / nominal", drained / options.Rate);
        var latencies = await loading;
        figures.Add("ack p50 ms, stop and recovery together", latencies.At(0.5));
        figures.Add("ack p99 ms, stop and recovery together", latencies.At(0.99));
        await product.DrainAsync();
    }
}
