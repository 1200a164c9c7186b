namespace Tocsin.Server.Issues;

/// <summary>Events that belong together, as the <c>issues</c> table keeps them. Times are microseconds since 1970 UTC.</summary>
sealed record Issue
{
    public required long Id { get; init; }
    public required long ProjectId { get; init; }

    /// <summary>Counts per project; shown with the project's slug in base 32.</summary>
    public required long ShortId { get; init; }

    /// <summary>One of <see cref="IssueStatus"/>.</summary>
    public required string Status { get; init; }

    /// <summary>One of <see cref="IssueStatus"/> too; null when resolved.</summary>
    public string? Substatus { get; init; }

    /// <summary>JSON object with Sentry's keys: <c>inRelease</c>, <c>inNextRelease</c>, <c>ignoreCount</c>, <c>ignoreUntil</c>…</summary>
    public string StatusDetails { get; init; } = "{}";
    public long StatusChanged { get; init; }

    /// <summary>The intake's own note while the issue is archived (<see cref="Issues.ArchiveWatch"/>); void when the status changes.</summary>
    public string? ArchiveWatch { get; init; }
    public required string Priority { get; init; }
    public required string Type { get; init; }

    /// <summary>Whether it is its project's <see cref="OverflowIssue"/>.</summary>
    public bool IsOverflow { get; init; }
    public required string Title { get; init; }
    public required string Culprit { get; init; }

    /// <summary>JSON object.</summary>
    public required string Metadata { get; init; }
    public required string Level { get; init; }
    public required string Platform { get; init; }
    public string? Logger { get; init; }
    public bool IsUnhandled { get; init; }
    public required long FirstSeen { get; init; }
    public required long LastSeen { get; init; }
    public long TimesSeen { get; init; }
    public long UserCount { get; init; }
    public string? FirstRelease { get; init; }
    public string? LastRelease { get; init; }
    public long? FirstEventHigh { get; init; }
    public long? FirstEventLow { get; init; }
    public long? LastEventHigh { get; init; }
    public long? LastEventLow { get; init; }

    /// <summary>How often it was merged or unmerged.</summary>
    public long Merges { get; init; }
    public long CommentCount { get; init; }
    public long? AssignedUserId { get; init; }
    public long? AssignedTeamId { get; init; }
}
