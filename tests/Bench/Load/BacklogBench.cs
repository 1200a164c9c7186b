using System.Diagnostics;
using Tocsin.Server.Metadata;

namespace Bench.Load;

/// <summary>
/// Events come at a fixed rate while nothing is digested, as another process holds the one place of a writer to the metadata; then how fast what
/// has gathered is digested while as many go on to come.
/// </summary>
static class BacklogBench
{
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var options = LoadOptions.Read(
            arguments,
            new()
            {
                Rounds = 3,
                Seconds = 60,
                Rate = 300,
            }
        );
        using var directory = new BenchDirectory();
        var data = options.Data ?? Path.Combine(directory.Path, "product");
        var corpus = Corpus.Build(options);
        var sent = new Sent(corpus, options);
        var figures = new Figures();
        await using (var product = await ServedProcess.ProductAsync(data))
        {
            // Until the compiler has seen the way.
            await Loops.ClosedAsync(sent, product.Port, options.Connections, TimeSpan.FromSeconds(10));
            for (var round = 0; round < options.Rounds; round++)
            {
                await product.DrainAsync();
                await MeasureAsync(product, data, sent, corpus, options, figures);
            }
            await product.DrainAsync();
            figures.Add("peak resident MB", product.PeakResident >> 20);
        }
        figures.Print();
        Console.WriteLine($"answers other than 200: {sent.Refusals}");
        var audit = await StoredAudit.RunAsync(data, sent);
        Console.WriteLine(audit);
        return audit.ExitCode;
    }

    static async Task MeasureAsync(
        ServedProcess product,
        string data,
        Sent sent,
        Corpus corpus,
        LoadOptions options,
        Figures figures
    )
    {
        var (before, standstill) = (sent.Acknowledged, TimeSpan.FromSeconds(options.Seconds));
        await using (var metadata = MetadataDb.Sqlite(Path.Combine(data, "metadata.db")))
        {
            await metadata.WriteAsync(_ => LoadAsync(standstill, CancellationToken.None), CancellationToken.None);
        }
        var (gathered, released) = (sent.Acknowledged - before, Stopwatch.GetTimestamp());
        using var caughtUp = new CancellationTokenSource();
        // So much longer than it stood still is no catching up any more.
        var load = LoadAsync(5 * standstill, caughtUp.Token);
        var waiting = await WaitingAsync();
        var atFirst = waiting;
        while (waiting > options.Rate && !load.IsCompleted)
        {
            await Task.Delay(Look);
            waiting = await WaitingAsync();
        }
        var (took, digested) = (Stopwatch.GetElapsedTime(released).TotalSeconds, sent.Acknowledged - before - waiting);
        await caughtUp.CancelAsync();
        await load;
        figures.Add("backlog: events", gathered);
        figures.Add("backlog: events, by the bytes of the journal", atFirst);
        figures.Add("backlog: seconds until less than one is left", took);
        figures.Add("digested events/s meanwhile", digested / took);
        figures.Add("digested / nominal", digested / took / options.Rate);

        // The journal keeps bodies as sent; the receipt before each, some twentieth of it, is left out.
        async Task<double> WaitingAsync() => (double)(await product.LagAsync()).Bytes / corpus.Packed;

        Task<Latencies> LoadAsync(TimeSpan time, CancellationToken until) =>
            Loops.OpenAsync(sent, product.Port, options.Connections, options.Rate, time, until);
    }
}
