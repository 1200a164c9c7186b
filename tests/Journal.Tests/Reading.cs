using System.Text;
using Tocsin.Journal;

namespace Journal.Tests;

/// <summary>Copies of what a journal holds, so that a test can look at it after the batches are gone.</summary>
sealed record Reading(IReadOnlyList<(long Position, byte[] Bytes)> Records, IReadOnlyList<JournalGap> Gaps, long Next)
{
    public IEnumerable<string> Texts => Records.Select(record => Encoding.UTF8.GetString(record.Bytes));

    /// <summary>Everything that is durable now, from a position on, in batches of about the given size.</summary>
    public static async Task<Reading> AllAsync(Tocsin.Journal.Journal journal, long from = 0, int maxBytes = 1 << 20)
    {
        var records = new List<(long, byte[])>();
        var gaps = new List<JournalGap>();
        var next = from;
        using var reader = journal.OpenReader(from);
        using var enough = new CancellationTokenSource();
        while (true)
        {
            var pending = reader.ReadAsync(maxBytes, enough.Token);
            if (!pending.IsCompleted)
            {
                // The log is written by nobody now: a reader that waits has seen all of it.
                await enough.CancelAsync();
                await Should.ThrowAsync<OperationCanceledException>(pending.AsTask());
                return new Reading(records, gaps, next);
            }
            using var batch = await pending;
            batch.Records.ShouldNotBeEmpty();
            gaps.AddRange(batch.Gaps);
            records.AddRange(batch.Records.Select(record => (record.Position, record.Bytes.ToArray())));
            next = batch.Next;
        }
    }
}
