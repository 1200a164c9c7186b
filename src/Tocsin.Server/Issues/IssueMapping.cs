using System.Globalization;
using System.Text.Json.Nodes;
using Tocsin.Server.Hosting;
using Tocsin.Server.Metadata;

namespace Tocsin.Server.Issues;

/// <summary>Rows as the API shows them.</summary>
static class IssueMapping
{
    public static IssueShape Shape(
        IssueRow row,
        IssueScope scope,
        ServerOptions server,
        IssueSeries? series,
        IssuePeriod? period,
        string? statsPeriod
    ) =>
        new()
        {
            Id = Text(row.Id),
            ShortId = ShortId.Format(row.ProjectSlug, row.ShortId),
            Title = row.Title,
            Culprit = row.Culprit,
            Permalink = Permalink(row, scope, server),
            Logger = row.Logger,
            Level = row.Level,
            Status = row.Status,
            StatusDetails = Details(row),
            Substatus = row.Substatus,
            Platform = row.Platform,
            Priority = row.Priority,
            Project = new(Text(row.ProjectId), row.ProjectSlug, row.ProjectName, row.ProjectPlatform),
            Type = IssueKind.EventTypeOf(row.Type),
            IssueType = IssueKind.TypeOf(row.Type),
            IssueCategory = IssueKind.CategoryOf(row.Type),
            Metadata = JsonNode.Parse(row.Metadata)!.AsObject(),
            NumComments = (int)row.CommentCount,
            AssignedTo = Assignee(row),
            IsBookmarked = row.Bookmarked == 1,
            IsSubscribed = row.Subscribed == 1,
            HasSeen = row.Seen is not null,
            IsUnhandled = row.IsUnhandled == 1,
            Count = Text(row.TimesSeen),
            UserCount = (int)row.UserCount,
            FirstSeen = Microseconds.ToUtc(row.FirstSeen),
            LastSeen = Microseconds.ToUtc(row.LastSeen),
            FirstReleaseVersion = row.FirstRelease,
            LastReleaseVersion = row.LastRelease,
            Stats = series is null
                ? null
                : new Dictionary<string, IReadOnlyList<IReadOnlyList<long>>> { [statsPeriod ?? "24h"] = series.EventPairs },
            Lifetime = Lifetime(row),
            Filtered = period is null
                ? null
                : new(Text(period.Events), period.Users, Microseconds.ToUtc(period.First), Microseconds.ToUtc(period.Last)),
        };

    public static IssueDetailShape Detail(
        IssueShape issue,
        IssueRow row,
        IReadOnlyList<ActivityRow> activity,
        IReadOnlyList<IssueActor> seenBy,
        IReadOnlyList<TagKeyTotal> tags,
        IReadOnlyList<string> environments
    ) =>
        new(issue)
        {
            Activity = [.. activity.Select(entry => Activity(entry, row))],
            SeenBy = seenBy,
            Participants = [.. activity.Select(Author).OfType<IssueActor>().DistinctBy(actor => actor.Id)],
            FirstRelease = ReleaseName.Of(row.FirstRelease),
            LastRelease = ReleaseName.Of(row.LastRelease),
            Tags = [.. tags.Select(tag => new TagTotal(tag.Key, tag.Key, tag.Total))],
            Environments = environments,
            NumMerged = (int)Math.Max(0, row.Strands - 1),
        };

    /// <param name="change">What was asked for, and no more, is told.</param>
    /// <param name="shown">As the issue is now; null: it is gone.</param>
    public static IssuesChangedShape Changed(IssueChangeRequest change, IssueShape? shown) =>
        new()
        {
            Status = change.Status?.Status,
            StatusDetails = change.Status is { } status ? shown?.StatusDetails ?? status.Details : null,
            Substatus = change.Status?.Substatus,
            AssignedTo = new(change.Assignment is not null, change.Assignment is null ? null : shown?.AssignedTo),
            Priority = change.Priority,
            HasSeen = change.HasSeen,
            IsBookmarked = change.IsBookmarked,
            IsSubscribed = change.IsSubscribed,
            Discard = change.Discard ? true : null,
        };

    /// <summary>An issue began with its oldest event, which may be much older than the hour in which it came.</summary>
    public static ActivityShape Activity(ActivityRow row, IssueRow issue) =>
        new(
            Text(row.Id),
            row.Type,
            Author(row),
            JsonNode.Parse(row.Data)!.AsObject(),
            Microseconds.ToUtc(row.Type == IssueActivity.FirstSeen ? issue.FirstSeen : row.Created)
        );

    public static CommentShape Comment(ActivityRow row) =>
        new(Text(row.Id), Author(row), JsonNode.Parse(row.Data)!.AsObject(), Microseconds.ToUtc(row.Created));

    public static IssueActor? Author(ActivityRow row) =>
        row.UserId is { } id ? new("user", Text(id), row.UserName ?? "", row.UserEmail) : null;

    static IssueActor? Assignee(IssueRow row) =>
        row.AssignedUserId is { } user ? new("user", Text(user), row.AssignedUserName ?? "", row.AssignedUserEmail)
        : row.AssignedTeamId is { } team ? new("team", Text(team), row.AssignedTeamSlug ?? "", null)
        : null;

    static IssueTotals Lifetime(IssueRow row) =>
        new(Text(row.TimesSeen), (int)row.UserCount, Microseconds.ToUtc(row.FirstSeen), Microseconds.ToUtc(row.LastSeen));

    static JsonObject Details(IssueRow row) => JsonNode.Parse(row.StatusDetails)!.AsObject();

    public static string Permalink(IssueRow row, IssueScope scope, ServerOptions server) =>
        $"{server.Address}/organizations/{scope.OrganizationSlug}/issues/{Text(row.Id)}/";

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
