using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Reading;

/// <summary>One value of <c>breadcrumbs</c>.</summary>
static class BreadcrumbReader
{
    public static Breadcrumb? Read(ref JsonCursor cursor)
    {
        if (!cursor.OpenObject())
        {
            return null;
        }
        DateTimeOffset? timestamp = null;
        string? type = null;
        string? category = null;
        string? message = null;
        string? level = null;
        string? eventId = null;
        RawBag? data = null;
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "timestamp":
                    timestamp = cursor.Time();
                    break;
                case "type":
                    type = cursor.Known();
                    break;
                case "category":
                    category = cursor.Known();
                    break;
                case "message":
                    message = cursor.AnyText();
                    break;
                case "level":
                    level = LevelName.Read(ref cursor);
                    break;
                case "event_id":
                    eventId = cursor.Text();
                    break;
                case "data":
                    data = cursor.RawObject();
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }
        return new()
        {
            Timestamp = timestamp,
            Type = type,
            Category = category,
            Message = message,
            Level = level,
            EventId = eventId,
            Data = data,
        };
    }
}
