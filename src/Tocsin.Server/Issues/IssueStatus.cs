namespace Tocsin.Server.Issues;

/// <summary>Sentry's status words. People read <c>ignored</c> as archived.</summary>
static class IssueStatus
{
    public const string Unresolved = "unresolved";
    public const string Resolved = "resolved";
    public const string Ignored = "ignored";

    /// <summary>It went into another issue and is shown there; nobody can ask for this status or set it.</summary>
    public const string Merged = "merged";

    public static IReadOnlyList<string> All { get; } = [Unresolved, Resolved, Ignored];

    public const string New = "new";
    public const string Ongoing = "ongoing";
    public const string Escalating = "escalating";
    public const string Regressed = "regressed";
    public const string ArchivedUntilEscalating = "archived_until_escalating";
    public const string ArchivedUntilConditionMet = "archived_until_condition_met";
    public const string ArchivedForever = "archived_forever";
}
