using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Tocsin.Server.Api;
using Tocsin.Server.Releases;

namespace Tocsin.Server.Issues;

/// <summary>An issue as Sentry's API shows it in lists. Counts of events are text there, of users numbers.</summary>
record IssueShape
{
    public required string Id { get; init; }
    public required string ShortId { get; init; }
    public required string Title { get; init; }
    public required string Culprit { get; init; }
    public required string Permalink { get; init; }
    public string? Logger { get; init; }
    public required string Level { get; init; }

    /// <summary><c>unresolved</c>, <c>resolved</c> or <c>ignored</c> (which people read as archived).</summary>
    public required string Status { get; init; }
    public required JsonObject StatusDetails { get; init; }
    public string? Substatus { get; init; }
    public bool IsPublic { get; init; }
    public required string Platform { get; init; }
    public required string Priority { get; init; }
    public required IssueProject Project { get; init; }
    public required string Type { get; init; }
    public string IssueType { get; init; } = "error";
    public string IssueCategory { get; init; } = "error";
    public required JsonObject Metadata { get; init; }
    public required int NumComments { get; init; }
    public IssueActor? AssignedTo { get; init; }
    public bool IsBookmarked { get; init; }
    public bool IsSubscribed { get; init; }
    public JsonObject? SubscriptionDetails { get; init; }
    public bool HasSeen { get; init; }
    public IReadOnlyList<string> Annotations { get; init; } = [];
    public bool IsUnhandled { get; init; }

    /// <summary>Events over the issue's whole life.</summary>
    public required string Count { get; init; }
    public required int UserCount { get; init; }
    public required DateTimeOffset FirstSeen { get; init; }
    public required DateTimeOffset LastSeen { get; init; }
    public string? FirstReleaseVersion { get; init; }
    public string? LastReleaseVersion { get; init; }

    /// <summary>Events per step, by the name of the period (<c>24h</c>, <c>14d</c>): <c>[seconds since 1970, count]</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<IReadOnlyList<long>>>? Stats { get; init; }
    public required IssueTotals Lifetime { get; init; }

    /// <summary>Totals within the asked period and environment; null when neither was asked for.</summary>
    public IssueTotals? Filtered { get; init; }
    public string? ShareId { get; init; }
}

/// <summary>An issue alone, with what happened to it.</summary>
sealed record IssueDetailShape : IssueShape
{
    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    public IssueDetailShape(IssueShape issue)
        : base(issue) { }

    public IReadOnlyList<ActivityShape> Activity { get; init; } = [];
    public IReadOnlyList<IssueActor> SeenBy { get; init; } = [];
    public IReadOnlyList<IssueActor> Participants { get; init; } = [];
    public ReleaseName? FirstRelease { get; init; }
    public ReleaseName? LastRelease { get; init; }
    public IReadOnlyList<TagTotal> Tags { get; init; } = [];
    public int UserReportCount { get; init; }
    public IReadOnlyList<string> Environments { get; init; } = [];

    /// <summary>How many other issues were merged into it.</summary>
    public int NumMerged { get; init; }
    public IReadOnlyList<JsonObject> PluginActions { get; init; } = [];
    public IReadOnlyList<JsonObject> PluginIssues { get; init; } = [];
    public IReadOnlyList<JsonObject> PluginContexts { get; init; } = [];
}

sealed record IssueProject(string Id, string Slug, string Name, string? Platform);

/// <summary>Type: <c>user</c> or <c>team</c>.</summary>
sealed record IssueActor(string Type, string Id, string Name, string? Email);

sealed record IssueTotals(string Count, int UserCount, DateTimeOffset FirstSeen, DateTimeOffset LastSeen);

/// <summary>Short: without the package before the last <c>@</c>.</summary>
sealed record ReleaseName(string Version, string ShortVersion)
{
    public static ReleaseName? Of(string? version) => version is null ? null : new(version, ReleaseVersion.Short(version));
}

sealed record TagTotal(string Key, string Name, long TotalValues);

sealed record ActivityShape(string Id, string Type, IssueActor? User, JsonObject Data, DateTimeOffset DateCreated);

/// <summary>A comment: an activity of type <c>note</c>.</summary>
sealed record CommentShape(string Id, IssueActor? User, JsonObject Data, DateTimeOffset DateCreated, string Type = "note");

/// <summary>What is to change; what is null stays.</summary>
sealed record IssueUpdate
{
    public string? Status { get; init; }
    public JsonObject? StatusDetails { get; init; }
    public string? Substatus { get; init; }

    /// <summary><c>user:7</c>, <c>team:3</c>, <c>#slug</c>, an address, <c>me</c>; empty or null for nobody.</summary>
    public Patch<string> AssignedTo { get; init; }
    public bool? HasSeen { get; init; }
    public bool? IsBookmarked { get; init; }
    public bool? IsSubscribed { get; init; }
    public bool? IsPublic { get; init; }
    public string? Priority { get; init; }

    /// <summary>Deletes the issue and keeps its hashes: later events of the same kind are filtered.</summary>
    public bool? Discard { get; init; }

    /// <summary>1 makes one issue of all that are named by their ids. What else is asked is done to that one.</summary>
    public JsonNode? Merge { get; init; }

    /// <summary>Old clients: archive for so many minutes.</summary>
    [JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long? SnoozeDuration { get; init; }
}

/// <summary>What a change made of many issues, in the words in which each is shown; what was not asked for is left out.</summary>
sealed record IssuesChangedShape
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Status { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? StatusDetails { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Substatus { get; init; }

    /// <summary>Null: nobody.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Patch<IssueActor> AssignedTo { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Priority { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? HasSeen { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsBookmarked { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? IsSubscribed { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? Discard { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MergedShape? Merge { get; init; }
}

/// <summary>Parent: the issue that they are now; children: those that went into it.</summary>
sealed record MergedShape(string Parent, IReadOnlyList<string> Children);

sealed record CommentText(string Text);

sealed record TagValueShape(
    string? Key,
    string? Value,
    string? Name,
    long Count,
    DateTimeOffset? FirstSeen,
    DateTimeOffset? LastSeen,
    string Query
);

sealed record TagShape(string Key, string Name, long TotalValues, long UniqueValues, IReadOnlyList<TagValueShape> TopValues);

/// <summary>Pairs of seconds since 1970 and a count.</summary>
sealed record IssueStatsShape(IReadOnlyList<IReadOnlyList<long>> Events, IReadOnlyList<IReadOnlyList<long>> Users);
