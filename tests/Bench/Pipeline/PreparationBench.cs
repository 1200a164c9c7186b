using System.Diagnostics.Metrics;
using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Bench.Load;
using Microsoft.Extensions.DependencyInjection;
using Tocsin.Protocol;
using Tocsin.Protocol.Envelopes;
using Tocsin.Server.Errors;
using Tocsin.Server.Gateway;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;

namespace Bench.Pipeline;

/// <summary>
/// What preparing one error costs on one thread, without stores: CPU of the process (collections included) and bytes allocated, by step.
/// The calmest of several rounds, because the machine is shared. "Made" names all bodies and rows: the same for the same events, so a faster
/// step can be seen to change nothing (the first events have ids and times of their own).
/// </summary>
static class PreparationBench
{
    const int Rounds = 9;
    const int Events = 4_000;

    public static async Task<int> RunAsync()
    {
        using var directory = new BenchDirectory();
        await using var db = MetadataDb.Sqlite(Path.Combine(directory.Path, "metadata.db"));
        using var projects = await PipelineBench.ProjectsAsync(db);
        await using var services = new ServiceCollection().AddLogging().AddMetrics().BuildServiceProvider();
        var errors = new ErrorPipeline(new(services.GetRequiredService<IMeterFactory>()), new(new()));
        var context = new ItemContext
        {
            Position = 1,
            Index = 0,
            Project = projects.Get(1)!,
            ItemType = ItemType.Event,
            Receipt = new()
            {
                Door = Door.Envelope,
                ProjectId = 1,
                KeyId = 1,
                Received = 1_790_000_000_000_000,
            },
        };
        Measure("errors of 11 KB, frames that repeat", errors, context, [.. Enumerable.Range(0, Events).Select(Repeating)]);
        var options = new LoadOptions { Mix = "errors", Bodies = Events };
        Measure("the load's errors", errors, context, [.. Corpus.Build(options).Bodies.Select(Plain)]);
        return 0;
    }

    static void Measure(string what, ErrorPipeline errors, ItemContext context, ReadOnlyMemory<byte>[] payloads)
    {
        var length = payloads.Sum(payload => (long)payload.Length) / payloads.Length;
        var (best, bytes) = (double.MaxValue, 0L);
        using var made = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var payload in payloads)
        {
            var prepared = errors.Prepare(context, payload);
            made.AppendData(prepared.Body.Span);
            made.AppendData(RowFormat.Write(prepared.Row!));
            prepared.LetGo();
        }
        using var steps = new AllocationSums("tocsin.errors.step");
        for (var round = 0; round < Rounds; round++)
        {
            steps.Reset();
            var (cpu, allocated) = (Environment.CpuUsage.TotalTime, GC.GetAllocatedBytesForCurrentThread());
            foreach (var payload in payloads)
            {
                var prepared = errors.Prepare(context, payload);
                if (prepared.Outcome != Outcome.Accepted)
                {
                    throw new InvalidOperationException($"{prepared.Outcome}");
                }
                prepared.LetGo();
            }
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - cpu).TotalMicroseconds / payloads.Length);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - allocated) / payloads.Length;
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{what}: {length} bytes, {best:N1} µs CPU and {bytes:N0} bytes allocated per event; made {Convert.ToHexStringLower(made.GetHashAndReset().AsSpan(0, 8))}"
            )
        );
        foreach (var (step, (seconds, allocated)) in steps.Sums)
        {
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {step, -12} {seconds * 1e6 / payloads.Length, 8:N1} µs {allocated / payloads.Length, 10:N0} bytes"
                )
            );
        }
    }

    static ReadOnlyMemory<byte> Repeating(int seed) => Payload(Inflate(SomeErrors.Envelope(seed, 2_000)));

    /// <summary>Without the fingerprint that the load gives it, so that its stack decides.</summary>
    static ReadOnlyMemory<byte> Plain(Body body, int index)
    {
        var id = Convert.ToHexStringLower(BitConverter.GetBytes((UInt128)index + 1));
        var own = $$"""{"event_id":"{{id}}","user":{"id":"u{{index}}"},""";
        return new([.. Encoding.UTF8.GetBytes(own), .. Inflate(body.Rest)]);
    }

    static ReadOnlyMemory<byte> Payload(byte[] envelope) =>
        Envelope.TryRead(envelope, new(), out var read, out var refusal)
            ? read.Items[0].Payload
            : throw new InvalidOperationException(refusal.Message + Encoding.UTF8.GetString(envelope.AsSpan(0, 200)));

    static byte[] Inflate(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var plain = new MemoryStream();
        gzip.CopyTo(plain);
        return plain.ToArray();
    }
}
