using System.Buffers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Grouping;

namespace Tocsin.Server.Errors;

/// <summary>
/// The body that is kept of an event: the event as Sentry's clients would write it, and under <c>_tocsin</c> what we found out about it.
/// A client's own attributes never begin with an underscore, so the two cannot meet.
/// </summary>
static class StoredEvent
{
    const string Key = "_tocsin";

    public static byte[] Write(ErrorEvent e, GroupingResult grouping)
    {
        var output = new ArrayBufferWriter<byte>(8192);
        EventWriter.Write(e, output);
        var written = output.WrittenCount;
        output.Write(",\""u8);
        output.Write("_tocsin"u8);
        output.Write("\":{\"grouping\":"u8);
        using (
            var writer = new Utf8JsonWriter(
                output,
                new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
            )
        )
        {
            GroupingFormat.Write(writer, grouping);
        }
        output.Write("}}"u8);
        // The event's own closing brace makes room for what follows it.
        return [.. output.WrittenSpan[..(written - 1)], .. output.WrittenSpan[written..]];
    }

    /// <summary>The <c>grouping</c> object as <see cref="GroupingFormat"/> writes it; null when the body holds none.</summary>
    public static JsonObject? ReadGrouping(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals(Key))
            {
                reader.Read();
                return JsonNode.Parse(ref reader)?["grouping"] as JsonObject;
            }
            reader.Skip();
        }
        return null;
    }
}
