using Tocsin.Protocol;
using Tocsin.Protocol.Envelopes;
using Tocsin.Server.Gateway;
using Tocsin.Server.Issues;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// One kind of item, from its bytes to the stores. The worker calls prepare (several threads), keeps the body and the row in the payload
/// segments, then take in (one metadata transaction, journal order), then stores the rows in one telemetry transaction.
/// </summary>
interface IItemPipeline
{
    bool Handles(string itemType);

    /// <summary>
    /// Bytes that a batch holds for each byte of payload until it is committed, roughly. Where the body and the row are packed at once it is the
    /// payload itself; spans stay rows of many columns.
    /// </summary>
    int Footprint => 1;

    /// <summary>
    /// Pure computation. An exception here is our bug or a poison item: it is tried again, then quarantined. Only memory that is short is waited for.
    /// </summary>
    PreparedItem Prepare(ItemContext context, ReadOnlyMemory<byte> payload);

    /// <summary>
    /// Called inside the batch's metadata transaction with the items that are neither refused nor duplicates, in journal order; sets their
    /// <see cref="PreparedItem.IssueId"/> and adds what changed. The transaction may be rolled back and the call made again.
    /// Not called again for a batch that the metadata has already applied.
    /// </summary>
    Task TakeInAsync(
        MetadataTransaction transaction,
        IReadOnlyList<PreparedItem> items,
        ICollection<IssueChange> changes,
        CancellationToken cancellation
    );
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

    /// <summary>Of a container of spans: the payloads of the envelope's transactions. They last as long as its own.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Transactions { get; init; } = [];
}

/// <summary>An item after the computing steps. The stores' answers are filled in by the worker, in the order of the commit.</summary>
abstract class PreparedItem(ItemContext context)
{
    ReadOnlyMemory<byte> body;

    public ItemContext Context { get; } = context;

    /// <summary>Accepted, or why nothing of it is stored.</summary>
    public Outcome Outcome { get; set; } = Outcome.Accepted;

    /// <summary>What makes a duplicate; null for kinds that may repeat.</summary>
    public EventId? EventId { get; init; }

    /// <summary>Microseconds since 1970 UTC, for the event index.</summary>
    public long Timestamp { get; init; }

    /// <summary>What it tells about its issue; null for kinds that belong to none. Its hashes are checked for tombstones before take in.</summary>
    public IssueSighting? Sighting { get; init; }

    /// <summary>The body to keep, uncompressed; empty: none, or already packed for the payload segments.</summary>
    public ReadOnlyMemory<byte> Body
    {
        get => body;
        init => body = value;
    }

    /// <summary>
    /// The telemetry row, still without issue and location, which the worker fills in. It is kept in the payload segments too, so that a
    /// rebuild gives the same row. Null: the item leaves no row.
    /// </summary>
    public EventRow? Row { get; init; }

    /// <summary>
    /// The rows of a trace's item, without the location of the body, which the worker fills in for segments that came as a transaction.
    /// Kept in the payload segments as <see cref="Row"/> is; an item has one or the other.
    /// </summary>
    public IReadOnlyList<SpanRow> Spans { get; init; } = [];

    /// <summary>
    /// Events that follow from this one (a performance problem that was found in it). Each is stored as an item of its own, from the same place
    /// in the journal; none was received, so none is counted. Their ids follow from this item's: who repeats it repeats them.
    /// </summary>
    public IReadOnlyList<PreparedItem> Raised { get; init; } = [];

    /// <summary>What the item turned out to hold, where its header may have said otherwise; null: what the header says.</summary>
    public IReadOnlyList<CategoryQuantity>? Quantities { get; init; }

    /// <summary>Parts of the item that are not stored though the item is; they count under their own outcome instead of its.</summary>
    public IReadOnlyList<PartialLoss> Losses { get; init; } = [];

    /// <summary>Set by the worker after the payload segments are durable.</summary>
    public PayloadLocation Location { get; set; }

    /// <summary>Set by the take-in.</summary>
    public long IssueId { get; set; }

    /// <summary>Tells what it knows about other items, such as the name of a segment: on one thread, in journal order, when all of the batch are prepared.</summary>
    public virtual void Tell() { }

    /// <summary>An item of the same batch has told what this one had asked for: it is prepared again.</summary>
    public virtual bool IsOutdated => false;

    /// <summary>
    /// The body and the row are packed. A batch holds thousands of items until its end: what only preparing needed must not live as long.
    /// </summary>
    public virtual void LetGo() => body = default;
}

/// <summary>Part of an item that was refused.</summary>
readonly record struct PartialLoss(Outcome Outcome, string Category, long Quantity);
