using System.Globalization;
using Tocsin.Server.Gateway;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry.DuckDb;

namespace Tocsin.Server.Hosting;

/// <summary>
/// The memory of the process divided among those who take much of it. A quarter: bodies on their way into the journal; beyond, clients are asked
/// to come back. A quarter: DuckDB's buffers of ingest and queries, which are not the collector's. The rest, less what the closing of a day, the
/// runtime and the libraries need: batches and everything else; the collector never lets the managed heap grow beyond its part, bodies included.
/// </summary>
sealed record MemoryBudget(long Bytes)
{
    public const int LeastMiB = 768;
    const long MiB = 1 << 20;

    /// <summary>Code, stacks, SQLite's caches, decoders' windows, the allocator's leftovers.</summary>
    const long Native = 96 * MiB;

    /// <summary>DuckDB's, of the closing of a day, which has an instance of its own. With two thirds of it, days of long texts were not closed.</summary>
    const long Closing = 192 * MiB;

    /// <summary>Of all memory, to each span whose groups are summed up at once: their states lie beside DuckDB's limit.</summary>
    const long PerSummedSpan = 4_096;

    public long Bodies => Bytes / 4;

    /// <summary>DuckDB's, of ingest and queries.</summary>
    public long Telemetry => Bytes / 4;

    public long Heap => Bytes - Telemetry - Closing - Native;

    /// <summary>The largest envelope never waits for itself, nor alone for all others.</summary>
    public long LargestEnvelope => Bodies / 2;

    /// <summary>Two batches may be on their way.</summary>
    public PipelineOptions Limit(PipelineOptions pipeline) =>
        pipeline with
        {
            BatchBytes = (int)Math.Min(pipeline.BatchBytes, Bytes / 160),
            InflatedBytes = Math.Min(pipeline.InflatedBytes, Bytes / 28),
        };

    public DuckDbOptions Limit(DuckDbOptions telemetry) =>
        telemetry with
        {
            MemoryLimit = InMiB(Telemetry),
            CompactionMemory = InMiB(Closing),
            SpansSummedAtOnce = Math.Min(telemetry.SpansSummedAtOnce, Bytes / PerSummedSpan),
        };

    /// <summary>Where nothing else was said, envelopes are no larger than the memory bears. Null: <paramref name="error"/> says what collides.</summary>
    public GatewayOptions? Limit(GatewayOptions gateway, bool envelopeIsSet, out string? error)
    {
        error = null;
        if (gateway.Envelope.Envelope <= LargestEnvelope)
        {
            return gateway with { Held = Bodies };
        }
        if (envelopeIsSet)
        {
            var needed = gateway.Envelope.Envelope * 8 / MiB;
            error = $"{Setting.MaxEnvelope.Variable} needs {Setting.Memory.Variable} to be at least {needed}.";
            return null;
        }
        var attachment = gateway.Envelope.Attachment;
        return gateway with
        {
            Held = Bodies,
            Envelope = gateway.Envelope with
            {
                Envelope = LargestEnvelope,
                Attachment = attachment with
                {
                    Item = Math.Min(attachment.Item, LargestEnvelope),
                    Total = Math.Min(attachment.Total, LargestEnvelope),
                },
            },
        };
    }

    /// <summary>For the rest of the process's life.</summary>
    public void BoundHeap()
    {
        AppContext.SetData("GCHeapHardLimit", (ulong)Heap);
        GC.RefreshMemoryLimit();
    }

    static string InMiB(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / MiB}MiB");
}
