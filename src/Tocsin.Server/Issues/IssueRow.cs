namespace Tocsin.Server.Issues;

/// <summary>An issue with its project as the queries read it. Times are microseconds since 1970 UTC.</summary>
sealed record IssueRow
{
    public long Id { get; init; }
    public long ProjectId { get; init; }
    public string ProjectSlug { get; init; } = "";
    public string ProjectName { get; init; } = "";
    public string? ProjectPlatform { get; init; }
    public long ShortId { get; init; }
    public string Status { get; init; } = "";
    public string? Substatus { get; init; }
    public string StatusDetails { get; init; } = "{}";
    public string Priority { get; init; } = "";
    public string Type { get; init; } = "";
    public string Title { get; init; } = "";
    public string Culprit { get; init; } = "";
    public string Metadata { get; init; } = "{}";
    public string Level { get; init; } = "";
    public string Platform { get; init; } = "";
    public string? Logger { get; init; }
    public long IsUnhandled { get; init; }
    public long FirstSeen { get; init; }
    public long LastSeen { get; init; }
    public long TimesSeen { get; init; }
    public long UserCount { get; init; }
    public string? FirstRelease { get; init; }
    public string? LastRelease { get; init; }
    public long CommentCount { get; init; }

    /// <summary>Of how many issues it is made; 0: nothing was merged into it.</summary>
    public long Strands { get; init; }
    public long IsOverflow { get; init; }
    public long? AssignedUserId { get; init; }
    public string? AssignedUserName { get; init; }
    public string? AssignedUserEmail { get; init; }
    public long? AssignedTeamId { get; init; }
    public string? AssignedTeamSlug { get; init; }
    public long? Seen { get; init; }
    public long? Bookmarked { get; init; }
    public long? Subscribed { get; init; }

    /// <summary>Whether the number or short id is its own, not that of one that was merged into it.</summary>
    public bool IsNamed(string name) =>
        long.TryParse(name, out var number)
            ? number == Id
            : Issues.ShortId.TryParse(name, out _, out number) && number == ShortId;

    /// <summary>Selects every property above; append conditions on <c>i</c>. Needs <c>@UserId</c>.</summary>
    public const string Select = """
        SELECT i.id AS Id, i.project_id AS ProjectId, p.slug AS ProjectSlug, p.name AS ProjectName, p.platform AS ProjectPlatform,
            i.short_id AS ShortId, i.status AS Status, i.substatus AS Substatus, i.status_details AS StatusDetails, i.priority AS Priority,
            i.type AS Type, i.title AS Title, i.culprit AS Culprit, i.metadata AS Metadata, i.level AS Level, i.platform AS Platform,
            i.logger AS Logger, i.is_unhandled AS IsUnhandled, i.first_seen AS FirstSeen, i.last_seen AS LastSeen, i.times_seen AS TimesSeen,
            i.user_count AS UserCount, i.first_release AS FirstRelease, i.last_release AS LastRelease, i.comment_count AS CommentCount,
            u.id AS AssignedUserId, u.name AS AssignedUserName, u.email AS AssignedUserEmail, t.id AS AssignedTeamId, t.slug AS AssignedTeamSlug,
            (SELECT COUNT(*) FROM issue_strands s WHERE s.parent_id = i.id) AS Strands,
            i.is_overflow AS IsOverflow,
            m.seen AS Seen, m.bookmarked AS Bookmarked, m.subscribed AS Subscribed
        FROM issues i
        JOIN projects p ON p.id = i.project_id
        LEFT JOIN users u ON u.id = i.assigned_user_id
        LEFT JOIN teams t ON t.id = i.assigned_team_id
        LEFT JOIN issue_marks m ON m.issue_id = i.id AND m.user_id = @UserId
        """;
}
