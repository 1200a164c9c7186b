using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Envelopes;

/// <summary>The line before a payload.</summary>
static class ItemHeaderLine
{
    /// <summary>Null when the item cannot be framed, or is not for clients to send.</summary>
    public static ItemHeader? Read(ReadOnlySpan<byte> json)
    {
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
        var cursor = new JsonCursor(json, new FieldNotes(), stackalloc char[64]);
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

    static bool TryReadLength(ref JsonCursor cursor, out long? length)
    {
        length = cursor.Token == JsonTokenType.Number ? cursor.Integer() : null;
        return cursor.IsNull || length >= 0;
    }
}
