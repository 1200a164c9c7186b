using System.Text.Json.Nodes;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Reading;

/// <summary><c>debug_meta</c>.</summary>
static class DebugMetaReader
{
    public static DebugMeta? Read(ref JsonCursor cursor)
    {
        if (!cursor.OpenObject())
        {
            return null;
        }
        JsonObject? sdk = null;
        IReadOnlyList<JsonObject> images = [];
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "sdk_info":
                    sdk = cursor.Object();
                    break;
                case "images":
                    images = ElementList.Read(ref cursor, static (ref image) => image.Object());
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }
        return sdk is null && images.Count == 0 ? null : new(sdk, images);
    }
}
