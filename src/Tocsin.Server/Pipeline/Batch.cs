using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Issues;
using Tocsin.Server.Payloads;
using Tocsin.Server.Projects;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// Records of one arrival day that are committed together. Previous and Position: of the journal before and after them. The fields below
/// are filled in by the steps, in their order.
/// </summary>
sealed class Batch(long previous, int day)
{
    public long Previous { get; } = previous;
    public int Day { get; } = day;
    public long Position { get; set; } = previous;

    /// <summary>When its first step began, as the machine's clock counts.</summary>
    public long Begun { get; init; }
    public int Records { get; set; }
    public long Bytes { get; set; }

    /// <summary>When the oldest record was received, microseconds since 1970 UTC.</summary>
    public long Oldest { get; set; }

    public List<UnpackedRecord> Unpacked { get; } = [];

    /// <summary>What the unpacked records lie in.</summary>
    public BodyArena Bodies { get; } = new();

    /// <summary>What the packed items lie in, until the metadata is committed.</summary>
    public BodyArena Frames { get; } = new();
    public List<BatchItem> Items { get; } = [];

    /// <summary>Counted by others: the gateway's refusals, clients' reports.</summary>
    public List<OutcomeRow> Counted { get; } = [];

    /// <summary>Quarantine entries that this batch plays again, each once, as they stand.</summary>
    public List<QuarantineEntry> Replayed { get; } = [];

    /// <summary>Set when the items are told apart; the same rows go to the segments and to the telemetry.</summary>
    public IReadOnlyList<OutcomeRow> Outcomes { get; private set; } = [];
    public PayloadAppend? Kept { get; set; }
    public List<IssueChange> Changes { get; } = [];

    public ProjectFirsts Firsts { get; set; } = ProjectFirsts.None;

    public IEnumerable<BatchItem> Accepted => Items.Where(item => item is { IsAccepted: true, Prepared: not null });

    public void CountOutcomes()
    {
        var ledger = new OutcomeLedger();
        foreach (var item in Items)
        {
            var losses = item.IsAccepted ? item.Prepared?.Losses ?? [] : [];
            foreach (var (outcome, category, quantity) in losses)
            {
                ledger.Add(item.OrganizationId, item.ProjectId, item.Receipt?.KeyId, item.Received, outcome, category, quantity);
            }
            foreach (var (category, received) in item.Quantities)
            {
                // A header may state less than the item holds, and not every room counts.
                var lost = losses.Where(loss => loss.Category == category).Sum(loss => loss.Quantity);
                var quantity = Math.Max(0, received - lost);
                ledger.Add(
                    item.OrganizationId,
                    item.ProjectId,
                    item.Receipt?.KeyId,
                    item.Received,
                    item.Outcome,
                    category,
                    quantity
                );
            }
        }
        foreach (var entry in Replayed)
        {
            // The item leaves the quarantine and gets another outcome: what was received stays the sum of all outcomes.
            foreach (var (category, quantity) in RowFormat.ReadQuantities(entry.Quantities))
            {
                ledger.Add(
                    entry.OrganizationId,
                    entry.ProjectId,
                    entry.KeyId,
                    entry.Received,
                    Outcome.Quarantined(entry.Reason),
                    category,
                    -quantity
                );
            }
        }
        Outcomes = [.. ledger.Rows, .. Counted];
    }

    public TelemetryBatch ToTelemetry() =>
        new(Position, ArrivalDay.ToDate(Day))
        {
            Events =
            [
                .. Accepted
                    .Where(item => item.Prepared!.Row is not null)
                    .Select(item => RowOf(item.Prepared!.Row!, item.Prepared.IssueId, item.Location)),
            ],
            Spans = [.. Accepted.SelectMany(item => item.Prepared!.Spans.Select(row => RowOf(row, item.Location)))],
            Outcomes = Outcomes,
        };

    /// <summary>The row as the telemetry stores it; the same on the way in and on a rebuild.</summary>
    public static EventRow RowOf(EventRow row, long issueId, PayloadLocation location) =>
        row with
        {
            IssueId = issueId,
            Segment = location.Segment,
            Offset = location.Offset,
            Length = location.Length,
        };

    /// <summary>Only a transaction has a body, and only its segment names it: its other spans find it through that.</summary>
    public static SpanRow RowOf(SpanRow row, PayloadLocation location) =>
        row is { IsSegment: true, EventId: not null }
            ? row with
            {
                Segment = location.Segment,
                Offset = location.Offset,
                Length = location.Length,
            }
            : row;

    public void ReleaseBodies()
    {
        Unpacked.Clear();
        Bodies.Dispose();
    }

    public void ReleaseFrames()
    {
        foreach (var item in Items)
        {
            item.Frame = null;
        }
        Frames.Dispose();
    }
}
