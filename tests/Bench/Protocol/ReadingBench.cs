using BenchmarkDotNet.Attributes;
using Tocsin.Protocol.Envelopes;
using Tocsin.Protocol.Events;

namespace Bench.Protocol;

/// <summary>What the gateway and the worker do with each envelope: find its items, scan an event, read it, write it.</summary>
[MemoryDiagnoser]
public class ReadingBench
{
    readonly EnvelopeLimits limits = new();
    byte[] body = [];
    ReadOnlyMemory<byte> payload;
    ErrorEvent read = new();

    /// <summary>Cases of <c>tests/samples</c> whose bodies are not compressed: an event of 3 KB and one of 11 KB.</summary>
    [Params("node11-errors/002", "node10-errors/016")]
    public string Sample { get; set; } = "";

    [GlobalSetup]
    public void Load()
    {
        body = File.ReadAllBytes(Path.Combine(FindRoot(), "tests", "samples", Sample + ".bin"));
        if (!Envelope.TryRead(body, limits, out var envelope, out var refusal))
        {
            throw new InvalidDataException(refusal.Message);
        }
        payload = envelope.Items[0].Payload;
        EventReader.TryRead(payload.Span, out var parsed, out _);
        read = parsed!;
    }

    [Benchmark]
    public bool Frame()
    {
        var framer = new EnvelopeFramer(limits);
        return framer.Feed(body) && framer.Finish();
    }

    [Benchmark]
    public bool Scan() => EventReader.TryScan(payload.Span, out _, out _);

    [Benchmark]
    public bool Read() => EventReader.TryRead(payload.Span, out _, out _);

    [Benchmark]
    public byte[] Write() => EventWriter.Write(read);

    static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Tocsin.slnx")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("Tocsin.slnx");
        }
        return folder.FullName;
    }
}
