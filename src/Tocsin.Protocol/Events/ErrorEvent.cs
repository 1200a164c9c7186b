using System.Text.Json.Nodes;

namespace Tocsin.Protocol.Events;

/// <summary>
/// An error, message or security event as read from a client: every known field typed, free-form bags as JSON.
/// What could not be read stands in <see cref="Notes"/>; it never costs the event. Rules: Sentry's event payload.
/// </summary>
public sealed record ErrorEvent
{
    /// <summary>Null when the payload names none; the envelope's id wins over it.</summary>
    public EventId? Id { get; init; }

    /// <summary>What the client states: <c>error</c>, <c>default</c>, <c>transaction</c>, <c>csp</c>, <c>feedback</c>…; null when absent.</summary>
    public string? Type { get; init; }

    public DateTimeOffset? Timestamp { get; init; }

    /// <summary>Set by the server.</summary>
    public DateTimeOffset? Received { get; init; }

    public string? Platform { get; init; }

    /// <summary><c>fatal</c>, <c>error</c>, <c>warning</c>, <c>info</c> or <c>debug</c>; aliases and numbers are already mapped.</summary>
    public string? Level { get; init; }

    public string? Logger { get; init; }
    public string? Transaction { get; init; }
    public string? TransactionSource { get; init; }
    public string? ServerName { get; init; }
    public string? Site { get; init; }
    public string? Release { get; init; }
    public string? Dist { get; init; }
    public string? Environment { get; init; }
    public string? Culprit { get; init; }
    public string? Checksum { get; init; }
    public long? TimeSpent { get; init; }
    public LogEntry? LogEntry { get; init; }

    /// <summary>Root cause first, the thrown exception last.</summary>
    public IReadOnlyList<ExceptionValue> Exceptions { get; init; } = [];

    /// <summary>A stack outside any exception.</summary>
    public StackTrace? StackTrace { get; init; }

    public IReadOnlyList<ThreadValue> Threads { get; init; } = [];

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<Breadcrumb> Breadcrumbs { get; init; } = [];

    public EventRequest? Request { get; init; }
    public EventUser? User { get; init; }
    public SdkDescription? Sdk { get; init; }
    public DebugMeta? DebugMeta { get; init; }

    /// <summary>In the order sent; the first of equal keys wins. A null value is a tag whose value was refused.</summary>
    public IReadOnlyList<EventTag> Tags { get; init; } = [];

    /// <summary>Context name to object; non-objects are already set aside.</summary>
    public JsonObject? Contexts { get; init; }

    public JsonObject? Extra { get; init; }
    public IReadOnlyDictionary<string, string?> Modules { get; init; } = new Dictionary<string, string?>();

    /// <summary>Null or empty: the default grouping.</summary>
    public IReadOnlyList<string>? Fingerprint { get; init; }

    /// <summary>A template error (Django): filename, line, context.</summary>
    public JsonObject? Template { get; init; }

    /// <summary>The body of a CSP, Expect-CT, Expect-Staple or HPKP report; <see cref="Type"/> says which.</summary>
    public JsonObject? SecurityReport { get; init; }

    /// <summary>What was set aside or shortened, by the client or by us.</summary>
    public IReadOnlyList<FieldNote> Notes { get; init; } = [];
}

/// <summary><c>logentry</c>: the template, the finished text, and the parameters (list or object).</summary>
public sealed record LogEntry(string? Message, string? Formatted, JsonNode? Params);

public sealed record EventTag(string Key, string? Value);

/// <summary>
/// One field that was set aside, shortened or replaced. Path is dotted from the event's root
/// (<c>exception.values.0.stacktrace.frames.3.lineno</c>). Kind is a Sentry error kind: <c>invalid_data</c>,
/// <c>value_too_long</c>, <c>missing_attribute</c>, <c>invalid_attribute</c>, <c>past_timestamp</c>, <c>future_timestamp</c>,
/// <c>clock_drift</c>, or for a remark without error the empty string. Value: the original as JSON text; of a longer or a deep one a
/// JSON string with its first 1 024 characters. Length: the original length in characters. Rule: what replaced it (<c>!limit</c>, <c>@password:filter</c>).
/// Remark: Sentry's letter (<c>s</c> substituted, <c>x</c> removed, <c>m</c> masked, <c>a</c> annotated).
/// </summary>
public sealed record FieldNote(
    string Path,
    string Kind,
    string? Value = null,
    long? Length = null,
    string? Rule = null,
    string? Remark = null,
    string? Reason = null
);
