using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tocsin.Server.Gateway.Bodies;

namespace Tocsin.Server.Gateway;

/// <summary>
/// A receipt and its body as the bytes of one journal record: a version byte, the length of the head (int32, little endian),
/// the head as JSON, the body as it was received. JSON, because a record may be read by a later or an earlier release.
/// </summary>
static class ReceiptFormat
{
    const byte Version = 1;
    const int Prefix = 1 + sizeof(int);

    /// <summary>The sequence lends the body's memory.</summary>
    public static ReadOnlySequence<byte> Write(Receipt receipt, ReadOnlySequence<byte> body)
    {
        var head = JsonSerializer.SerializeToUtf8Bytes(receipt, ReceiptJson.Default.Receipt);
        var prefix = new byte[Prefix];
        prefix[0] = Version;
        BinaryPrimitives.WriteInt32LittleEndian(prefix.AsSpan(1), head.Length);
        var first = new ByteSegment(prefix);
        var last = first.Append(head);
        foreach (var part in body)
        {
            last = last.Append(part);
        }
        return new(first, 0, last, last.Memory.Length);
    }

    /// <summary>The body is a part of the record's memory.</summary>
    /// <exception cref="InvalidDataException">The record is none of ours.</exception>
    public static (Receipt Receipt, ReadOnlyMemory<byte> Body) Read(ReadOnlyMemory<byte> record)
    {
        var span = record.Span;
        if (span.Length < Prefix || span[0] != Version)
        {
            throw new InvalidDataException($"no receipt of version {Version}");
        }
        var length = BinaryPrimitives.ReadInt32LittleEndian(span[1..]);
        if (length < 0 || length > span.Length - Prefix)
        {
            throw new InvalidDataException($"a receipt's head of {length} bytes in a record of {span.Length}");
        }
        try
        {
            var receipt =
                JsonSerializer.Deserialize(span.Slice(Prefix, length), ReceiptJson.Default.Receipt)
                ?? throw new InvalidDataException("a receipt's head is null");
            return (receipt, record[(Prefix + length)..]);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException("a receipt's head is no JSON of ours", broken);
        }
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(EventIdConverter), typeof(AddressConverter)]
)]
[JsonSerializable(typeof(Receipt))]
sealed partial class ReceiptJson : JsonSerializerContext;

sealed class EventIdConverter : JsonConverter<EventId>
{
    public override EventId Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        EventId.TryParse(reader.GetString(), out var id) ? id : throw new JsonException("no event id");

    public override void Write(Utf8JsonWriter writer, EventId value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}

sealed class AddressConverter : JsonConverter<IPAddress>
{
    public override IPAddress Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        IPAddress.TryParse(reader.GetString(), out var address) ? address : throw new JsonException("no IP address");

    public override void Write(Utf8JsonWriter writer, IPAddress value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
