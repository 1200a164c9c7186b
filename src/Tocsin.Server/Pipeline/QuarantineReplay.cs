using Tocsin.Server.Gateway;
using Tocsin.Server.Payloads;

namespace Tocsin.Server.Pipeline;

/// <summary>How a replay was taken.</summary>
abstract record ReplayAnswer
{
    ReplayAnswer() { }

    /// <summary>It is in the journal; the worker does the rest.</summary>
    public sealed record Accepted : ReplayAnswer;

    public sealed record Impossible(string Reason) : ReplayAnswer;
}

/// <summary>Sends a quarantined item through the journal again, as it was received; its quarantine entry stays as replayed.</summary>
sealed class QuarantineReplay(PayloadStore payloads, Journal.Journal journal)
{
    public async Task<ReplayAnswer> ReplayAsync(QuarantineEntry entry, CancellationToken cancellation)
    {
        if (entry.Replayed is not null)
        {
            return new ReplayAnswer.Impossible("This item was already played again.");
        }
        if (payloads.Read(entry.Location, entry.Is) is not PayloadReading.Found { Record: var record })
        {
            return new ReplayAnswer.Impossible("The bytes of this item are gone.");
        }
        if (record.Columns.IsEmpty)
        {
            return new ReplayAnswer.Impossible("Nothing is known of how this record was received.");
        }
        var (receipt, _) = ReceiptFormat.Read(record.Columns);
        await journal.AppendAsync(ReceiptFormat.Write(receipt with { ReplayOf = entry.Id }, new(record.Body)), cancellation);
        return new ReplayAnswer.Accepted();
    }
}
