namespace Tocsin.Telemetry.DuckDb;

/// <param name="Directory">Holds one file per arrival day; created when absent. No other process may use it.</param>
public sealed record DuckDbOptions(string Directory)
{
    /// <summary>DuckDB's own limit for its buffers, in its own notation; the process may pass it for moments.</summary>
    public string MemoryLimit { get; init; } = "256MB";

    public int Threads { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 8);

    /// <summary>A day's log of this many bytes is worked into its file, beside the writer.</summary>
    public long CheckpointBytes { get; init; } = 128L << 20;

    /// <summary>Queries that run at the same time; more wait their turn within their budget.</summary>
    public int Queries { get; init; } = 8;

    /// <summary>What the closing of a day may take beside <see cref="MemoryLimit"/>; it spills what does not fit.</summary>
    public string CompactionMemory { get; init; } = "192MB";

    /// <summary>Rows of a closing day that are sorted at once.</summary>
    public long CompactionRows { get; init; } = 250_000;

    /// <summary>So many runs of a day are read as quickly as their sums would be.</summary>
    public long RunsWorthSumming { get; init; } = 10_000;

    /// <summary>So many sums of hours are rolled up into those of longer steps; each time these are written anew.</summary>
    public long HoursWorthRolling { get; init; } = 10_000;

    /// <summary>Spans of which the sums of groups are made at once, about: the states of their groups lie beside DuckDB's memory.</summary>
    public long SpansSummedAtOnce { get; init; } = 500_000;

    /// <summary>Where DuckDB puts what exceeds its memory; no two instances share one.</summary>
    internal string SpillDirectory
    {
        get => field ?? Path.Combine(Directory, "spill");
        init;
    }
}
