using System.Text.Json.Nodes;

namespace Tocsin.Protocol.Json;

/// <summary>Free-form JSON on its own.</summary>
static class Bag
{
    /// <summary>Null for an empty text. The text is valid JSON in valid UTF-8.</summary>
    public static JsonNode? Read(ReadOnlySpan<byte> json)
    {
        if (json.IsEmpty)
        {
            return null;
        }
        var cursor = new JsonCursor(json, new FieldNotes(), stackalloc char[128]);
        return cursor.Node();
    }
}
