using System.Buffers.Binary;

namespace Tocsin.Server.Countries;

/// <summary>
/// Reads one value of a section of a MaxMind DB file: a head that tells type and size, then the value. Offsets, those of pointers too, are
/// from the section's start.
/// </summary>
/// <exception cref="InvalidDataException">Of every member: what is written there is no value. The message is read behind the file's name.</exception>
ref struct MaxMindReader(ReadOnlySpan<byte> section, int at)
{
    readonly ReadOnlySpan<byte> section = section;
    int at = at;

    /// <summary>The value of a key, where this is a map that has it.</summary>
    public readonly bool TryFind(ReadOnlySpan<byte> key, out MaxMindReader value)
    {
        value = Target();
        var (kind, entries) = value.Head();
        if (kind != Kind.Map)
        {
            return false;
        }
        for (var i = 0; i < entries; i++)
        {
            var isIt = value.Text().SequenceEqual(key);
            value.Skip();
            if (isIt)
            {
                return true;
            }
            value.Skip();
        }
        return false;
    }

    /// <summary>UTF-8; empty where this is no text.</summary>
    public readonly ReadOnlySpan<byte> Text()
    {
        var value = Target();
        var (kind, size) = value.Head();
        return kind == Kind.Text ? value.Take(size) : [];
    }

    /// <summary>Null where this is no whole number from 0.</summary>
    public readonly ulong? Number()
    {
        var value = Target();
        var (kind, size) = value.Head();
        return kind is Kind.UInt16 or Kind.UInt32 or Kind.UInt64 && size <= sizeof(ulong) ? value.BigEndian(size) : null;
    }

    /// <summary>Itself, or the value that it points to.</summary>
    readonly MaxMindReader Target()
    {
        var value = this;
        var (kind, target) = value.Head();
        if (kind != Kind.Pointer)
        {
            return this;
        }
        value = new(section, target);
        return value.Head().Kind == Kind.Pointer ? throw Damaged() : new(section, target);
    }

    /// <summary>Behind the value, with all that it holds.</summary>
    void Skip()
    {
        for (var left = 1L; left > 0; left--)
        {
            var (kind, size) = Head();
            switch (kind)
            {
                case Kind.Map:
                    left += 2L * size;
                    break;
                case Kind.Array:
                    left += size;
                    break;
                case Kind.Pointer or Kind.Boolean:
                    break;
                default:
                    Take(size);
                    break;
            }
        }
    }

    /// <summary>The size is bytes, or entries of a map or an array, the truth of a boolean, or where a pointer leads.</summary>
    (Kind Kind, int Size) Head()
    {
        var control = Take(1)[0];
        var kind = (Kind)(control >> 5);
        var size = control & 0x1F;
        if (kind == Kind.Pointer)
        {
            return (kind, Pointer(size));
        }
        if (kind == Kind.Extended)
        {
            kind = (Kind)(7 + Take(1)[0]);
        }
        if (kind is Kind.Pointer or Kind.Extended or Kind.Container or Kind.End or > Kind.Float)
        {
            throw Damaged();
        }
        size = size switch
        {
            29 => 29 + (int)BigEndian(1),
            30 => 285 + (int)BigEndian(2),
            31 => 65821 + (int)BigEndian(3),
            _ => size,
        };
        return (kind, size);
    }

    int Pointer(int bits)
    {
        var high = (ulong)(bits & 7);
        var target = (bits >> 3) switch
        {
            0 => (high << 8) + BigEndian(1),
            1 => (high << 16) + BigEndian(2) + 2048,
            2 => (high << 24) + BigEndian(3) + 526336,
            _ => BigEndian(4),
        };
        return target < (ulong)section.Length ? (int)target : throw Damaged();
    }

    ulong BigEndian(int size)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        number.Clear();
        Take(size).CopyTo(number[^size..]);
        return BinaryPrimitives.ReadUInt64BigEndian(number);
    }

    ReadOnlySpan<byte> Take(int size)
    {
        if (size > section.Length - at)
        {
            throw Damaged();
        }
        var taken = section.Slice(at, size);
        at += size;
        return taken;
    }

    static InvalidDataException Damaged() => new("is damaged: something in its data is no value");

    enum Kind
    {
        Extended,
        Pointer,
        Text,
        Double,
        Bytes,
        UInt16,
        UInt32,
        Map,
        Int32,
        UInt64,
        UInt128,
        Array,
        Container,
        End,
        Boolean,
        Float,
    }
}
