using System.Text;
using System.Text.Json;
using Tocsin.Protocol.Traces;
using Tocsin.Protocol.Traces.Reading;

namespace Tocsin.Protocol.Otlp.Reading;

/// <summary>Attributes in protobuf: <c>KeyValue</c>, <c>AnyValue</c> and what they hold.</summary>
static class ProtoValue
{
    /// <summary>One <c>KeyValue</c>.</summary>
    public static void ReadInto(AttributeList attributes, ProtoReader pair)
    {
        string? key = null;
        AttributeValue? value = null;
        while (pair.Next())
        {
            switch (pair.Field)
            {
                case 1:
                    key = pair.Text();
                    break;
                case 2:
                    value = Read(pair.Message());
                    break;
            }
        }
        if (!string.IsNullOrEmpty(key) && value is { } present)
        {
            attributes.Add(key, present);
        }
    }

    static AttributeValue? Read(ProtoReader any)
    {
        AttributeValue? value = null;
        while (any.Next())
        {
            value = any.Field switch
            {
                1 => AttributeValue.Of(any.Text()),
                2 => AttributeValue.Of(any.Varint() != 0),
                3 => AttributeValue.Of(unchecked((long)any.Varint())),
                4 => OtlpNumber.Of(any.Double()),
                5 => OtlpJson.Write(any.Message(), static (writer, list) => WriteList(writer, list, OtlpJson.Deepest)),
                6 => OtlpJson.Write(any.Message(), static (writer, map) => WriteMap(writer, map, OtlpJson.Deepest)),
                7 => AttributeValue.Of(Convert.ToBase64String(any.Bytes())),
                _ => value,
            };
        }
        return value;
    }

    static void WriteList(Utf8JsonWriter writer, ProtoReader list, int levels)
    {
        writer.WriteStartArray();
        while (list.Next())
        {
            if (list.Field == 1)
            {
                WriteAny(writer, list.Message(), levels - 1);
            }
        }
        writer.WriteEndArray();
    }

    static void WriteMap(Utf8JsonWriter writer, ProtoReader map, int levels)
    {
        writer.WriteStartObject();
        while (map.Next())
        {
            if (map.Field == 1)
            {
                WritePair(writer, map.Message(), levels - 1);
            }
        }
        writer.WriteEndObject();
    }

    static void WritePair(Utf8JsonWriter writer, ProtoReader pair, int levels)
    {
        var key = "";
        var value = default(ProtoReader);
        while (pair.Next())
        {
            if (pair.Field == 1)
            {
                key = pair.Text();
            }
            else if (pair.Field == 2)
            {
                value = pair.Message();
            }
        }
        writer.WritePropertyName(key);
        WriteAny(writer, value, levels);
    }

    /// <summary>The first alternative present; what lies too deep is null.</summary>
    static void WriteAny(Utf8JsonWriter writer, ProtoReader any, int levels)
    {
        if (!any.Next() || levels <= 0)
        {
            writer.WriteNullValue();
            return;
        }
        switch (any.Field)
        {
            case 1:
                writer.WriteStringValue(Encoding.UTF8.GetString(any.Bytes()));
                break;
            case 2:
                writer.WriteBooleanValue(any.Varint() != 0);
                break;
            case 3:
                writer.WriteNumberValue(unchecked((long)any.Varint()));
                break;
            case 4:
                OtlpNumber.Write(writer, any.Double());
                break;
            case 5:
                WriteList(writer, any.Message(), levels);
                break;
            case 6:
                WriteMap(writer, any.Message(), levels);
                break;
            case 7:
                writer.WriteBase64StringValue(any.Bytes());
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
