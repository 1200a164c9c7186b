using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events;

/// <summary>What the gateway needs of an event before it accepts it.</summary>
/// <param name="Id">Null when there is none, or none that is one.</param>
/// <param name="Type">As stated: <c>transaction</c>, <c>csp</c>…; null when absent.</param>
public readonly record struct EventScan(EventId? Id, string? Type)
{
    static readonly string[] KnownTypes =
    [
        "error",
        "default",
        "transaction",
        "csp",
        "hpkp",
        "expectct",
        "expectstaple",
        "feedback",
    ];

    /// <exception cref="JsonException">The text is no JSON object.</exception>
    internal static EventScan Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = int.MaxValue });
        var scan = default(EventScan);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isId = JsonText.Is(in reader, "event_id"u8);
            var isType = !isId && JsonText.Is(in reader, "type"u8);
            reader.Read();
            scan =
                isId ? scan with { Id = ReadId(ref reader) }
                : isType ? scan with { Type = ReadType(ref reader) }
                : scan;
            reader.Skip();
        }
        reader.Read();
        return scan;
    }

    static EventId? ReadId(ref Utf8JsonReader reader)
    {
        Span<char> text = stackalloc char[36];
        return
            reader is { ValueIsEscaped: false, ValueSpan.Length: <= 36 }
            && EventId.TryParse(text[..System.Text.Encoding.UTF8.GetChars(reader.ValueSpan, text)], out var id)
            ? id
            : null;
    }

    static string? ReadType(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.String)
        {
            return null;
        }
        foreach (var type in KnownTypes)
        {
            if (JsonText.Is(in reader, type))
            {
                return type;
            }
        }
        return JsonString.Unescape(reader.ValueSpan);
    }
}
