namespace Tocsin.Journal.Segments;

/// <summary>Where the segments lie and how much of the disk they may use. All sizes in bytes.</summary>
public sealed record SegmentJournalOptions
{
    /// <summary>Absolute path; created when missing. Nothing else may be kept in it.</summary>
    public required string Directory { get; init; }

    /// <summary>A segment that would grow beyond this is closed and a new one begun; a larger record gets a segment of its own.</summary>
    public long SegmentBytes { get; init; } = 64 << 20;

    /// <summary>Longer records are refused as a caller's mistake.</summary>
    public int MaxRecordBytes { get; init; } = 256 << 20;

    /// <summary>How much one write and sync may carry; what waits beyond it goes with the next.</summary>
    public long CommitBytes { get; init; } = 8 << 20;

    /// <summary>Appends are refused while less is free, so that what is accepted can still be processed and freed.</summary>
    public long ReserveBytes { get; init; } = 128 << 20;

    /// <summary>
    /// The highest position that any sink has applied. New records get positions at or above it, even when the log was lost or
    /// ends earlier; otherwise a sink would take them for records it already has.
    /// </summary>
    public long AtLeast { get; init; }

    /// <summary>How long the journal waits after a failed write before it tries the disk again.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>No thread commits: the owner calls <see cref="SegmentJournal.TryCommit"/>, and so decides what happens when.</summary>
    internal bool CommitsByHand { get; init; }
}
