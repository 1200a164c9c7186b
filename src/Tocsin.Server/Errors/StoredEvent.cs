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

    /// <summary>What a client sent, and what is noted of it, may be as deep as it likes; it is passed over.</summary>
    internal static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    /// <summary>A body grows to several times what was received before it is packed; a buffer for each event would be garbage at once.</summary>
    [ThreadStatic]
    static ArrayBufferWriter<byte>? kept;
    const int LargestKept = 1 << 20;

    /// <summary>In an array of the shared pool, for a body is needed only until it is packed; whoever asked gives it back.</summary>
    public static ArraySegment<byte> Write(ErrorEvent e, GroupingResult grouping)
    {
        if (kept is null || kept.Capacity > LargestKept)
        {
            kept = new(64 << 10);
        }
        var output = kept;
        output.ResetWrittenCount();
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
            GroupingFormat.Write(writer, grouping, explained: false);
        }
        output.Write("}}"u8);
        // The event's own closing brace makes room for what follows it.
        var body = ArrayPool<byte>.Shared.Rent(output.WrittenCount - 1);
        output.WrittenSpan[..(written - 1)].CopyTo(body);
        output.WrittenSpan[written..].CopyTo(body.AsSpan(written - 1));
        return new(body, 0, output.WrittenCount - 1);
    }

    /// <summary>The <c>grouping</c> object as <see cref="GroupingFormat"/> writes it; null when the body holds none.</summary>
    public static JsonObject? ReadGrouping(ReadOnlySpan<byte> body)
    {
        var reader = new Utf8JsonReader(body, AnyDepth);
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
