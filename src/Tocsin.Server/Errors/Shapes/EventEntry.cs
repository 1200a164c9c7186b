using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Tocsin.Server.Errors.Shapes;

/// <summary>One part of an event: <c>{"type":"exception","data":{…}}</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ExceptionEntry), "exception")]
[JsonDerivedType(typeof(StackTraceEntry), "stacktrace")]
[JsonDerivedType(typeof(ThreadsEntry), "threads")]
[JsonDerivedType(typeof(MessageEntry), "message")]
[JsonDerivedType(typeof(RequestEntry), "request")]
[JsonDerivedType(typeof(BreadcrumbsEntry), "breadcrumbs")]
[JsonDerivedType(typeof(DebugMetaEntry), "debugmeta")]
[JsonDerivedType(typeof(TemplateEntry), "template")]
[JsonDerivedType(typeof(SecurityEntry), "csp")]
[JsonDerivedType(typeof(SpansEntry), "spans")]
abstract record EventEntry;

sealed record ExceptionEntry(ExceptionEntryContent Data) : EventEntry;

sealed record StackTraceEntry(StackTraceShape Data) : EventEntry;

sealed record ThreadsEntry(ThreadsEntryContent Data) : EventEntry;

sealed record MessageEntry(MessageShape Data) : EventEntry;

sealed record RequestEntry(RequestShape Data) : EventEntry;

sealed record BreadcrumbsEntry(BreadcrumbsEntryContent Data) : EventEntry;

sealed record DebugMetaEntry(DebugMetaShape Data) : EventEntry;

sealed record TemplateEntry(JsonObject Data) : EventEntry;

/// <summary>A CSP, Expect-CT, Expect-Staple or HPKP report as sent.</summary>
sealed record SecurityEntry(JsonObject Data) : EventEntry;

sealed record SpansEntry(IReadOnlyList<EventSpanShape> Data) : EventEntry;

sealed record ExceptionEntryContent(IReadOnlyList<ExceptionShape> Values, bool HasSystemFrames, IReadOnlyList<long>? ExcOmitted);

sealed record ThreadsEntryContent(IReadOnlyList<ThreadShape> Values);

sealed record BreadcrumbsEntryContent(IReadOnlyList<BreadcrumbShape> Values);

sealed record DebugMetaShape(IReadOnlyList<JsonObject> Images, JsonObject? SdkInfo);

sealed record MessageShape(string? Formatted, string? Message, JsonNode? Params);

sealed record BreadcrumbShape(
    DateTimeOffset? Timestamp,
    string Type,
    string? Category,
    string Level,
    string? Message,
    JsonObject? Data,
    [property: JsonPropertyName("event_id")] string? EventId
);

/// <summary>Query, headers and cookies are lists of <c>[name, value]</c>.</summary>
sealed record RequestShape
{
    public string? Method { get; init; }
    public string? Url { get; init; }
    public required IReadOnlyList<IReadOnlyList<string?>> Query { get; init; }
    public string? Fragment { get; init; }
    public JsonNode? Data { get; init; }
    public required IReadOnlyList<IReadOnlyList<string?>> Headers { get; init; }
    public required IReadOnlyList<IReadOnlyList<string?>> Cookies { get; init; }
    public JsonObject? Env { get; init; }
    public string? InferredContentType { get; init; }
    public string? ApiTarget { get; init; }
}
