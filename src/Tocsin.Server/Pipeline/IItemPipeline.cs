using Tocsin.Protocol.Envelopes;
using Tocsin.Server.Gateway;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// One kind of item, from its bytes to the stores. The worker calls the three steps in order for a whole batch:
/// prepare (several threads), take in (one metadata transaction, journal order), rows (one telemetry transaction).
/// </summary>
interface IItemPipeline
{
    bool Handles(string itemType);

    /// <summary>Pure computation. An exception here is our bug or a poison item: it is tried again, then quarantined.</summary>
    PreparedItem Prepare(ItemContext context, ReadOnlyMemory<byte> payload);

    /// <summary>
    /// Called inside the batch's metadata transaction with the items that are neither refused nor duplicates, in journal order.
    /// Not called again for a batch that the metadata has already applied.
    /// </summary>
    Task TakeInAsync(MetadataTransaction transaction, IReadOnlyList<PreparedItem> items, CancellationToken cancellation);

    /// <summary>Rows for the telemetry store. Also called on a replay, when the issue ids come from the event index.</summary>
    void AddRows(IReadOnlyList<PreparedItem> items, ICollection<EventRow> rows);
}

/// <summary>Where an item comes from. Position and Index name it for ever.</summary>
sealed record ItemContext
{
    public required long Position { get; init; }
    public required int Index { get; init; }
    public required Receipt Receipt { get; init; }
    public required ProjectSnapshot Project { get; init; }

    /// <summary>Null for bodies that were no envelope.</summary>
    public EnvelopeHeader? Envelope { get; init; }
    public required string ItemType { get; init; }
    public ItemHeader? Header { get; init; }
}

/// <summary>An item after the computing steps. The stores' answers are filled in by the worker, in the order of the commit.</summary>
abstract class PreparedItem(ItemContext context)
{
    public ItemContext Context { get; } = context;

    /// <summary>Accepted, or why nothing of it is stored.</summary>
    public Outcome Outcome { get; set; } = Outcome.Accepted;

    /// <summary>What makes a duplicate; null for kinds that may repeat.</summary>
    public EventId? EventId { get; init; }

    /// <summary>Microseconds since 1970 UTC, for the event index.</summary>
    public long Timestamp { get; init; }

    /// <summary>The body to keep, and the row's columns from which a rebuild makes the same row again.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }
    public ReadOnlyMemory<byte> Columns { get; init; }

    /// <summary>Set by the worker after the payload segments are durable.</summary>
    public PayloadLocation Location { get; set; }

    /// <summary>Set by the take-in, or from the event index on a replay.</summary>
    public long IssueId { get; set; }
}
