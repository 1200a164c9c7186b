namespace Tocsin.Server.Pipeline;

/// <summary>How much is processed at once, and how patient the worker is.</summary>
sealed record PipelineOptions
{
    /// <summary>Bytes of journal records in one batch.</summary>
    public int BatchBytes { get; init; } = 8 << 20;

    /// <summary>A batch takes no further records when so much was inflated for it, what its kind makes of it included.</summary>
    public long InflatedBytes { get; init; } = 48 << 20;
    public int BatchRecords { get; init; } = 4_000;

    /// <summary>
    /// A batch that follows another begins at the earliest so long after its beginning, unless a full one is waiting: each commit costs the
    /// same however few events it holds. The first event after a pause waits for nothing.
    /// </summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Behind a backlog, whether a batch is prepared while the one before it is committed: two are in memory then.</summary>
    public bool PreparesAhead { get; init; } = true;

    public TimeSpan RetryFrom { get; init; } = TimeSpan.FromMilliseconds(100);
    public TimeSpan RetryUpTo { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Without progress for so long, with work waiting, the worker is shown as stuck.</summary>
    public TimeSpan StuckAfter { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often the days are looked over for damage.</summary>
    public TimeSpan DamageCheck { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// What waits are measured by. How long the machine takes, and how long we wait for it, are no matter of the product's clock, which tests
    /// and hosts move.
    /// </summary>
    public TimeProvider Machine { get; init; } = TimeProvider.System;
}
