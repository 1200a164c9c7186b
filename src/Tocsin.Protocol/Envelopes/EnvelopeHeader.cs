using System.Text.Json;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.Events.Reading;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Envelopes;

/// <summary>The first line of an envelope. What it does not have here stands in <see cref="Json"/>, as the client wrote it.</summary>
public sealed class EnvelopeHeader
{
    /// <summary>Wins over the id in a payload. An envelope that names one need not hold an event: never make one from it.</summary>
    public EventId? EventId { get; init; }

    /// <summary>As sent; see <see cref="Protocol.Dsn.TryParse"/>.</summary>
    public string? Dsn { get; init; }

    /// <summary>The client's clock when it sent, UTC; null when absent or unreadable.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>The whole line, UTF-8.</summary>
    public required ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>The default for items without one of their own. Read at each call.</summary>
    public SdkDescription? Sdk => SdkReader.Read(Attribute("sdk"));

    /// <summary>The dynamic sampling context; null when absent or malformed. Read at each call.</summary>
    public JsonObject? Trace => Bag.Read(Attribute("trace")) as JsonObject;

    /// <summary>The JSON text of an attribute; empty when absent.</summary>
    public ReadOnlySpan<byte> Attribute(string name)
    {
        var json = Json.Span;
        var reader = new Utf8JsonReader(json);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var found = JsonText.Is(in reader, name);
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            if (found)
            {
                return json[start..(int)reader.BytesConsumed];
            }
        }
        return [];
    }
}
