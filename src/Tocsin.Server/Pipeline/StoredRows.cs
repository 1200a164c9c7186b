using System.Runtime.CompilerServices;
using Tocsin.Server.Metadata;
using Tocsin.Server.Payloads;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Pipeline;

/// <summary>
/// Telemetry rows as the payload segments and the event index hold them: the same that the worker once gave to the telemetry store. An event
/// that is not in the index, or lies elsewhere, is none: its batch was never applied, or its issue was deleted.
/// </summary>
sealed class StoredRows(PayloadStore payloads, MetadataDb db)
{
    const int RowsAtOnce = 2_000;
    const long BytesAtOnce = 4 << 20;

    /// <summary>The batch that the metadata applied last, as far as it can be read.</summary>
    /// <param name="damaged">Told of the bytes of a segment that cannot.</param>
    public async Task<TelemetryBatch> OfBatchAsync(LastBatch last, Action<string, long> damaged, CancellationToken cancellation)
    {
        // It may have come late for a day that was dropped since: then its position is all there is to give.
        var records = payloads.Days.Contains((int)last.Day)
            ? payloads.Read((int)last.Day, (int)last.Segment, last.Begin, last.End, damaged)
            : [];
        return await OfAsync(last.Position, (int)last.Day, records, cancellation);
    }

    /// <summary>A day's batches that the metadata has applied, in pieces of some thousand rows.</summary>
    /// <param name="read">Told of the bytes that each piece covered.</param>
    public async IAsyncEnumerable<TelemetryBatch> OfDayAsync(
        int day,
        Action<long> read,
        Action<string, long> damaged,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var committed = await MetadataCommit.PositionAsync(db, cancellation);
        var piece = new List<PlacedRecord>();
        var position = 0L;
        var again = new WrittenAgain();
        foreach (var placed in payloads.Scan(day, damaged))
        {
            if (!placed.Record.IsUpTo(committed) || again.Covers(placed))
            {
                continue;
            }
            piece.Add(placed);
            if (placed.Record.Kind != PayloadKind.Batch)
            {
                continue;
            }
            position = Math.Max(position, placed.Record.Position);
            if (piece.Count >= RowsAtOnce || piece.Sum(record => (long)record.Location.Length) >= BytesAtOnce)
            {
                yield return await OfAsync(position, day, piece, cancellation);
                read(piece.Sum(record => (long)record.Location.Length));
                piece.Clear();
            }
        }
        if (piece.Count > 0)
        {
            yield return await OfAsync(position, day, piece, cancellation);
            read(piece.Sum(record => (long)record.Location.Length));
        }
    }

    async Task<TelemetryBatch> OfAsync(
        long position,
        int day,
        IReadOnlyList<PlacedRecord> records,
        CancellationToken cancellation
    )
    {
        var items = records.Where(placed => placed.Record is { Kind: PayloadKind.Item, Columns.IsEmpty: false }).ToList();
        await using var connection = await db.OpenAsync(cancellation);
        var index = await EventIndex.FindAsync(connection, items.Select(KeyOf), cancellation);
        var events = new List<EventRow>(items.Count);
        var spans = new List<SpanRow>();
        foreach (var placed in items)
        {
            var indexed = index.GetValueOrDefault(KeyOf(placed));
            if (!placed.Record.EventId.IsNil && indexed?.Location != placed.Location)
            {
                continue;
            }
            if (SpanFormat.Is(placed.Record.Columns.Span))
            {
                var rows = SpanFormat.Read(placed.Record.Columns, placed.Record.ProjectId);
                spans.AddRange(rows.Select(row => Batch.RowOf(row, placed.Location)));
            }
            else
            {
                events.Add(Batch.RowOf(RowFormat.ReadEvent(placed.Record.Columns.Span), indexed?.IssueId ?? 0, placed.Location));
            }
        }
        var batches = records.Where(placed => placed.Record.Kind == PayloadKind.Batch);
        return new(position, ArrivalDay.ToDate(day))
        {
            Events = events,
            Spans = spans,
            Outcomes = [.. batches.SelectMany(placed => RowFormat.ReadOutcomes(placed.Record.Columns.Span))],
        };
    }

    static EventKey KeyOf(PlacedRecord placed) => new(placed.Record.ProjectId, placed.Record.EventId);
}
