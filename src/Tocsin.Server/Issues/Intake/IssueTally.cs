using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Issues.Intake;

/// <summary>What one batch brought to one issue. Before: the issue as it stood; null when this batch creates it.</summary>
sealed class IssueTally(ProjectSnapshot project, Issue? before, bool isOverflow = false)
{
    public ProjectSnapshot Project { get; } = project;
    public Issue? Before { get; } = before;

    /// <summary>Whether it is the project's <see cref="OverflowIssue"/>; otherwise its events belong to it by their hashes.</summary>
    public bool IsOverflow { get; } = isOverflow;

    /// <summary>Whether others were merged into the issue; then its events belong to one of its strands each.</summary>
    public bool IsMerged { get; init; }
    public long Id { get; set; } = before?.Id ?? 0;
    public long ShortId { get; set; } = before?.ShortId ?? 0;

    /// <summary>In journal order.</summary>
    public List<PreparedItem> Items { get; } = [];

    /// <summary>How many users were never seen on this issue before.</summary>
    public int NewUsers { get; set; }

    public PreparedItem Earliest => Items.MinBy(item => item.Timestamp)!;
    public PreparedItem Latest => Items.MaxBy(item => item.Timestamp)!;

    /// <summary>What the issue shows when this event is its newest.</summary>
    public IssueSighting LooksOf(PreparedItem item) => IsOverflow ? OverflowIssue.Dress(item.Sighting!) : item.Sighting!;

    /// <summary>Whether the newest event of the issue is in this batch; then the issue takes its looks.</summary>
    public bool IsNewest => Before is null || Latest.Timestamp >= Before.LastSeen;
    public bool IsOldest => Before is null || Earliest.Timestamp < Before.FirstSeen;
}
