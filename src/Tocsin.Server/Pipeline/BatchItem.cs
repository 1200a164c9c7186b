using Tocsin.Journal;
using Tocsin.Protocol;
using Tocsin.Server.Gateway;
using Tocsin.Server.Payloads;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Pipeline;

/// <summary>One received item on its way through a batch; it leaves with exactly one outcome.</summary>
sealed class BatchItem
{
    public required JournalRecord Record { get; init; }
    public required int Index { get; init; }

    /// <summary>Null when the record itself cannot be read.</summary>
    public required Receipt? Receipt { get; init; }

    /// <summary>Null when the project is gone.</summary>
    public required ProjectSnapshot? Project { get; init; }
    public required string ItemType { get; init; }

    /// <summary>What it counts for in the statistics; empty only for what nobody sent: raised by another item, see <see cref="PreparedItem.Raised"/>, or found by us.</summary>
    public required IReadOnlyList<CategoryQuantity> Quantities { get; set; }

    public Outcome Outcome { get; set; } = Outcome.Accepted;

    /// <summary>Why it is in quarantine, for people.</summary>
    public string? Error { get; set; }

    /// <summary>Null when the record could not be opened, or the project is gone.</summary>
    public ItemContext? Context { get; set; }

    /// <summary>The pipeline of its kind and what it made of the item; null when no room handles it or it was refused before.</summary>
    public IItemPipeline? Pipeline { get; set; }
    public PreparedItem? Prepared { get; set; }

    /// <summary>What goes to the payload segments, see <see cref="Batch.Frames"/>; null: nothing is kept.</summary>
    public ReadOnlyMemory<byte>? Frame { get; set; }
    public PayloadLocation Location { get; set; }

    public long Position => Record.Position;
    public long Received => Receipt?.Received ?? 0;
    public long ProjectId => Receipt?.ProjectId ?? 0;
    public long OrganizationId => Project?.OrganizationId ?? 0;
    public bool IsAccepted => Outcome.Kind == OutcomeKind.Accepted;
    public bool IsQuarantined => Outcome.Kind == OutcomeKind.Quarantined;

    public void Refuse(Outcome outcome)
    {
        Outcome = outcome;
        Frame = null;
    }

    /// <summary>As before it was prepared.</summary>
    public void Reopen()
    {
        Outcome = Outcome.Accepted;
        Error = null;
        Prepared = null;
        Frame = null;
    }

    public void Quarantine(string reason, ReadOnlyMemory<byte> frame, string? error = null)
    {
        Outcome = Outcome.Quarantined(reason);
        Frame = frame;
        Error = error;
    }
}
