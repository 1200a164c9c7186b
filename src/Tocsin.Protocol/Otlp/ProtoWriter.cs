using System.Buffers;
using System.Text;

namespace Tocsin.Protocol.Otlp;

/// <summary>Writes the few protobuf fields that answers consist of. Zero and nothing are left out, as protobuf does.</summary>
sealed class ProtoWriter
{
    readonly ArrayBufferWriter<byte> bytes = new(64);

    public ReadOnlySpan<byte> Written => bytes.WrittenSpan;

    public ProtoWriter Number(int field, long value)
    {
        if (value != 0)
        {
            Varint((ulong)field << 3);
            Varint(unchecked((ulong)value));
        }
        return this;
    }

    public ProtoWriter Text(int field, string value) => value.Length == 0 ? this : Message(field, Encoding.UTF8.GetBytes(value));

    /// <summary>Written when it is empty too: that it is there may be all that it says.</summary>
    public ProtoWriter Message(int field, ReadOnlySpan<byte> message)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)message.Length);
        bytes.Write(message);
        return this;
    }

    void Varint(ulong value)
    {
        var target = bytes.GetSpan(10);
        var length = 0;
        while (value >= 0x80)
        {
            target[length++] = (byte)(value | 0x80);
            value >>= 7;
        }
        target[length++] = (byte)value;
        bytes.Advance(length);
    }
}
