using System.Buffers.Binary;
using System.Text;

namespace Tocsin.Protocol.Otlp.Reading;

/// <summary>How a field is written.</summary>
enum WireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    GroupStart = 3,
    GroupEnd = 4,
    Fixed32 = 5,
}

/// <summary>
/// Reads the fields of one protobuf message forwards. Nothing in it is believed: what is cut off, lies about its length or is nested without
/// end makes the reader <see cref="IsBroken"/> and ends it; it never throws. After <see cref="Next"/> the field's value is read by one of the
/// methods, or passed over by the next call. A value of another wire type than asked for is an unknown field: it reads as nothing.
/// </summary>
ref struct ProtoReader(ReadOnlySpan<byte> message)
{
    const int DeepestGroup = 32;

    ReadOnlySpan<byte> rest = message;
    WireType wire;
    bool unread;

    public bool IsBroken { get; private set; }

    /// <summary>The number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>False at the end, and when the message is broken.</summary>
    public bool Next()
    {
        if (unread)
        {
            Pass();
        }
        if (IsBroken || rest.IsEmpty)
        {
            return false;
        }
        ReadTag();
        if (wire == WireType.GroupEnd)
        {
            Break();
        }
        unread = true;
        return !IsBroken;
    }

    public ulong Varint()
    {
        if (!Take(WireType.Varint))
        {
            return 0;
        }
        return ReadVarint();
    }

    public ulong Fixed64()
    {
        if (!Take(WireType.Fixed64))
        {
            return 0;
        }
        var bytes = ReadBytes(sizeof(ulong));
        return IsBroken ? 0 : BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    public uint Fixed32()
    {
        if (!Take(WireType.Fixed32))
        {
            return 0;
        }
        var bytes = ReadBytes(sizeof(uint));
        return IsBroken ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(bytes);
    }

    public double Double() => BitConverter.UInt64BitsToDouble(Fixed64());

    public ReadOnlySpan<byte> Bytes() => Take(WireType.Bytes) ? ReadBytes(ReadVarint()) : [];

    /// <summary>What is no UTF-8 becomes U+FFFD.</summary>
    public string Text() => Encoding.UTF8.GetString(Bytes());

    public ProtoReader Message() => new(Bytes());

    /// <summary>To the end; whether every field on the way was whole.</summary>
    public bool IsWhole()
    {
        while (Next()) { }
        return !IsBroken;
    }

    /// <summary>False: another wire type, which stays to be passed over.</summary>
    bool Take(WireType asked)
    {
        if (!unread || wire != asked)
        {
            return false;
        }
        unread = false;
        return true;
    }

    void Pass()
    {
        unread = false;
        switch (wire)
        {
            case WireType.Varint:
                ReadVarint();
                break;
            case WireType.Fixed64:
                ReadBytes(sizeof(ulong));
                break;
            case WireType.Bytes:
                ReadBytes(ReadVarint());
                break;
            case WireType.GroupStart:
                PassGroup();
                break;
            case WireType.Fixed32:
                ReadBytes(sizeof(uint));
                break;
            default:
                Break();
                break;
        }
    }

    /// <summary>Groups are gone from protobuf for twenty years, and still legal as unknown fields.</summary>
    void PassGroup()
    {
        Span<int> open = stackalloc int[DeepestGroup];
        open[0] = Field;
        var depth = 1;
        while (depth > 0 && !IsBroken)
        {
            ReadTag();
            if (wire == WireType.GroupStart)
            {
                if (depth == DeepestGroup)
                {
                    Break();
                    return;
                }
                open[depth++] = Field;
            }
            else if (wire == WireType.GroupEnd)
            {
                if (open[--depth] != Field)
                {
                    Break();
                }
            }
            else if (!IsBroken)
            {
                Pass();
            }
        }
    }

    void ReadTag()
    {
        var tag = ReadVarint();
        wire = (WireType)(tag & 7);
        Field = (int)Math.Min(tag >> 3, int.MaxValue);
        if (tag > uint.MaxValue || Field == 0 || wire > WireType.Fixed32)
        {
            Break();
        }
    }

    /// <summary>At most ten bytes, of which the last may be empty: writers that reserve room for a length fill it up with zeros.</summary>
    ulong ReadVarint()
    {
        var value = 0UL;
        for (var i = 0; i < 10 && i < rest.Length; i++)
        {
            value |= (ulong)(rest[i] & 0x7F) << (7 * i);
            if (rest[i] < 0x80)
            {
                rest = rest[(i + 1)..];
                return value;
            }
        }
        Break();
        return 0;
    }

    ReadOnlySpan<byte> ReadBytes(ulong length)
    {
        if (length > (ulong)rest.Length)
        {
            Break();
            return [];
        }
        var bytes = rest[..(int)length];
        rest = rest[(int)length..];
        return bytes;
    }

    void Break()
    {
        IsBroken = true;
        unread = false;
        rest = [];
    }
}
