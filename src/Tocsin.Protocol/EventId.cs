using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Tocsin.Protocol;

/// <summary>A Sentry event id: 16 bytes, written as 32 lowercase hex digits; 36 characters with dashes are read too.</summary>
public readonly record struct EventId(UInt128 Value)
{
    /// <summary>The upper and lower 64 bits, as the stores keep them.</summary>
    public long High => unchecked((long)(ulong)(Value >> 64));

    public long Low => unchecked((long)(ulong)Value);

    /// <summary>All zeros: the id of nothing.</summary>
    public bool IsNil => Value == 0;

    /// <summary>From what <see cref="High"/> and <see cref="Low"/> gave.</summary>
    public static EventId From(long high, long low) => new(new UInt128(unchecked((ulong)high), unchecked((ulong)low)));

    /// <summary>A random one (UUID version 4).</summary>
    public static EventId New()
    {
        Span<byte> bytes = stackalloc byte[16];
        RandomNumberGenerator.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new(BinaryPrimitives.ReadUInt128BigEndian(bytes));
    }

    static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>False unless these are 32 hex digits of either case, or 36 characters with dashes.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out EventId id)
    {
        id = default;
        scoped var hex = text;
        Span<char> digits = stackalloc char[32];
        if (text.Length == 36)
        {
            if (text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
            {
                return false;
            }
            text[..8].CopyTo(digits);
            text[9..13].CopyTo(digits[8..]);
            text[14..18].CopyTo(digits[12..]);
            text[19..23].CopyTo(digits[16..]);
            text[24..].CopyTo(digits[20..]);
            hex = digits;
        }
        if (hex.Length != 32 || hex.ContainsAnyExcept(Hex))
        {
            return false;
        }
        id = new(UInt128.Parse(hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        return true;
    }

    public override string ToString() => Value.ToString("x32", CultureInfo.InvariantCulture);

    /// <summary>The hyphenated form that minidump answers use.</summary>
    public string ToUuid()
    {
        var hex = ToString();
        return $"{hex[..8]}-{hex[8..12]}-{hex[12..16]}-{hex[16..20]}-{hex[20..]}";
    }
}
