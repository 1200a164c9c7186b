using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Telemetry;

/// <summary>
/// What is many: rows in, answers out. Rows are kept per arrival day. Knows no product. One writer; any number of readers.
/// </summary>
public abstract class TelemetryStore : IAsyncDisposable
{
    /// <summary>
    /// The highest journal position whose rows are committed; 0 when there are none. It falls when a day is damaged or a log lost its end: a
    /// caller that knows of a higher committed position rebuilds the newest day.
    /// </summary>
    public abstract long Applied { get; }

    /// <summary>
    /// Commits the rows and the position in one transaction. A batch at or below <see cref="Applied"/> changes nothing.
    /// All rows belong to <see cref="TelemetryBatch.Day"/>.
    /// </summary>
    /// <exception cref="TelemetryStoreException">It could not be committed; the same batch may be given again.</exception>
    public abstract Task ApplyAsync(TelemetryBatch batch, CancellationToken cancellation);

    /// <summary>Answers within the query's budget; after it, what is known so far, marked partial.</summary>
    /// <exception cref="TelemetryStoreException">The engine failed.</exception>
    /// <exception cref="TelemetryQueryException">The query names a field or a shape that does not exist.</exception>
    public abstract Task<TelemetryResult> QueryAsync(TelemetryQuery query, CancellationToken cancellation);

    /// <summary>
    /// Replaces a day's rows. The given batches are all there was up to the highest position among them, in whatever pieces; what was
    /// applied to the day with a higher position, before or meanwhile, stays. Queries see a damaged day as partial until this is done.
    /// Other days, and this one, go on taking batches.
    /// </summary>
    public abstract Task RebuildAsync(DateOnly day, IAsyncEnumerable<TelemetryBatch> rows, CancellationToken cancellation);

    /// <summary>
    /// Brings a day to which nothing is added any more into the form in which it is kept: sorted and read-only. Ended at any moment, by the
    /// power too, the day is as it was or done. A batch for it that comes meanwhile or later is taken all the same; then it is open again.
    /// </summary>
    /// <returns>False: there is no such day, it is damaged, or a batch came for it; true when it was closed already.</returns>
    /// <exception cref="TelemetryStoreException">It could not be done now; the day is as it was.</exception>
    public abstract Task<bool> CloseAsync(DateOnly day, CancellationToken cancellation);

    /// <summary>
    /// Forgets a day's rows of these kinds and frees their space; a day of which nothing is left is gone. <see cref="Applied"/> stays.
    /// When other kinds stay, the day is written anew without these, and is closed by it.
    /// </summary>
    /// <returns>False: as with <see cref="CloseAsync"/>.</returns>
    public abstract Task<bool> DropAsync(DateOnly day, RowKinds kinds, CancellationToken cancellation);

    /// <summary>Days that exist, oldest first, with their size and whether they must be rebuilt from the payload segments.</summary>
    public abstract IReadOnlyList<TelemetryDay> Days { get; }

    public abstract ValueTask DisposeAsync();
}

/// <summary>Position: of the journal after the last record in this batch.</summary>
public sealed record TelemetryBatch(long Position, DateOnly Day)
{
    public IReadOnlyList<EventRow> Events { get; init; } = [];
    public IReadOnlyList<SpanRow> Spans { get; init; } = [];
    public IReadOnlyList<OutcomeRow> Outcomes { get; init; } = [];
}

/// <summary>Damage: null, or why the day's file was set aside; its rows are missing until a rebuild.</summary>
public sealed record TelemetryDay(DateOnly Day, long Bytes, string? Damage)
{
    /// <summary>Sorted and read-only; nothing came for it since.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Of which it has rows.</summary>
    public RowKinds Kinds { get; init; }
}

public sealed class TelemetryQueryException(string message) : Exception(message);

/// <summary>The engine could not do it. A batch that failed so is not applied, or <see cref="TelemetryStore.Applied"/> says that it is; try again.</summary>
public class TelemetryStoreException(string message) : Exception(message);
