using System.Text.Json.Nodes;

namespace Tocsin.Server.Issues;

/// <summary>A checked update: every word is known, every person and team exists. What is null stays.</summary>
sealed record IssueChangeRequest
{
    public IssueStatusChange? Status { get; init; }
    public IssueAssignment? Assignment { get; init; }
    public string? Priority { get; init; }
    public bool? HasSeen { get; init; }
    public bool? IsBookmarked { get; init; }
    public bool? IsSubscribed { get; init; }
    public bool Discard { get; init; }
}

/// <summary>Details as stored in <c>issues.status_details</c>; Activity is the type of the entry that tells of it.</summary>
sealed record IssueStatusChange(string Status, string? Substatus, JsonObject Details, string Activity);

/// <summary>Both null: nobody.</summary>
sealed record IssueAssignment(long? UserId, long? TeamId);
