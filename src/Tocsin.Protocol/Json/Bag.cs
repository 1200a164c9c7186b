using System.Text.Json;
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
        var node = cursor.Node();
        cursor.Finish();
        return node;
    }

    public static bool IsJson(ReadOnlySpan<byte> text)
    {
        try
        {
            var reader = new Utf8JsonReader(text, new JsonReaderOptions { MaxDepth = int.MaxValue });
            while (reader.Read()) { }
            return !text.IsEmpty;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
