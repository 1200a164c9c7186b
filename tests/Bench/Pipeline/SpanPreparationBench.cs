using System.Diagnostics;
using System.Security.Cryptography;
using Bench.Load;
using Tocsin.Protocol;
using Tocsin.Server.Countries;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Traces;
using Tocsin.Telemetry.DuckDb;
using Tocsin.Telemetry.DuckDb.Native;

namespace Bench.Pipeline;

/// <summary>
/// What a span of a transaction costs from its JSON to the payload segment's frame on one thread, and from there to the telemetry's rows on
/// DuckDB's: CPU of the process (collections included) and bytes allocated. The calmest of several rounds. "Made" names all bodies, rows and raised
/// events, "stored" what the tables hold, both the same for the same transactions.
/// </summary>
static class SpanPreparationBench
{
    const int Rounds = 7;
    const int Transactions = 1_000;
    const int AtOnce = 100;

    static readonly DateOnly Day = new(2026, 9, 21);

    public static async Task<int> RunAsync()
    {
        await using var alone = await PreparedAlone.CreateAsync();
        var pipeline = new TransactionPipeline(new(alone.Meters), new(), new(new()), CountryTable.None);
        var context = alone.Context(ItemType.Transaction);
        var options = new LoadOptions { Mix = "spans", Bodies = Transactions };
        var load = Corpus.Build(options).Bodies.Select(PreparedAlone.Payload).ToArray();
        var server = Enumerable.Range(0, Transactions).Select(SomeTransactions.Payload).ToArray();
        foreach (var (what, payloads) in new[] { ("the load's transactions", load), ("a server's transactions", server) })
        {
            Prepare(what, pipeline, context, payloads);
            await StoreAsync(pipeline, context, payloads);
        }
        return 0;
    }

    static void Prepare(string what, TransactionPipeline pipeline, ItemContext context, ReadOnlyMemory<byte>[] payloads)
    {
        var (best, bytes, spans) = (double.MaxValue, 0L, 0);
        using var made = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var payload in payloads)
        {
            var prepared = Accepted(pipeline.Prepare(context, payload));
            spans += prepared.Spans.Count;
            made.AppendData(prepared.Body.Span);
            made.AppendData(SpanFormat.Write(prepared.Spans));
            foreach (var raised in prepared.Raised)
            {
                made.AppendData(RowFormat.Write(raised.Row!));
            }
        }
        using var steps = new AllocationSums("tocsin.traces.step");
        for (var round = 0; round < Rounds; round++)
        {
            steps.Reset();
            var (cpu, allocated) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
            foreach (var payload in payloads)
            {
                var prepared = pipeline.Prepare(context, payload);
                var started = Stopwatch.GetTimestamp();
                Preparation.Pack(prepared, static frame => default);
                steps.Add("pack", Stopwatch.GetElapsedTime(started).TotalSeconds);
            }
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / spans);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / spans;
        }
        Print(
            $"{what}: {payloads.Sum(payload => (long)payload.Length) / spans} bytes a span, {best:N2} µs CPU and {bytes:N0} bytes allocated per span; made {Convert.ToHexStringLower(made.GetHashAndReset().AsSpan(0, 8))}"
        );
        foreach (var (step, (seconds, allocated)) in steps.Sums)
        {
            Print($"  {step, -12} {seconds * 1e6 / spans, 8:N2} µs {allocated / spans, 10:N0} bytes");
        }
    }

    static async Task StoreAsync(TransactionPipeline pipeline, ItemContext context, ReadOnlyMemory<byte>[] payloads)
    {
        using var directory = new BenchDirectory();
        var (spans, position, cpu, bytes) = (0, 0, TimeSpan.Zero, 0L);
        var ended = TimeSpan.Zero;
        await using (var store = await DuckDbStore.OpenAsync(new(directory.Path) { Threads = 2 }, CancellationToken.None))
        {
            for (var round = 0; round < 2; round++)
            {
                foreach (var some in payloads.Chunk(AtOnce))
                {
                    var rows = some.SelectMany(payload => pipeline.Prepare(context, payload).Spans).ToList();
                    var (before, allocated) = (Environment.CpuUsage.TotalTime, GC.GetTotalAllocatedBytes());
                    await store.ApplyAsync(new(++position, Day) { Spans = rows }, CancellationToken.None);
                    cpu += Environment.CpuUsage.TotalTime - before;
                    bytes += GC.GetTotalAllocatedBytes() - allocated;
                    spans += rows.Count;
                }
            }
            ended = Environment.CpuUsage.TotalTime;
        }
        ended = Environment.CpuUsage.TotalTime - ended;
        Print(
            $"  into DuckDB {cpu.TotalMicroseconds / spans, 8:N2} µs CPU {bytes / spans, 5:N0} bytes, in batches of {spans / position:N0}; {ended.TotalMicroseconds / spans:N2} µs to end; stored {Stored(directory.Path)}"
        );
    }

    static object? Stored(string directory)
    {
        var file = DayFile.In(directory).Single();
        using var database = Database.Open(":memory:");
        using var connection = database.Connect();
        connection.Execute($"ATTACH '{file.FilePath}' AS {file.Catalog}");
        return connection.Scalar(
            $"SELECT printf('%x', bit_xor(hash(r))) || ' ' || count(*) FROM {Tables.AllSpans(file.Catalog)} r"
        );
    }

    static PreparedItem Accepted(PreparedItem prepared) =>
        prepared.Outcome == Outcome.Accepted ? prepared : throw new InvalidOperationException($"{prepared.Outcome}");

    static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
