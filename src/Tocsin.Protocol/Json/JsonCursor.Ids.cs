using System.Text.Json;
using Tocsin.Protocol.Traces;

namespace Tocsin.Protocol.Json;

ref partial struct JsonCursor
{
    /// <summary>The id of a trace; null, an empty text and all zeros are none, anything else that is no id is set aside.</summary>
    public UInt128? TraceId()
    {
        if (!NamesId())
        {
            return null;
        }
        if (reader.TokenType == JsonTokenType.String && HexId.Trace(reader.ValueSpan) is { } id)
        {
            return id;
        }
        SetAside("expected 32 hex digits");
        return null;
    }

    /// <summary>The id of a span; null, an empty text and all zeros are none, anything else that is no id is set aside.</summary>
    public long? SpanId()
    {
        if (!NamesId())
        {
            return null;
        }
        if (reader.TokenType == JsonTokenType.String && HexId.Span(reader.ValueSpan) is { } id)
        {
            return id;
        }
        SetAside("expected 16 hex digits");
        return null;
    }

    /// <summary>The inside of a string's quotes, still escaped; of anything else nothing.</summary>
    public readonly ReadOnlySpan<byte> RawText => reader.TokenType == JsonTokenType.String ? reader.ValueSpan : [];

    readonly bool NamesId() =>
        reader.TokenType != JsonTokenType.Null
        && (reader.TokenType != JsonTokenType.String || reader.ValueSpan.ContainsAnyExcept((byte)'0'));
}
