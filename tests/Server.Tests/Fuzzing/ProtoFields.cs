using Protocol.Tests.Otlp;

namespace Server.Tests.Fuzzing;

/// <summary>A protobuf message as its fields, each with its number, its wire type and its bytes; numbers are eight bytes.</summary>
static class ProtoFields
{
    /// <summary>Null: it is none.</summary>
    public static List<(int Number, int Wire, byte[] Content)>? Of(ReadOnlySpan<byte> message)
    {
        var fields = new List<(int, int, byte[])>();
        for (var rest = message; rest.Length > 0; )
        {
            if (!TryTake(ref rest, out var tag) || tag >> 3 is 0 or > 1 << 20)
            {
                return null;
            }
            var wire = (int)(tag & 7);
            var length = wire switch
            {
                1 => 8UL,
                5 => 4UL,
                _ => 0UL,
            };
            ulong number = 0;
            if (wire is not (0 or 1 or 2 or 5) || (wire == 0 && !TryTake(ref rest, out number)))
            {
                return null;
            }
            if ((wire == 2 && !TryTake(ref rest, out length)) || length > (ulong)rest.Length)
            {
                return null;
            }
            fields.Add(((int)(tag >> 3), wire, wire == 0 ? BitConverter.GetBytes(number) : rest[..(int)length].ToArray()));
            rest = rest[(int)length..];
        }
        return fields;
    }

    public static byte[] Write(IEnumerable<(int Number, int Wire, byte[] Content)> fields)
    {
        var message = new ProtoMessage();
        foreach (var (number, wire, content) in fields)
        {
            _ = wire switch
            {
                0 => message.Varint(number, BitConverter.ToUInt64(content)),
                2 => message.Of(number, content),
                _ => message.Tag(number, wire).Add(content),
            };
        }
        return message.Bytes;
    }

    /// <summary>As long as another content.</summary>
    public static byte[] Same(byte[] content, byte[] like)
    {
        Array.Resize(ref content, like.Length);
        return content;
    }

    static bool TryTake(ref ReadOnlySpan<byte> rest, out ulong number)
    {
        number = 0;
        for (var i = 0; i < Math.Min(10, rest.Length); i++)
        {
            number |= (ulong)(rest[i] & 0x7F) << (7 * i);
            if (rest[i] < 0x80)
            {
                rest = rest[(i + 1)..];
                return true;
            }
        }
        return false;
    }
}
