using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Writing;

static class BreadcrumbWriter
{
    public static void Write(Utf8JsonWriter writer, Breadcrumb crumb)
    {
        writer.WriteStartObject();
        writer.Optional("timestamp", crumb.Timestamp);
        writer.Optional("type", crumb.Type);
        writer.Optional("category", crumb.Category);
        writer.Optional("message", crumb.Message);
        writer.Optional("level", crumb.Level);
        writer.Optional("event_id", crumb.EventId);
        writer.Optional("data", crumb.Data);
        writer.WriteEndObject();
    }
}
