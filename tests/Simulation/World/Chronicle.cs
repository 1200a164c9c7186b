using Simulation.Stores;
using Tocsin.Server.Pipeline;
using Tocsin.Telemetry;
using Tocsin.Telemetry.Rows;

namespace Simulation.World;

/// <summary>
/// All that was ever stored, by the batches that the worker gave to the telemetry, and which day was dropped when. From this follows what must be
/// there now, row for row, however often it was lost and made again since, from the payload segments and in other pieces.
/// </summary>
sealed class Chronicle
{
    readonly List<Entry> entries = [];
    readonly Dictionary<long, Entry> byPosition = [];
    readonly Dictionary<object, Entry> latest = [];
    readonly List<Drop> drops = [];
    string? fault;
    int moments;

    public IEnumerable<TelemetryBatch> Batches => entries.Select(entry => entry.Batch);

    /// <summary>Also those that were dropped since.</summary>
    public IEnumerable<EventRow> Events => Batches.SelectMany(batch => batch.Events);
    public IEnumerable<SpanRow> Spans => Batches.SelectMany(batch => batch.Spans);
    public IEnumerable<OutcomeRow> Outcomes => Batches.SelectMany(batch => batch.Outcomes);

    /// <summary>Rows that were dropped with their days.</summary>
    public IEnumerable<TelemetryBatch> Gone => entries.Select(entry => TelemetryDayState.Without(entry.Batch, ~GoneOf(entry)));

    IEnumerable<TelemetryBatch> Left => entries.Select(entry => TelemetryDayState.Without(entry.Batch, GoneOf(entry)));

    public IReadOnlyList<Drop> Drops => drops;

    /// <summary>
    /// A batch is given or committed, perhaps once more. It counts as it was the first time; later, its day may have been dropped meanwhile, and only
    /// its position is left.
    /// </summary>
    public void Add(TelemetryBatch batch)
    {
        if (byPosition.TryGetValue(batch.Position, out var known))
        {
            known.Moment = RowsOf(known.Batch) == RowsOf(batch) ? ++moments : known.Moment;
            return;
        }
        var entry = new Entry(batch) { Moment = ++moments };
        foreach (var row in batch.Events)
        {
            Replace((row.ProjectId, row.EventId), entry, RowKinds.Events);
        }
        foreach (var row in batch.Spans)
        {
            Replace((row.ProjectId, new SpanKey(row.TraceId, row.SpanId)), entry, RowKinds.Spans);
        }
        entries.Add(entry);
        byPosition.Add(batch.Position, entry);
    }

    /// <param name="day">Has no rows of the kinds now.</param>
    /// <param name="kinds">None: it was only closed.</param>
    /// <param name="today">By a clock that was never set back.</param>
    public void DropDay(DateOnly day, RowKinds kinds, DateOnly today)
    {
        if (kinds != RowKinds.None)
        {
            drops.Add(new(day, kinds, today, ++moments));
        }
    }

    /// <summary>
    /// The last batch of the metadata, which a crash may have kept from the telemetry for ever: when that has lost its file too, the batch comes
    /// with the whole day.
    /// </summary>
    public async Task AddLastAsync(Life life)
    {
        await using var connection = await life.Metadata.OpenAsync(CancellationToken.None);
        if (
            await LastBatch.ReadAsync(connection, CancellationToken.None) is not { } last
            || byPosition.ContainsKey(last.Position)
        )
        {
            return;
        }
        // Its segment may be gone with its day.
        var isThere = true;
        var rows = await new StoredRows(life.Payloads, life.Metadata).OfBatchAsync(
            last,
            (_, _) => isThere = false,
            CancellationToken.None
        );
        if (isThere)
        {
            Add(rows);
        }
    }

    public void Check(MemoryTelemetryStore telemetry)
    {
        Audit.Check(fault is null, fault!);
        Same(telemetry.Events, Left.SelectMany(batch => batch.Events), "an event");
        Same(telemetry.Spans, Left.SelectMany(batch => batch.Spans), "a span");
        Same(telemetry.Outcomes, Left.SelectMany(batch => batch.Outcomes), "an outcome");
    }

    static void Same<TRow>(IEnumerable<TRow> stored, IEnumerable<TRow> expected, string what)
        where TRow : notnull
    {
        var (there, left) = (stored.CountBy(row => row).ToDictionary(), expected.CountBy(row => row).ToDictionary());
        Audit.Check(
            left.All(row => there.GetValueOrDefault(row.Key) >= row.Value),
            $"{what} is gone that was not dropped, or was made again otherwise than it was"
        );
        Audit.Check(
            there.All(row => left.GetValueOrDefault(row.Key) >= row.Value),
            $"{what} is there that was dropped, or that nobody gave"
        );
    }

    /// <summary>What is known by the same id may come again only when it was dropped.</summary>
    void Replace(object key, Entry entry, RowKinds kind)
    {
        if (latest.TryGetValue(key, out var before) && !GoneOf(before).HasFlag(kind))
        {
            fault ??= $"{key} was stored twice, and is still there";
        }
        latest[key] = entry;
    }

    static (int, int, int) RowsOf(TelemetryBatch batch) => (batch.Events.Count, batch.Spans.Count, batch.Outcomes.Count);

    RowKinds GoneOf(Entry entry) =>
        drops
            .Where(drop => drop.Day == entry.Batch.Day && drop.Moment > entry.Moment)
            .Aggregate(RowKinds.None, (kinds, drop) => kinds | drop.Kinds);

    internal sealed record Drop(DateOnly Day, RowKinds Kinds, DateOnly Today, int Moment);

    sealed class Entry(TelemetryBatch batch)
    {
        public TelemetryBatch Batch => batch;

        /// <summary>When it was committed last.</summary>
        public int Moment { get; set; }
    }
}
