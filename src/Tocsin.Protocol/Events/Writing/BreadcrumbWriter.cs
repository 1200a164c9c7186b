using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Writing;

static class BreadcrumbWriter
{
    public static void Write(Utf8JsonWriter writer, Breadcrumb crumb)
    {
        writer.WriteStartObject();
        writer.Optional(Names.Timestamp, crumb.Timestamp);
        writer.Optional(Names.Type, crumb.Type);
        writer.Optional(Names.Category, crumb.Category);
        writer.Optional(Names.Message, crumb.Message);
        writer.Optional(Names.Level, crumb.Level);
        writer.Optional(Names.EventId, crumb.EventId);
        writer.Optional(Names.Data, crumb.Data);
        writer.WriteEndObject();
    }

    /// <summary>Escaped once, as those of frames: an event holds up to a hundred breadcrumbs.</summary>
    static class Names
    {
        public static readonly JsonEncodedText Timestamp = JsonEncodedText.Encode("timestamp");
        public static readonly JsonEncodedText Type = JsonEncodedText.Encode("type");
        public static readonly JsonEncodedText Category = JsonEncodedText.Encode("category");
        public static readonly JsonEncodedText Message = JsonEncodedText.Encode("message");
        public static readonly JsonEncodedText Level = JsonEncodedText.Encode("level");
        public static readonly JsonEncodedText EventId = JsonEncodedText.Encode("event_id");
        public static readonly JsonEncodedText Data = JsonEncodedText.Encode("data");
    }
}
