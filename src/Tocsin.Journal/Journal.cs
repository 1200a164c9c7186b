using System.Buffers;

namespace Tocsin.Journal;

/// <summary>
/// The durable log: what is appended is on disk when the append returns, is read in order, and is released when all sinks applied it.
/// Only bytes; it knows nothing of what a record means. Positions are opaque, increase with every record and are never reused.
/// </summary>
public abstract class Journal : IAsyncDisposable
{
    /// <summary>The position that the next record will have or surpass; everything below it is durable.</summary>
    public abstract long End { get; }

    /// <summary>
    /// Appends one record and completes when it is durable. Returns its position. Thread-safe; concurrent appends share one sync.
    /// </summary>
    /// <exception cref="JournalUnavailableException">The record is not durable: disk full, failed sync, or stopped.</exception>
    public abstract ValueTask<long> AppendAsync(ReadOnlySequence<byte> record, CancellationToken cancellation);

    /// <summary>A reader that begins at the first record whose position is at or after <paramref name="from"/>.</summary>
    public abstract JournalReader OpenReader(long from);

    /// <summary>Tells that no reader will ask for records below this position again.</summary>
    public abstract void Release(long below);

    /// <summary>As of now; thread-safe.</summary>
    public abstract JournalState State { get; }

    public abstract ValueTask DisposeAsync();
}

/// <summary>Reads records in order. One caller at a time.</summary>
public abstract class JournalReader : IDisposable
{
    /// <summary>
    /// Waits until at least one record is there, then returns records up to about <paramref name="maxBytes"/> (always at least one).
    /// The memory belongs to the batch until it is disposed.
    /// </summary>
    public abstract ValueTask<JournalBatch> ReadAsync(int maxBytes, CancellationToken cancellation);

    public abstract void Dispose();
}

/// <summary>Next: where the reader stands after this batch. Gaps: damaged ranges that were passed over, to be reported.</summary>
public abstract class JournalBatch : IDisposable
{
    public abstract IReadOnlyList<JournalRecord> Records { get; }

    public abstract long Next { get; }

    public abstract IReadOnlyList<JournalGap> Gaps { get; }

    public abstract void Dispose();
}

/// <summary>The bytes belong to the batch: after its dispose they may hold anything.</summary>
public readonly record struct JournalRecord(long Position, ReadOnlyMemory<byte> Bytes);

/// <summary>Positions from which to which nothing can be read any more, the second excluded, and why.</summary>
public sealed record JournalGap(long From, long To, string Reason);

/// <summary>Backlog facts for the Pipeline page. Refusing: null, or why appends are refused now.</summary>
public sealed record JournalState(long End, long Released, long BytesOnDisk, int Segments, string? Refusing);

/// <summary>The append did not become durable; the caller may try again after a while.</summary>
public sealed class JournalUnavailableException(string message, Exception? inner = null) : IOException(message, inner);
