using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Tocsin.Server.Issues;

namespace Tocsin.Server.Errors.Shapes;

/// <summary>One event as Sentry's API shows it.</summary>
sealed record EventDetail
{
    public required string Id { get; init; }

    [JsonPropertyName("eventID")]
    public required string EventId { get; init; }

    /// <summary>Null: a transaction belongs to no issue.</summary>
    [JsonPropertyName("groupID")]
    public required string? GroupId { get; init; }

    [JsonPropertyName("projectID")]
    public required string ProjectId { get; init; }
    public required string ProjectSlug { get; init; }
    public required string Title { get; init; }
    public required string Message { get; init; }
    public string? Location { get; init; }
    public required string Culprit { get; init; }
    public required string Platform { get; init; }
    public required string Type { get; init; }
    public required string Level { get; init; }
    public required JsonObject Metadata { get; init; }
    public required DateTimeOffset DateCreated { get; init; }
    public required DateTimeOffset DateReceived { get; init; }

    /// <summary>Where it happened, when the client traces: 32 and 16 hex digits.</summary>
    public string? TraceId { get; init; }
    public string? SpanId { get; init; }

    /// <summary>Bytes of the stored body.</summary>
    public required int Size { get; init; }
    public required IReadOnlyList<EventEntry> Entries { get; init; }
    public EventUserShape? User { get; init; }
    public required IReadOnlyList<EventTagShape> Tags { get; init; }
    public required JsonObject Contexts { get; init; }

    /// <summary>What the client calls <c>extra</c>.</summary>
    public required JsonObject Context { get; init; }

    /// <summary>What the client calls <c>modules</c>.</summary>
    public required IReadOnlyDictionary<string, string?> Packages { get; init; }
    public SdkShape? Sdk { get; init; }
    public ReleaseName? Release { get; init; }
    public string? Dist { get; init; }
    public string? Environment { get; init; }
    public string? Transaction { get; init; }

    /// <summary>What was wrong in the event and set aside.</summary>
    public required IReadOnlyList<ProcessingError> Errors { get; init; }

    /// <summary>The hashes that decided the issue.</summary>
    public required IReadOnlyList<string> Fingerprints { get; init; }

    /// <summary>How the event was grouped: the variants with their parts.</summary>
    public JsonNode? Grouping { get; init; }

    [JsonPropertyName("nextEventID")]
    public string? NextEventId { get; init; }

    [JsonPropertyName("previousEventID")]
    public string? PreviousEventId { get; init; }

    /// <summary>Remarks on fields, as a tree beside the event: <c>entries</c> by index, the rest by name.</summary>
    [JsonPropertyName("_meta")]
    public required JsonObject Meta { get; init; }

    /// <summary>
    /// Of a performance problem: <c>evidenceData</c> with the ids of its spans, <c>evidenceDisplay</c> with lines for people. Null for what a
    /// client sent.
    /// </summary>
    public JsonObject? Occurrence { get; init; }

    /// <summary>Of a transaction: seconds since 1970.</summary>
    public double? StartTimestamp { get; init; }
    public double? EndTimestamp { get; init; }

    /// <summary>Of a transaction: what it measured, by name.</summary>
    public JsonObject? Measurements { get; init; }

    /// <summary>Of a transaction: how long its kinds of spans took, milliseconds.</summary>
    public JsonObject? Breakdowns { get; init; }

    /// <summary>Null, or why there is no body: it was thinned out, or its place on disk is damaged.</summary>
    public string? BodyMissing { get; init; }
}

/// <summary>Query: how to search for this tag.</summary>
sealed record EventTagShape(string Key, string? Value, string? Query);

/// <summary>Type: Sentry's error kind, or <c>too_many_issues</c>. Data: name (path of the field), value (as it was sent), reason or what a clock said (<c>sdk_time</c>, <c>server_time</c>); empty when it is about no field.</summary>
sealed record ProcessingError(string Type, string Message, JsonObject Data);

sealed record SdkShape(string? Name, string? Version);

sealed record EventUserShape
{
    public string? Id { get; init; }
    public string? Email { get; init; }
    public string? Username { get; init; }
    public string? Name { get; init; }

    [JsonPropertyName("ip_address")]
    public string? IpAddress { get; init; }
    public JsonObject? Geo { get; init; }
    public JsonObject? Data { get; init; }
}
