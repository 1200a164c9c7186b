using System.Buffers;
using System.Text;
using System.Text.Json;
using Tocsin.Protocol.Json;
using Tocsin.Protocol.Traces;
using Tocsin.Protocol.Traces.Reading;

namespace Tocsin.Protocol.Otlp.Reading;

/// <summary>Attributes in OTLP's JSON: <c>KeyValue</c>, <c>AnyValue</c> and what they hold.</summary>
static class JsonValues
{
    /// <summary>One <c>KeyValue</c>.</summary>
    public static void ReadPair(ref JsonCursor cursor, AttributeList attributes)
    {
        if (!cursor.OpenObject())
        {
            return;
        }
        string? key = null;
        AttributeValue? value = null;
        while (cursor.NextProperty())
        {
            switch (cursor.Name)
            {
                case "key":
                    key = cursor.Text();
                    break;
                case "value":
                    value = Read(ref cursor);
                    break;
                default:
                    cursor.Skip();
                    break;
            }
        }
        if (!string.IsNullOrEmpty(key) && value is { } present)
        {
            attributes.Add(key, present);
        }
    }

    static AttributeValue? Read(ref JsonCursor cursor)
    {
        AttributeValue? value = null;
        if (!cursor.OpenObject())
        {
            return value;
        }
        while (cursor.NextProperty())
        {
            value = cursor.Name switch
            {
                "stringValue" or "string_value" or "bytesValue" or "bytes_value" => cursor.Text() is { } text
                    ? AttributeValue.Of(text)
                    : null,
                "boolValue" or "bool_value" => cursor.Flag() is { } flag ? AttributeValue.Of(flag) : null,
                "intValue" or "int_value" => cursor.Integer() is { } whole ? AttributeValue.Of(whole) : null,
                "doubleValue" or "double_value" => Double(ref cursor) is { } real ? OtlpNumber.Of(real) : null,
                "arrayValue" or "array_value" => Container(ref cursor, WriteList),
                "kvlistValue" or "kvlist_value" => Container(ref cursor, WriteMap),
                _ => cursor.Skip(value),
            };
        }
        return value;
    }

    delegate void ContainerWriter(ref JsonCursor cursor, Utf8JsonWriter writer, int levels);

    static AttributeValue Container(ref JsonCursor cursor, ContainerWriter write)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer, OtlpJson.Options))
        {
            write(ref cursor, writer, OtlpJson.Deepest);
        }
        return AttributeValue.OfJson(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    static void WriteList(ref JsonCursor cursor, Utf8JsonWriter writer, int levels)
    {
        writer.WriteStartArray();
        EachValue(ref cursor, (ref element) => WriteAny(ref element, writer, levels - 1));
        writer.WriteEndArray();
    }

    static void WriteMap(ref JsonCursor cursor, Utf8JsonWriter writer, int levels)
    {
        writer.WriteStartObject();
        EachValue(ref cursor, (ref pair) => WritePair(ref pair, writer, levels - 1));
        writer.WriteEndObject();
    }

    /// <summary>The elements of <c>{"values": […]}</c>.</summary>
    static void EachValue(ref JsonCursor cursor, EntryReader write)
    {
        if (!cursor.OpenObject())
        {
            return;
        }
        while (cursor.NextProperty())
        {
            if (cursor.Name is "values")
            {
                JsonOtlp.Each(ref cursor, write);
            }
            else
            {
                cursor.Skip();
            }
        }
    }

    /// <summary>A property needs its name first, wherever the client put it.</summary>
    static void WritePair(ref JsonCursor cursor, Utf8JsonWriter writer, int levels)
    {
        var ahead = cursor.Ahead(stackalloc char[16]);
        if (!cursor.OpenObject())
        {
            return;
        }
        var written = false;
        while (cursor.NextProperty())
        {
            if (cursor.Name is "value" && !written)
            {
                writer.WritePropertyName(KeyOf(ahead));
                WriteAny(ref cursor, writer, levels);
                written = true;
            }
            else
            {
                cursor.Skip();
            }
        }
    }

    static string KeyOf(JsonCursor pair)
    {
        var key = "";
        pair.Open();
        while (pair.NextProperty())
        {
            key = pair.Name is "key" ? pair.Text() ?? "" : pair.Skip(key);
        }
        return key;
    }

    /// <summary>The first alternative that is present; what lies too deep is null.</summary>
    static void WriteAny(ref JsonCursor cursor, Utf8JsonWriter writer, int levels)
    {
        if (levels <= 0 || cursor.Token != JsonTokenType.StartObject)
        {
            cursor.Skip();
            writer.WriteNullValue();
            return;
        }
        var written = false;
        cursor.Open();
        while (cursor.NextProperty())
        {
            if (written || !TryWrite(ref cursor, writer, levels))
            {
                cursor.Skip();
            }
            else
            {
                written = true;
            }
        }
        if (!written)
        {
            writer.WriteNullValue();
        }
    }

    /// <summary>False: no alternative, and nothing read.</summary>
    static bool TryWrite(ref JsonCursor cursor, Utf8JsonWriter writer, int levels)
    {
        switch (cursor.Name)
        {
            case "stringValue" or "string_value" or "bytesValue" or "bytes_value":
                writer.WriteStringValue(cursor.Text());
                return true;
            case "boolValue" or "bool_value":
                writer.WriteBooleanValue(cursor.Flag() ?? false);
                return true;
            case "intValue" or "int_value":
                writer.WriteNumberValue(cursor.Integer() ?? 0);
                return true;
            case "doubleValue" or "double_value":
                OtlpNumber.Write(writer, Double(ref cursor) ?? 0);
                return true;
            case "arrayValue" or "array_value":
                WriteList(ref cursor, writer, levels);
                return true;
            case "kvlistValue" or "kvlist_value":
                WriteMap(ref cursor, writer, levels);
                return true;
            default:
                return false;
        }
    }

    static double? Double(ref JsonCursor cursor) =>
        cursor.IsText("NaN"u8) ? double.NaN
        : cursor.IsText("Infinity"u8) ? double.PositiveInfinity
        : cursor.IsText("-Infinity"u8) ? double.NegativeInfinity
        : cursor.Real();
}
