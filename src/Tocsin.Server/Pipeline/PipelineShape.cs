namespace Tocsin.Server.Pipeline;

/// <summary>How the way of the data does, for the Pipeline page. Durations in the unit of their name; sizes in bytes.</summary>
sealed record PipelineShape
{
    /// <summary><c>working</c>, <c>idle</c>, <c>failing</c> (a step is tried again and again) or <c>stuck</c> (nothing moves).</summary>
    public required string Status { get; init; }

    /// <summary>What stops it now; null: nothing.</summary>
    public required FailureShape? Failure { get; init; }
    public required JournalShape Journal { get; init; }
    public required IReadOnlyList<StageShape> Stages { get; init; }
    public required IReadOnlyList<StepShape> Steps { get; init; }

    /// <summary>Of the last hour, largest first; only of the caller's organisations.</summary>
    public required IReadOnlyList<OutcomeShape> Outcomes { get; init; }
    public required DiskShape Disk { get; init; }
    public required IReadOnlyList<DayShape> Days { get; init; }

    /// <summary>What is wrong with the metadata database, as the last look at its file found it; null: nothing.</summary>
    public required string? MetadataDamage { get; init; }

    /// <summary>Items in quarantine that were not played again; only of the caller's organisations.</summary>
    public required long Quarantined { get; init; }
}

/// <summary>Step: one of the names in <see cref="PipelineShape.Steps"/>.</summary>
sealed record FailureShape(string Step, string Error, DateTime Since);

/// <summary>Refusing: why clients get a 503 now; null: they do not. LostBytes: damaged and passed over since the start.</summary>
sealed record JournalShape(long BytesOnDisk, int Segments, string? Refusing, long LostBytes);

/// <summary>
/// Where records wait. Rate: records per second over the last minute. LagBytes: what stands before this stage. OldestSeconds: the age of the
/// oldest record in it.
/// </summary>
sealed record StageShape(string Name, double RatePerSecond, double BytesPerSecond, long LagBytes, double OldestSeconds);

sealed record StepShape(string Name, double P50Milliseconds, double P95Milliseconds, bool IsRunning);

/// <summary>Outcome: <c>accepted</c>, <c>filtered</c>, <c>rate_limited</c>, <c>invalid</c>, <c>client_discard</c>, <c>quarantined</c>…</summary>
sealed record OutcomeShape(string Outcome, string Reason, string Category, long Quantity);

/// <summary>DaysLeft: at the rate of the last days; null while nothing is known of it.</summary>
sealed record DiskShape(long FreeBytes, long UsedBytes, long BytesPerDay, double? DaysLeft);

/// <summary>Damage: why the day's rows are not all there; null: they are. IsClosed: sorted, and nothing comes any more.</summary>
sealed record DayShape(string Day, long TelemetryBytes, long PayloadBytes, string? Damage, RebuildShape? Rebuild, bool IsClosed);

sealed record RebuildShape(long DoneBytes, long TotalBytes);
