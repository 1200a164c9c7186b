using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Tocsin.Server.Errors;

/// <summary>The evidence of a problem that we found ourselves, beside the event that stands for it: under our own key, as <see cref="StoredEvent"/>.</summary>
static class StoredOccurrence
{
    /// <param name="body">A written event: one JSON object.</param>
    public static byte[] Write(ReadOnlySpan<byte> body, JsonObject occurrence)
    {
        var own = Encoding.UTF8.GetBytes($",\"_tocsin\":{{\"occurrence\":{occurrence.ToJsonString()}}}}}");
        return [.. body[..^1], .. own];
    }

    /// <summary>Null: the event was sent by a client.</summary>
    public static JsonObject? Read(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, StoredEvent.AnyDepth);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isOurs = reader.ValueTextEquals("_tocsin"u8);
            reader.Read();
            if (isOurs)
            {
                return JsonNode.Parse(ref reader)?["occurrence"] as JsonObject;
            }
            reader.Skip();
        }
        return null;
    }
}
