using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Tocsin.Protocol.Json;
using Tocsin.Protocol.Traces;
using Tocsin.Protocol.Traces.Reading;

namespace Tocsin.Protocol.Otlp.Reading;

/// <summary>Reads one element of a list and leaves the cursor on its last token.</summary>
delegate void EntryReader(ref JsonCursor cursor);

/// <summary>What the JSON of all OTLP signals is made of: lists, attributes, ids, times.</summary>
static class JsonOtlp
{
    /// <summary>What is no list has no elements.</summary>
    public static void Each(ref JsonCursor cursor, EntryReader read)
    {
        if (cursor.Token != JsonTokenType.StartArray)
        {
            cursor.Skip();
            return;
        }
        cursor.Open();
        while (cursor.NextElement())
        {
            read(ref cursor);
        }
    }

    /// <summary><c>[{"key": "a", "value": {"intValue": "1"}}]</c></summary>
    public static void ReadInto(AttributeList attributes, ref JsonCursor cursor) =>
        Each(ref cursor, (ref pair) => JsonValues.ReadPair(ref pair, attributes));

    public static UInt128? TraceId(ref JsonCursor cursor)
    {
        Span<byte> bytes = stackalloc byte[16];
        return !IsBase64(in cursor, bytes) ? cursor.TraceId()
            : BinaryPrimitives.ReadUInt128BigEndian(bytes) is var id && id != 0 ? id
            : null;
    }

    public static long? SpanId(ref JsonCursor cursor)
    {
        Span<byte> bytes = stackalloc byte[8];
        return !IsBase64(in cursor, bytes) ? cursor.SpanId()
            : BinaryPrimitives.ReadInt64BigEndian(bytes) is var id and not 0 ? id
            : null;
    }

    /// <summary>Null when there is none; zero is none. Protobuf's mapping takes exponents too (<c>1.7e18</c>), as writers with one type of number use.</summary>
    public static DateTimeOffset? Time(ref JsonCursor cursor)
    {
        if (cursor.Token is not (JsonTokenType.String or JsonTokenType.Number))
        {
            cursor.Skip();
            return null;
        }
        var text = cursor.PeekText();
        return ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var nanoseconds)
                ? OtlpTime.Read(nanoseconds)
            : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            && real is > 0 and <= ulong.MaxValue
                ? OtlpTime.Read((ulong)real)
            : null;
    }

    public static int Kind(ref JsonCursor cursor)
    {
        if (cursor.Token != JsonTokenType.String)
        {
            return (int)(cursor.Integer() ?? 0);
        }
        var text = cursor.PeekText();
        return SpanKind.Read(text) switch
        {
            SpanKind.Internal => 1,
            SpanKind.Server => 2,
            SpanKind.Client => 3,
            SpanKind.Producer => 4,
            SpanKind.Consumer => 5,
            _ => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
        };
    }

    static bool IsBase64(in JsonCursor cursor, Span<byte> bytes) =>
        cursor.RawText.EndsWith("="u8)
        && Base64.DecodeFromUtf8(cursor.RawText, bytes, out _, out var written) == OperationStatus.Done
        && written == bytes.Length;
}
