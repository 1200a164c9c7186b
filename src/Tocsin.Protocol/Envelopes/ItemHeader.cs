using System.Text.Json.Nodes;

namespace Tocsin.Protocol.Envelopes;

/// <summary>The line before an item's payload. Attributes of the wrong type count as absent, except the two that frame the item.</summary>
public sealed record ItemHeader
{
    /// <summary>Any text; one of <see cref="ItemType"/> when it is known.</summary>
    public required string Type { get; init; }

    /// <summary>Bytes of the payload; null: it runs to the next newline.</summary>
    public long? Length { get; init; }

    public string? ContentType { get; init; }
    public string? Filename { get; init; }

    /// <summary><c>event.minidump</c> and others; <see cref="Protocol.AttachmentType"/> knows the crash reports. Null: <c>event.attachment</c>.</summary>
    public string? AttachmentType { get; init; }

    /// <summary>Number of things in a container.</summary>
    public long? ItemCount { get; init; }

    /// <summary>Of a profile chunk.</summary>
    public string? Platform { get; init; }

    /// <summary>Bytes of metadata in front of a trace attachment's body.</summary>
    public long? MetaLength { get; init; }

    /// <summary>The span a trace attachment belongs to.</summary>
    public string? SpanId { get; init; }

    /// <summary>Attributes we do not know; null when there are none.</summary>
    public JsonObject? Others { get; init; }

    /// <summary>A batch <c>{"items":[…]}</c> of logs, spans or metrics.</summary>
    public bool IsContainer =>
        ContentType is not null && ContentType.StartsWith("application/vnd.sentry.items.", StringComparison.Ordinal);

    /// <summary>The item that makes an event. An envelope may hold one; of two, nobody can say which the event id means.</summary>
    public bool IsEventLike =>
        Type
            is ItemType.Event
                or ItemType.Transaction
                or ItemType.Security
                or ItemType.RawSecurity
                or ItemType.UnrealReport
                or ItemType.Feedback
        || (Type is ItemType.Attachment && Protocol.AttachmentType.IsCrash(AttachmentType));
}
