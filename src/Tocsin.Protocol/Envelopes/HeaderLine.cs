using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Envelopes;

/// <summary>
/// Reads the header lines of an envelope. Lenient in what it does not need: unknown attributes, wrong types, bytes that are no
/// UTF-8. Strict where leniency would make two readers see two envelopes: the JSON itself, and attributes given twice.
/// </summary>
static class HeaderLine
{
    const int LongestPlainType = 64;

    public static bool TryReadEnvelope(ReadOnlySpan<byte> line, [NotNullWhen(true)] out EnvelopeHeader? header)
    {
        header = null;
        try
        {
            header = ReadEnvelope(Encode(line));
        }
        catch (JsonException)
        {
            // Broken JSON; the framework's reader has no other way to say so.
        }
        return header is not null;
    }

    public static bool TryReadItem(ReadOnlySpan<byte> line, [NotNullWhen(true)] out ItemHeader? header)
    {
        header = null;
        try
        {
            header = ReadItem(JsonRepair.Decode(line));
        }
        catch (JsonException)
        {
            // As above.
        }
        return header is not null;
    }

    static byte[] Encode(ReadOnlySpan<byte> line) => JsonRepair.Decode(line).ToArray();

    static EnvelopeHeader? ReadEnvelope(byte[] json)
    {
        if (!IsObject(json))
        {
            return null;
        }
        EventId? eventId = null;
        string? dsn = null;
        DateTimeOffset? sentAt = null;
        var seen = Attributes.None;
        var cursor = new JsonCursor(json, new FieldNotes(), stackalloc char[LongestPlainType]);
        cursor.Open();
        while (cursor.NextProperty())
        {
            var attribute = cursor.Name switch
            {
                "event_id" => Attributes.EventId,
                "dsn" => Attributes.Dsn,
                "sent_at" => Attributes.SentAt,
                _ => Attributes.None,
            };
            if ((seen & attribute) != 0)
            {
                return null;
            }
            seen |= attribute;
            switch (attribute)
            {
                case Attributes.EventId when !cursor.IsNull:
                    if (!EventId.TryParse(cursor.Text(), out var id))
                    {
                        return null;
                    }
                    eventId = id;
                    break;
                case Attributes.Dsn:
                    dsn = cursor.Text();
                    break;
                case Attributes.SentAt:
                    sentAt = cursor.Time();
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }
        cursor.Finish();
        return new EnvelopeHeader
        {
            EventId = eventId,
            Dsn = dsn,
            SentAt = sentAt,
            Json = json,
        };
    }

    static ItemHeader? ReadItem(ReadOnlySpan<byte> json)
    {
        if (!IsObject(json))
        {
            return null;
        }
        string? type = null;
        string? contentType = null;
        string? filename = null;
        string? attachmentType = null;
        string? platform = null;
        string? spanId = null;
        long? length = null;
        long? itemCount = null;
        long? metaLength = null;
        JsonObject? others = null;
        var cursor = new JsonCursor(json, new FieldNotes(), stackalloc char[LongestPlainType]);
        cursor.Open();
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "type":
                    if (type is not null || cursor.Token != JsonTokenType.String)
                    {
                        return null;
                    }
                    type = cursor.TypeName();
                    break;
                case "length":
                    if (length is not null || !TryReadLength(ref cursor, out length))
                    {
                        return null;
                    }
                    break;
                case "content_type":
                    contentType = cursor.Text();
                    break;
                case "filename":
                    filename = cursor.Text();
                    break;
                case "attachment_type":
                    attachmentType = cursor.Text();
                    break;
                case "item_count":
                    itemCount = cursor.Integer();
                    break;
                case "platform":
                    platform = cursor.Text();
                    break;
                case "meta_length":
                    metaLength = cursor.Integer();
                    break;
                case "span_id":
                    spanId = cursor.Text();
                    break;
                default:
                    var name = cursor.Name.ToString();
                    (others ??= [])[name] = cursor.Node();
                    break;
            }
        }
        cursor.Finish();
        return type is null or ItemType.Integration
            ? null
            : new ItemHeader
            {
                Type = type,
                Length = length,
                ContentType = contentType,
                Filename = filename,
                AttachmentType = attachmentType,
                ItemCount = itemCount,
                Platform = platform,
                MetaLength = metaLength,
                SpanId = spanId,
                Others = others,
            };
    }

    /// <summary>White space inside the JSON is allowed, around it not.</summary>
    static bool IsObject(ReadOnlySpan<byte> line) => line is [(byte)'{', .., (byte)'}'];

    static bool TryReadLength(ref JsonCursor cursor, out long? length)
    {
        length = cursor.Token == JsonTokenType.Number ? cursor.Integer() : null;
        return cursor.IsNull || length >= 0;
    }

    [Flags]
    enum Attributes
    {
        None = 0,
        EventId = 1,
        Dsn = 2,
        SentAt = 4,
    }
}
