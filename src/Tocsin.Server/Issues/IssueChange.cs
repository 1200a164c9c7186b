namespace Tocsin.Server.Issues;

/// <summary>A fact that the intake leaves behind; the worker hands it on after the commit.</summary>
sealed record IssueChange
{
    public required IssueChangeKind Kind { get; init; }
    public required long OrganizationId { get; init; }
    public required long ProjectId { get; init; }
    public required long IssueId { get; init; }

    /// <summary>Counts per project, as in <see cref="Issue.ShortId"/>.</summary>
    public required long ShortId { get; init; }
    public required string Title { get; init; }

    /// <summary>The event that caused it; for <see cref="IssueChangeKind.Counted"/> the latest one of the batch.</summary>
    public required EventId EventId { get; init; }

    /// <summary>How many events this batch added; 0 unless the kind is <see cref="IssueChangeKind.Counted"/>.</summary>
    public int Events { get; init; }
}

enum IssueChangeKind
{
    /// <summary>One per issue and batch, besides the other kinds.</summary>
    Counted,
    Created,

    /// <summary>A resolved issue was seen again.</summary>
    Regressed,

    /// <summary>An archived issue met the condition it was archived under, or grew past its forecast.</summary>
    Escalated,
}
