using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Tocsin.Protocol.Json;

/// <summary>
/// Mends what clients are known to get wrong in JSON, so that it can be read: bytes that are no UTF-8, Python's <c>NaN</c> and
/// <c>Infinity</c> (they become text), raw control characters and unknown escapes inside strings (uWSGI escapes nothing).
/// </summary>
static class JsonRepair
{
    static readonly SearchValues<byte> HexDigits = SearchValues.Create("0123456789abcdefABCDEF"u8);

    static ReadOnlySpan<byte> Mark => [0xEF, 0xBB, 0xBF];

    /// <summary>Valid UTF-8 without a byte order mark; the same bytes when there was nothing to do.</summary>
    public static ReadOnlySpan<byte> Decode(ReadOnlySpan<byte> json)
    {
        if (json.StartsWith(Mark))
        {
            json = json[Mark.Length..];
        }
        return Utf8.IsValid(json) ? json : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json));
    }

    /// <summary>Null when there is nothing of that kind to mend.</summary>
    public static byte[]? TryMend(ReadOnlySpan<byte> json)
    {
        var mended = new ArrayBufferWriter<byte>(json.Length + 64);
        var changed = false;
        var quoted = false;
        for (var i = 0; i < json.Length; i++)
        {
            var skipped = quoted ? MendInside(json[i..], mended, ref changed) : MendOutside(json[i..], mended, ref changed);
            quoted ^= skipped == 0 && json[i] == '"';
            i += Math.Max(0, skipped - 1);
        }
        return changed ? mended.WrittenSpan.ToArray() : null;
    }

    /// <summary>Returns the bytes dealt with as one piece; 0: one plain byte.</summary>
    static int MendOutside(ReadOnlySpan<byte> rest, ArrayBufferWriter<byte> mended, ref bool changed)
    {
        ReadOnlySpan<byte> token = rest[0] switch
        {
            (byte)'N' => "NaN"u8,
            (byte)'I' => "Infinity"u8,
            (byte)'-' => "-Infinity"u8,
            _ => [],
        };
        if (token.IsEmpty || !rest.StartsWith(token))
        {
            mended.Write(rest[..1]);
            return 0;
        }
        mended.Write("\""u8);
        mended.Write(token);
        mended.Write("\""u8);
        changed = true;
        return token.Length;
    }

    static int MendInside(ReadOnlySpan<byte> rest, ArrayBufferWriter<byte> mended, ref bool changed)
    {
        if (rest[0] == '\\')
        {
            if (IsEscape(rest))
            {
                mended.Write(rest[..2]);
                return 2;
            }
            mended.Write("\\\\"u8);
            changed = true;
            return 1;
        }
        if (rest[0] < ' ')
        {
            Span<byte> escape = stackalloc byte[6];
            "\\u00"u8.CopyTo(escape);
            Convert.TryToHexString(rest[..1], escape[4..], out _);
            mended.Write(escape);
            changed = true;
            return 1;
        }
        mended.Write(rest[..1]);
        return 0;
    }

    static bool IsEscape(ReadOnlySpan<byte> rest) =>
        rest.Length > 1
        && ("\"\\/bfnrt"u8.Contains(rest[1]) || (rest[1] == 'u' && rest.Length > 5 && !rest[2..6].ContainsAnyExcept(HexDigits)));
}
