using System.Text.Json.Serialization;

namespace Tocsin.Server.Errors.Shapes;

/// <summary>An event in a list.</summary>
sealed record EventSummary
{
    public required string Id { get; init; }

    [JsonPropertyName("eventID")]
    public required string EventId { get; init; }

    [JsonPropertyName("groupID")]
    public required string GroupId { get; init; }

    [JsonPropertyName("projectID")]
    public required string ProjectId { get; init; }
    public required string Title { get; init; }
    public required string Message { get; init; }
    public required string Culprit { get; init; }
    public string? Location { get; init; }
    public required string Platform { get; init; }

    [JsonPropertyName("event.type")]
    public required string EventType { get; init; }
    public required DateTimeOffset DateCreated { get; init; }

    /// <summary>Where it happened, when the client traces: 32 and 16 hex digits.</summary>
    public string? TraceId { get; init; }
    public string? SpanId { get; init; }
    public EventUserShape? User { get; init; }
    public required IReadOnlyList<EventTagShape> Tags { get; init; }
    public string Type => EventType;
}

/// <summary>Where an event id leads.</summary>
sealed record EventPlace(string OrganizationSlug, string ProjectSlug, string? GroupId, string EventId, EventDetail Event);
