using System.Globalization;
using System.Text.Json;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Shapes;
using Tocsin.Server.Metadata;
using Tocsin.Telemetry.Query;
using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Errors;

/// <summary>The columns that a list of events shows, in the order in which they are selected.</summary>
sealed record EventListRow(
    EventId Id,
    long ProjectId,
    long IssueId,
    long Timestamp,
    string Title,
    string Culprit,
    string? Message,
    string Platform,
    string Type,
    string? UserId,
    string? UserEmail,
    string? UserName,
    string? UserIp,
    UInt128? TraceId,
    long? SpanId,
    IReadOnlyList<EventTagShape> Tags
)
{
    static readonly string[] Names =
    [
        "id",
        "project.id",
        "issue.id",
        "timestamp",
        "title",
        "culprit",
        "message",
        "platform",
        "type",
        "user.id",
        "user.email",
        "user.username",
        "user.ip",
        "trace",
        "span",
        "tags",
        .. FieldTable.PromotedTags,
    ];

    public static IReadOnlyList<Selected> Columns { get; } =
    [.. Names.Select(name => new Selected(name, new Expression.Field(name)))];

    public static EventListRow Read(IReadOnlyList<object?> row)
    {
        string? Text(int at) => row[at]?.ToString();
        long Number(int at) => Convert.ToInt64(row[at], null);
        var promoted = FieldTable.PromotedTags.Select(
            (key, at) => (key, Value: Text(at + Names.Length - FieldTable.PromotedTags.Count))
        );
        return new(
            new((UInt128)row[0]!),
            Number(1),
            Number(2),
            Number(3),
            Text(4) ?? "",
            Text(5) ?? "",
            Text(6),
            Text(7) ?? "other",
            Text(8) ?? "default",
            Text(9),
            Text(10),
            Text(11),
            Text(12),
            row[13] as UInt128?,
            row[14] is { } span ? Convert.ToInt64(span, null) : null,
            EventTags.Of(Text(15) ?? "{}", promoted)
        );
    }

    public EventSummary Shape() =>
        new()
        {
            Id = Id.ToString(),
            EventId = Id.ToString(),
            GroupId = $"{IssueId}",
            ProjectId = $"{ProjectId}",
            Title = Title,
            Message = Message ?? "",
            Culprit = Culprit,
            Platform = Platform,
            EventType = Type,
            DateCreated = Microseconds.ToUtc(Timestamp),
            TraceId = TraceId?.ToString("x32", CultureInfo.InvariantCulture),
            SpanId = SpanId?.ToString("x16", CultureInfo.InvariantCulture),
            User =
                UserId is null && UserEmail is null && UserName is null && UserIp is null
                    ? null
                    : new()
                    {
                        Id = UserId,
                        Email = UserEmail,
                        Username = UserName,
                        IpAddress = UserIp,
                    },
            Tags = Tags,
        };
}

/// <summary>An event's tags as people know them: those it was sent with and those that are columns, each key once, by key.</summary>
static class EventTags
{
    public static IReadOnlyList<EventTagShape> Of(string json, IEnumerable<(string Key, string? Value)> promoted)
    {
        var tags = new SortedDictionary<string, string>(StringComparer.Ordinal);
        using (var sent = JsonDocument.Parse(json))
        {
            foreach (var tag in sent.RootElement.EnumerateObject())
            {
                tags[tag.Name] = tag.Value.GetString() ?? "";
            }
        }
        foreach (var (key, value) in promoted)
        {
            if (value is not null)
            {
                tags.TryAdd(key, value);
            }
        }
        return [.. tags.Select(tag => new EventTagShape(tag.Key, tag.Value, null))];
    }

    /// <summary>Of an event whose row holds no tags of the client's.</summary>
    public static IReadOnlyList<EventTagShape> Of(IReadOnlyList<EventTagShape> ofRow, IEnumerable<EventTag> sent) =>
        [
            .. ofRow
                .Concat(sent.Select(tag => new EventTagShape(tag.Key, tag.Value, null)))
                .DistinctBy(tag => tag.Key)
                .OrderBy(tag => tag.Key, StringComparer.Ordinal),
        ];

    public static IReadOnlyList<EventTagShape> Of(EventRow row) =>
        Of(
            row.Tags,
            [
                ("level", row.Level),
                ("environment", row.Environment),
                ("release", row.Release),
                ("dist", row.Dist),
                ("user", row.User),
                ("transaction", row.Transaction),
                ("logger", row.Logger),
                ("server_name", row.ServerName),
                ("url", row.Url),
                (
                    "handled",
                    row.Handled switch
                    {
                        true => "yes",
                        false => "no",
                        null => null,
                    }
                ),
            ]
        );
}
