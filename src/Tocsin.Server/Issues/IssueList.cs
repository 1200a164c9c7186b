using Tocsin.Server.Issues.Search;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Issues;

/// <summary>A page of issues to ask for. Period: only issues seen within it; null: all of them.</summary>
sealed record IssueList
{
    public required IssueCriteria Criteria { get; init; }
    public IReadOnlyList<string> Environments { get; init; } = [];
    public TimeRange? Period { get; init; }
    public IssueSort Sort { get; init; } = IssueSort.Date;
    public int Limit { get; init; } = 25;
    public int Offset { get; init; }
}

/// <summary>Hits: matching issues, counted up to <see cref="MaxHits"/>.</summary>
sealed record IssuePage(IReadOnlyList<IssueRow> Issues, bool HasMore, int Hits)
{
    public const int MaxHits = 1000;

    public static IssuePage Empty { get; } = new([], false, 0);
}

enum IssueSort
{
    /// <summary>Last seen first.</summary>
    Date,

    /// <summary>First seen last.</summary>
    New,

    /// <summary>Most events first.</summary>
    Freq,

    /// <summary>Most users first.</summary>
    User,
}
