using System.Text.Json.Nodes;

namespace Tocsin.Server.Issues.Merging;

/// <summary>Which issues may become one, and how a request asks for it.</summary>
static class MergeRule
{
    public const string TooFew = "Name the issues to merge, at least two: ?id=1&id=2.";

    /// <summary>Clients write 1, true, or either as text.</summary>
    public static bool IsAskedBy(IssueUpdate update) =>
        update.Merge is JsonValue value && (value.ToString() is var text) && text is "1" or "true" or "True";

    /// <summary>Null, or why these cannot be merged, for people.</summary>
    /// <param name="asked">The ids of the request.</param>
    /// <param name="found">The issues of these that there are.</param>
    public static string? Mistake(IReadOnlyList<long> asked, IReadOnlyList<IssueRow> found)
    {
        if (asked.Distinct().Count() < 2)
        {
            return TooFew;
        }
        if (asked.Distinct().Except(found.Select(issue => issue.Id)).ToList() is [var missing, ..])
        {
            return $"There is no issue {missing}, or it was merged into another already.";
        }
        var first = found[0];
        if (found.FirstOrDefault(issue => issue.ProjectId != first.ProjectId) is { } stranger)
        {
            return $"Issues of different projects cannot be merged: {Name(first)} and {Name(stranger)}.";
        }
        if (found.FirstOrDefault(issue => IssueKind.TypeOf(issue.Type) != IssueKind.TypeOf(first.Type)) is { } other)
        {
            return $"Issues of different kinds cannot be merged: {Name(first)} is {Kind(first)}, {Name(other)} is {Kind(other)}.";
        }
        return found.FirstOrDefault(issue => issue.IsOverflow == 1) is { } overflow
            ? $"{Name(overflow)} holds events of many kinds that found no room for issues of their own; it cannot be merged."
            : null;
    }

    static string Name(IssueRow issue) => ShortId.Format(issue.ProjectSlug, issue.ShortId);

    static string Kind(IssueRow issue) => IssueKind.IsPerformance(issue.Type) ? $"a {IssueKind.TypeOf(issue.Type)}" : "an error";
}
