using Tocsin.Journal;
using Tocsin.Server.Gateway;
using Tocsin.Server.Payloads;

namespace Tocsin.Server.Pipeline;

/// <summary>A journal record with its head read. Receipt null: it is none of ours, and Error says why.</summary>
readonly record struct ReceivedRecord(JournalRecord Record, Receipt? Receipt, ReadOnlyMemory<byte> Body, string? Error = null);

/// <summary>
/// Cuts the journal into runs of records of one arrival day. The records' memory is valid until two more runs are asked for: one run may be
/// prepared while the one before it is committed.
/// </summary>
sealed class BatchSource(JournalReader reader, PipelineOptions options, long position, int day) : IDisposable
{
    JournalBatch? held;
    JournalBatch? before;
    List<ReceivedRecord> records = [];
    int next;
    int day = day;

    /// <summary>Of the journal behind the last record taken.</summary>
    public long Position { get; private set; } = position;

    /// <summary>Ranges of the journal that were damaged and passed over.</summary>
    public List<JournalGap> Gaps { get; } = [];

    /// <summary>Whether the journal had more to give than the last run could take.</summary>
    public bool HasMore { get; private set; }

    /// <summary>Waits until there is at least one record.</summary>
    public async Task<(int Day, IReadOnlyList<ReceivedRecord> Records)> NextAsync(CancellationToken cancellation)
    {
        while (held is null || next == records.Count)
        {
            before?.Dispose();
            (before, held) = (held, null);
            var batch = await reader.ReadAsync(options.BatchBytes, cancellation);
            held = batch;
            records = [.. batch.Records.Select(Open)];
            next = 0;
            Gaps.AddRange(batch.Gaps);
            HasMore = batch.Records.Sum(record => (long)record.Bytes.Length) > options.BatchBytes / 2;
        }
        day = DayOf(records[next]);
        var end = next + 1;
        while (end < records.Count && end - next < options.BatchRecords && DayOf(records[end]) == day)
        {
            end++;
        }
        return (day, records[next..end]);
    }

    /// <summary>The first so many records of the last run are in a batch; the others come again.</summary>
    public void Take(int count)
    {
        next += count;
        Position = next < records.Count ? records[next].Record.Position : held!.Next;
        HasMore |= next < records.Count;
    }

    public void Dispose()
    {
        before?.Dispose();
        held?.Dispose();
        reader.Dispose();
    }

    static ReceivedRecord Open(JournalRecord record)
    {
        try
        {
            var (receipt, body) = ReceiptFormat.Read(record.Bytes);
            return new(record, receipt, body);
        }
        catch (InvalidDataException broken)
        {
            return new(record, null, record.Bytes, broken.Message);
        }
    }

    int DayOf(ReceivedRecord record) =>
        record.Receipt is { } receipt ? ArrivalDay.Of(receipt.Received, day)
        : day > 0 ? day
        : ArrivalDay.Of(0);
}
