using System.Buffers.Binary;
using System.Text;

namespace Tocsin.Protocol.Crashes;

/// <summary>
/// An event in MessagePack, as clients for native programs put it beside a dump. Only its id is looked for; nothing that it says of its lengths
/// is believed.
/// </summary>
public static class PackedEvent
{
    /// <summary>Null: no map, or none with an id.</summary>
    public static EventId? ReadId(ReadOnlySpan<byte> packed)
    {
        if (!TryRead(ref packed, out var map) || map.Kind != Kind.Map)
        {
            return null;
        }
        for (var i = 0L; i < map.Count; i++)
        {
            if (!TryText(ref packed, out var key))
            {
                return null;
            }
            if (key.SequenceEqual("event_id"u8))
            {
                return
                    TryText(ref packed, out var text)
                    && text.Length <= 36
                    && EventId.TryParse(Encoding.Latin1.GetString(text), out var id)
                    && !id.IsNil
                    ? id
                    : null;
            }
            if (!TrySkip(ref packed))
            {
                return null;
            }
        }
        return null;
    }

    static bool TryText(ref ReadOnlySpan<byte> packed, out ReadOnlySpan<byte> text)
    {
        text = [];
        if (!TryRead(ref packed, out var token) || token.Kind != Kind.Text)
        {
            return false;
        }
        text = packed[..(int)token.Count];
        packed = packed[(int)token.Count..];
        return true;
    }

    /// <summary>One value and all within it, without recursion.</summary>
    static bool TrySkip(ref ReadOnlySpan<byte> packed)
    {
        for (var values = 1L; values > 0; values--)
        {
            if (!TryRead(ref packed, out var token))
            {
                return false;
            }
            switch (token.Kind)
            {
                case Kind.Map:
                    values += 2 * token.Count;
                    break;
                case Kind.List:
                    values += token.Count;
                    break;
                default:
                    packed = packed[(int)token.Count..];
                    break;
            }
        }
        return true;
    }

    /// <summary>The head of a value. False: it ends too early, or announces more than there is.</summary>
    static bool TryRead(ref ReadOnlySpan<byte> packed, out Token token)
    {
        token = default;
        if (packed.IsEmpty)
        {
            return false;
        }
        var tag = packed[0];
        packed = packed[1..];
        var known =
            tag < 0x80 || tag >= 0xE0 ? Fixed(0, out token)
            : tag < 0x90 ? Of(Kind.Map, tag & 0x0F, out token)
            : tag < 0xA0 ? Of(Kind.List, tag & 0x0F, out token)
            : tag < 0xC0 ? Of(Kind.Text, tag & 0x1F, out token)
            : tag switch
            {
                0xC4 or 0xC5 or 0xC6 => Counted(Kind.Bytes, 1 << (tag - 0xC4), 0, ref packed, out token),
                0xC7 or 0xC8 or 0xC9 => Counted(Kind.Bytes, 1 << (tag - 0xC7), 1, ref packed, out token),
                0xCA or 0xCB => Fixed(4 << (tag - 0xCA), out token),
                >= 0xCC and <= 0xCF => Fixed(1 << (tag - 0xCC), out token),
                >= 0xD0 and <= 0xD3 => Fixed(1 << (tag - 0xD0), out token),
                >= 0xD4 and <= 0xD8 => Fixed(1 + (1 << (tag - 0xD4)), out token),
                0xD9 or 0xDA or 0xDB => Counted(Kind.Text, 1 << (tag - 0xD9), 0, ref packed, out token),
                0xDC or 0xDD => Counted(Kind.List, 2 << (tag - 0xDC), 0, ref packed, out token),
                0xDE or 0xDF => Counted(Kind.Map, 2 << (tag - 0xDE), 0, ref packed, out token),
                _ => Fixed(0, out token),
            };
        // An entry takes a byte at least, so that a count is bounded as a length is.
        return known && token.Count <= packed.Length;
    }

    static bool Fixed(int length, out Token token) => Of(Kind.Bytes, length, out token);

    static bool Of(Kind kind, long count, out Token token)
    {
        token = new(kind, count);
        return true;
    }

    static bool Counted(Kind kind, int size, int more, ref ReadOnlySpan<byte> packed, out Token token)
    {
        token = default;
        if (packed.Length < size)
        {
            return false;
        }
        var count = size switch
        {
            1 => packed[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(packed),
            _ => BinaryPrimitives.ReadUInt32BigEndian(packed),
        };
        packed = packed[size..];
        return Of(kind, count + (long)more, out token);
    }

    enum Kind
    {
        /// <summary>Numbers, truth values, null, binary: so many bytes follow that say nothing to us.</summary>
        Bytes,
        Text,
        List,
        Map,
    }

    readonly record struct Token(Kind Kind, long Count);
}
