namespace Tocsin.Server.Issues.Merging;

/// <summary>What one issue brought to the issue that it was merged into, or the parent's own part of it. Times are microseconds since 1970 UTC.</summary>
sealed record Strand
{
    public long IssueId { get; init; }
    public long ParentId { get; init; }

    /// <summary>The issue that was merged last with this strand in it.</summary>
    public long CameWith { get; init; }

    /// <summary>Null of the parent's own.</summary>
    public string? FormerStatus { get; init; }
    public long? FormerTimesSeen { get; init; }
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
    public string? FirstRelease { get; init; }
    public string? LastRelease { get; init; }
    public long? FirstEventHigh { get; init; }
    public long? FirstEventLow { get; init; }
    public long? LastEventHigh { get; init; }
    public long? LastEventLow { get; init; }

    /// <summary>Events came for it since it was merged.</summary>
    public bool WasSeenSince => TimesSeen > FormerTimesSeen;

    /// <summary>All of them as one: what the issue shows that they make up.</summary>
    /// <param name="strands">At least one.</param>
    public static Strand Sum(IReadOnlyList<Strand> strands)
    {
        var oldest = strands.OrderBy(strand => strand.FirstSeen).ToList();
        var newest = strands.OrderByDescending(strand => strand.LastSeen).ToList();
        return newest[0] with
        {
            TimesSeen = strands.Sum(strand => strand.TimesSeen),
            FirstSeen = oldest[0].FirstSeen,
            FirstEventHigh = oldest[0].FirstEventHigh,
            FirstEventLow = oldest[0].FirstEventLow,
            FirstRelease = oldest.Select(strand => strand.FirstRelease).FirstOrDefault(release => release is not null),
            LastRelease = newest.Select(strand => strand.LastRelease).FirstOrDefault(release => release is not null),
        };
    }

    /// <summary>Whose the others become: the one with most events, of equal ones the oldest.</summary>
    public static long Leading(IEnumerable<(long Issue, long TimesSeen)> issues) =>
        issues.OrderByDescending(one => one.TimesSeen).ThenBy(one => one.Issue).First().Issue;
}
