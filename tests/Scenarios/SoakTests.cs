using System.Diagnostics;
using Bench.Load;
using Server.Tests.House;

namespace Scenarios;

/// <summary>
/// Half of what the machine can take, for an hour with <c>./test --long</c> and for seconds otherwise: nothing may grow but the data. Only the long
/// run judges trends and writes <c>artifacts/soak.txt</c>; the short one shows that what is measured is there. In both nothing is refused, and each
/// acknowledged event is stored once.
/// </summary>
public sealed class SoakTests
{
    static readonly bool Long = Environment.GetEnvironmentVariable("TOCSIN_LONG") == "1";

    /// <summary>The run is looked at in six parts: of the hour, ten minutes each.</summary>
    const int Parts = 6;
    const int Connections = 32;
    static readonly TimeSpan Part = Long ? TimeSpan.FromMinutes(10) : TimeSpan.FromSeconds(2);

    static readonly TimeSpan Reading = TimeSpan.FromSeconds(1);

    /// <summary>A minute at all that the door takes is digested in two or three.</summary>
    static readonly TimeSpan Digestion = TimeSpan.FromMinutes(10);
    static readonly TimeSpan Calibration = Long ? TimeSpan.FromSeconds(60) : TimeSpan.FromSeconds(2);

    [Fact]
    public async Task An_hour_at_half_load_leaves_memory_handles_and_bytes_per_event_where_they_were()
    {
        await using var server = await ServerProcess.StartAsync();
        var options = new LoadOptions
        {
            Bodies = Long ? 4_000 : 200,
            Issues = 5_000,
            Mix = "errors",
        };
        var sent = new Sent(Corpus.Build(options), options);
        var started = Stopwatch.StartNew();
        await Loops.ClosedAsync(sent, server.Address.Port, Connections, Calibration);
        await server.DrainAsync(Digestion);
        var rate = Math.Max(1, (int)(sent.Acknowledged / started.Elapsed.TotalSeconds / 2));
        var parts = new List<SoakPart>();
        var probes = Directory.CreateTempSubdirectory("tocsin-soak-");

        for (var part = 0; part < Parts; part++)
        {
            using var ended = new CancellationTokenSource();
            var sync = SyncProbe.RunAsync(probes.FullName, ended.Token);
            var load = Loops.OpenAsync(sent, server.Address.Port, Connections, rate, Part);
            var resident = await MedianAsync(() => server.Resident, load);
            await ended.CancelAsync();
            await server.DrainAsync(Digestion);
            var bytes = BytesOf(server.Data) / sent.Acknowledged;
            parts.Add(new(resident, server.Handles, bytes, (await load).At(0.99), (await sync).At(0.99)));
        }

        probes.Delete(recursive: true);
        sent.Others.ShouldBeEmpty();
        var stored = (await server.IssuesAsync("")).Count;
        stored.ShouldBeGreaterThan(0);
        (await server.StopAsync()).ShouldBe(0, server.Output);
        var audit = await StoredAudit.RunAsync(server.Data, sent);
        if (Long)
        {
            var told = $"{rate} events/s, {audit}: {string.Join("; ", parts)}";
            TestContext.Current.TestOutputHelper?.WriteLine(told);
            await File.WriteAllTextAsync(Path.Combine(Checkout.Root, "artifacts", "soak.txt"), told);
            parts[^1].GrownSince(parts[0]).ShouldBeEmpty(told);
        }
        audit.IsExact.ShouldBeTrue($"{audit}");
    }

    [Theory]
    [InlineData(0, 0, 0, 0, 1)]
    [InlineData(70, 0, 0, 0, 1, "resident")]
    [InlineData(0, 70, 0, 0, 1, "handles")]
    [InlineData(0, 0, 1_000, 0, 1, "bytes per event")]
    [InlineData(0, 0, 0, 4, 1, "p99")]
    [InlineData(0, 0, 0, 24, 2)]
    [InlineData(0, 0, 0, 40, 2, "p99")]
    [InlineData(70, 70, 1_000, 4, 1, "resident", "handles", "bytes per event", "p99")]
    public void What_grows_within_the_hour_is_told(
        int megabytes,
        int handles,
        int bytes,
        int milliseconds,
        int slower,
        params string[] told
    )
    {
        var first = new SoakPart(600 << 20, 270, 7_500, 24, 8);
        var last = new SoakPart((600 + megabytes) << 20, 270 + handles, 7_500 + bytes, 24 + milliseconds, 8 * slower);

        last.GrownSince(first).ShouldBe(told);
    }

    /// <summary>Of readings until the load ends: one alone tells the moment between two collections of garbage, which is 100 MB.</summary>
    static async Task<long> MedianAsync(Func<long> read, Task load)
    {
        var readings = new List<long>();
        do
        {
            readings.Add(read());
        } while (await Task.WhenAny(load, Task.Delay(Reading)) != load);
        readings.Sort();
        return readings[readings.Count / 2];
    }

    static long BytesOf(string directory) =>
        new DirectoryInfo(directory).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length);
}
