using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Bench.Load;
using Tocsin.Protocol;
using Tocsin.Protocol.Envelopes;
using Tocsin.Server.Countries;
using Tocsin.Server.Errors;
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
        await using var alone = await PreparedAlone.CreateAsync();
        var errors = new ErrorPipeline(new(alone.Meters), new(new()), CountryTable.None);
        var context = alone.Context(ItemType.Event);
        Measure("errors of 11 KB, frames that repeat", errors, context, [.. Enumerable.Range(0, Events).Select(Repeating)]);
        var options = new LoadOptions { Mix = "errors", Bodies = Events };
        Measure("the load's errors", errors, context, [.. Corpus.Build(options).Bodies.Select(PreparedAlone.Payload)]);
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

    static ReadOnlyMemory<byte> Repeating(int seed) => Payload(PreparedAlone.Inflate(SomeErrors.Envelope(seed, 2_000)));

    static ReadOnlyMemory<byte> Payload(byte[] envelope) =>
        Envelope.TryRead(envelope, new(), out var read, out var refusal)
            ? read.Items[0].Payload
            : throw new InvalidOperationException(refusal.Message + Encoding.UTF8.GetString(envelope.AsSpan(0, 200)));
}
