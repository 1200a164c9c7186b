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
        var crumb = new Breadcrumb();
        while (cursor.NextProperty())
        {
            crumb = cursor.Name switch
            {
                "timestamp" => crumb with { Timestamp = cursor.Time() },
                "type" => crumb with { Type = cursor.Text() },
                "category" => crumb with { Category = cursor.Text() },
                "message" => crumb with { Message = cursor.AnyText() },
                "level" => crumb with { Level = LevelName.Read(ref cursor) },
                "event_id" => crumb with { EventId = cursor.Text() },
                "data" => crumb with { Data = cursor.Object() },
                _ => cursor.Skip(crumb),
            };
        }
        return crumb;
    }
}
