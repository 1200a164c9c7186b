using System.Text.Json.Nodes;

namespace Tocsin.Protocol.Envelopes;

/// <summary>The first line of an envelope. Attributes we do not know stay in <see cref="Other"/>.</summary>
public sealed record EnvelopeHeader
{
    public EventId? EventId { get; init; }
    public string? Dsn { get; init; }
    public JsonObject? Sdk { get; init; }
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The dynamic sampling context.</summary>
    public JsonObject? Trace { get; init; }
    public JsonObject? Other { get; init; }
}

/// <summary>The line before an item's payload.</summary>
public sealed record ItemHeader
{
    public required string Type { get; init; }

    /// <summary>Bytes; null: the payload ends with its line.</summary>
    public long? Length { get; init; }
    public string? ContentType { get; init; }
    public string? Filename { get; init; }
    public string? AttachmentType { get; init; }
    public int? ItemCount { get; init; }
    public string? Platform { get; init; }
    public JsonObject? Other { get; init; }
}
