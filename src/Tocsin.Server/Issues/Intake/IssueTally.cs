using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Tocsin.Server.Issues.Intake;

/// <summary>What one batch brought to one issue. Before: the issue as it stood; null when this batch creates it.</summary>
sealed class IssueTally(ProjectSnapshot project, Issue? before)
{
    public ProjectSnapshot Project { get; } = project;
    public Issue? Before { get; } = before;
    public long Id { get; set; } = before?.Id ?? 0;
    public long ShortId { get; set; } = before?.ShortId ?? 0;

    /// <summary>In journal order.</summary>
    public List<PreparedItem> Items { get; } = [];

    /// <summary>How many users were never seen on this issue before.</summary>
    public int NewUsers { get; set; }

    public PreparedItem Earliest => Items.MinBy(item => item.Timestamp)!;
    public PreparedItem Latest => Items.MaxBy(item => item.Timestamp)!;

    /// <summary>Whether the newest event of the issue is in this batch; then the issue takes its looks.</summary>
    public bool IsNewest => Before is null || Latest.Timestamp >= Before.LastSeen;
    public bool IsOldest => Before is null || Earliest.Timestamp < Before.FirstSeen;
}
