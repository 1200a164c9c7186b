using System.Globalization;
using Bench.Telemetry;

namespace Bench.Load;

/// <summary>
/// What answers to clients take while the server closes days of spans, beside the same load before and after it. The days are found at the start,
/// and closed by the server's own look after them a minute later.
/// </summary>
static class ClosingLoadBench
{
    const int Days = 4;
    const long SpansOfDay = 3_000_000;
    static readonly TimeSpan Slice = TimeSpan.FromSeconds(2);

    /// <summary>Before the days are closed and after, so that both sides have as much.</summary>
    const int SlicesAround = 20;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments)
    {
        var options = LoadOptions.Read(arguments);
        using var directory = new BenchDirectory();
        var data = Path.Combine(directory.Path, "data");
        var telemetry = Directory.CreateDirectory(Path.Combine(data, "telemetry")).FullName;
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        ManySpans.Fill(telemetry, today.AddDays(-Days), Days, Days * SpansOfDay);
        await using var product = await ServedProcess.ProductAsync(data);
        var sent = new Sent(Corpus.Build(options), options);
        await Loops.ClosedAsync(sent, product.Port, options.Connections, TimeSpan.FromSeconds(options.Seconds));
        await product.DrainAsync();
        var (alone, closing, closed, after) = (new List<Latencies>(), new List<Latencies>(), new HashSet<string>(), 0);
        while (after < SlicesAround)
        {
            var before = await product.ClosingAsync();
            var latencies = await Loops.OpenAsync(sent, product.Port, options.Connections, options.Rate, Slice);
            var then = await product.ClosingAsync();
            closed.UnionWith(new[] { before, then }.OfType<string>());
            if (before is not null && before == then)
            {
                closing.Add(latencies);
            }
            else if (before is null && then is null)
            {
                alone.Add(latencies);
                after += closed.Count == Days ? 1 : 0;
            }
        }
        Report("alone", alone, options.Rate);
        Report($"while {closed.Count} days are closed", closing, options.Rate);
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"p99 ratio {Latencies.Of(closing).At(0.99) / Latencies.Of(alone).At(0.99):N2}"
            )
        );
        return 0;
    }

    static void Report(string what, List<Latencies> slices, int rate) =>
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what, -24} {slices.Count, 4} × {Slice.TotalSeconds} s at {rate}/s: acks {Latencies.Of(slices)}"
            )
        );
}
