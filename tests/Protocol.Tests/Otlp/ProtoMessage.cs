using System.Buffers.Binary;
using System.Text;

namespace Protocol.Tests.Otlp;

/// <summary>Writes protobuf as the tests spell it, good and bad.</summary>
sealed class ProtoMessage
{
    readonly List<byte> bytes = [];

    public byte[] Bytes => [.. bytes];

    /// <summary>Lengths and numbers in so many bytes at least, as writers do that reserve room for them.</summary>
    public int Padding { get; init; }

    public ProtoMessage Varint(int field, ulong value) => Tag(field, 0).Raw(value);

    public ProtoMessage Fixed64(int field, ulong value)
    {
        Span<byte> fixedBytes = stackalloc byte[8];
        BinaryPrimitives.WriteUInt64LittleEndian(fixedBytes, value);
        Tag(field, 1);
        bytes.AddRange(fixedBytes);
        return this;
    }

    public ProtoMessage Double(int field, double value) => Fixed64(field, BitConverter.DoubleToUInt64Bits(value));

    public ProtoMessage Fixed32(int field, uint value)
    {
        Span<byte> fixedBytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(fixedBytes, value);
        Tag(field, 5);
        bytes.AddRange(fixedBytes);
        return this;
    }

    public ProtoMessage Of(int field, ReadOnlySpan<byte> content)
    {
        Tag(field, 2).Raw((ulong)content.Length);
        bytes.AddRange(content);
        return this;
    }

    public ProtoMessage Of(int field, string text) => Of(field, Encoding.UTF8.GetBytes(text));

    public ProtoMessage Of(int field, ProtoMessage message) => Of(field, message.Bytes);

    /// <summary>A length that is not what follows.</summary>
    public ProtoMessage Lie(int field, ulong length, ReadOnlySpan<byte> content)
    {
        Tag(field, 2).Raw(length);
        bytes.AddRange(content);
        return this;
    }

    public ProtoMessage Group(int field, params ReadOnlySpan<byte> content)
    {
        Tag(field, 3);
        bytes.AddRange(content);
        return Tag(field, 4);
    }

    public ProtoMessage Tag(int field, int wire) => Raw((ulong)((field << 3) | wire));

    public ProtoMessage Add(ReadOnlySpan<byte> content)
    {
        bytes.AddRange(content);
        return this;
    }

    ProtoMessage Raw(ulong value)
    {
        var written = 0;
        while (value >= 0x80 || written + 1 < Padding)
        {
            bytes.Add((byte)(value | 0x80));
            value >>= 7;
            written++;
        }
        bytes.Add((byte)value);
        return this;
    }
}
