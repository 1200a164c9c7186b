using Bench.Telemetry;

namespace Bench.Load;

/// <summary>
/// How long acks take at a fixed rate while the server closes a day of telemetry, beside the same rate just before and after it. The server looks
/// for such days a minute after its start, so each round is a start that finds one.
/// </summary>
static class ClosingLoadBench
{
    const long Spans = 3_000_000;
    static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);
    static readonly TimeSpan Warm = TimeSpan.FromSeconds(20);
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var options = LoadOptions.Read(
            arguments,
            new()
            {
                Rounds = 5,
                Seconds = 30,
                Rate = 500,
            }
        );
        using var directory = new BenchDirectory();
        var telemetry = Directory.CreateDirectory(Path.Combine(directory.Path, "telemetry")).FullName;
        var sent = new Sent(Corpus.Build(options), options);
        var figures = new Figures();
        var over = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(-2);
        // Beside days that are there already it would miss its metadata.
        await (await ServedProcess.ProductAsync(directory.Path)).DisposeAsync();
        for (var round = 0; round < options.Rounds; round++)
        {
            ManySpans.Fill(telemetry, over.AddDays(-round), days: 1, Spans);
            await using var product = await ServedProcess.ProductAsync(directory.Path);
            await MeasureAsync(product, sent, options, figures);
            await product.DrainAsync();
        }
        foreach (var share in (string[])["p50", "p99"])
        {
            figures.AddRatios($"ratio: ack {share}", $"a day is closed: ack {share} ms", $"none is closed: ack {share} ms");
        }
        figures.Print();
        Console.WriteLine($"answers other than 200: {sent.Refusals}");
        var audit = await StoredAudit.RunAsync(directory.Path, sent);
        Console.WriteLine(audit);
        return audit.ExitCode;
    }

    static async Task MeasureAsync(ServedProcess product, Sent sent, LoadOptions options, Figures figures)
    {
        // Until the compiler has seen the way.
        await LoadAsync(Warm);
        var without = await LoadUntilAsync(isClosing: true);
        var closing = await LoadUntilAsync(isClosing: false);
        without.Add(await LoadAsync(TimeSpan.FromSeconds(options.Seconds)));
        Add("none is closed", without);
        Add("a day is closed", closing);

        async Task<Latencies> LoadUntilAsync(bool isClosing)
        {
            using var turn = new CancellationTokenSource();
            var load = LoadAsync(Patience, turn.Token);
            while (await product.IsClosingAsync() != isClosing)
            {
                if (load.IsCompleted)
                {
                    throw new InvalidOperationException($"No day was closed within {Patience}.");
                }
                await Task.Delay(Look);
            }
            await turn.CancelAsync();
            return await load;
        }

        Task<Latencies> LoadAsync(TimeSpan time, CancellationToken until = default) =>
            Loops.OpenAsync(sent, product.Port, options.Connections, options.Rate, time, until);

        void Add(string when, Latencies latencies)
        {
            figures.Add($"{when}: acks", latencies.Count);
            figures.Add($"{when}: ack p50 ms", latencies.At(0.5));
            figures.Add($"{when}: ack p99 ms", latencies.At(0.99));
        }
    }
}
