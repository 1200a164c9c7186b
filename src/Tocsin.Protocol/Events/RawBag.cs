using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events;

/// <summary>
/// One free-form JSON object as its text. Variables and data of breadcrumbs are most of what clients send, and hardly ever does anybody look into
/// them on their way: so they are not taken apart and put together again.
/// </summary>
public sealed class RawBag
{
    static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    internal RawBag(byte[] text) => Text = text;

    /// <summary>Valid JSON in valid UTF-8: an object, each name once, at most <see cref="JsonCursor.DeepestLevel"/> levels.</summary>
    public ReadOnlyMemory<byte> Text { get; }

    public static RawBag? Of(JsonObject? bag)
    {
        if (bag is null)
        {
            return null;
        }
        var text = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(text, Options))
        {
            bag.WriteTo(writer);
        }
        return new(text.WrittenSpan.ToArray());
    }

    /// <summary>A tree of the caller's own.</summary>
    public JsonObject ToObject() => (JsonObject)Bag.Read(Text.Span)!;
}
