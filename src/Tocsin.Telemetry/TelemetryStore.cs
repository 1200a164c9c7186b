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

    /// <summary>Forgets the days before this one and frees their space; <see cref="Applied"/> stays.</summary>
    public abstract Task DropAsync(DateOnly before, CancellationToken cancellation);

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
public sealed record TelemetryDay(DateOnly Day, long Bytes, string? Damage);

public sealed class TelemetryQueryException(string message) : Exception(message);

/// <summary>The engine could not do it. A batch that failed so is not applied, or <see cref="TelemetryStore.Applied"/> says that it is; try again.</summary>
public class TelemetryStoreException(string message) : Exception(message);
