using System.Buffers;

namespace Tocsin.Journal.Segments;

/// <summary>Records that share one pooled buffer, which goes back to the pool on dispose.</summary>
sealed class SegmentBatch(byte[] buffer, List<JournalRecord> records, List<JournalGap> gaps, long next) : JournalBatch
{
    byte[]? buffer = buffer;

    public override IReadOnlyList<JournalRecord> Records => records;

    public override IReadOnlyList<JournalGap> Gaps => gaps;

    public override long Next => next;

    public override void Dispose()
    {
        if (Interlocked.Exchange(ref buffer, null) is { } rented)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
