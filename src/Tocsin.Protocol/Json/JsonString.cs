using System.Buffers;
using System.Globalization;
using System.Text;

namespace Tocsin.Protocol.Json;

/// <summary>
/// The text of a JSON string. The framework's reader throws on half a surrogate pair, which clients do send when they cut text;
/// here the half becomes U+FFFD.
/// </summary>
static class JsonString
{
    const char Replacement = '\uFFFD';

    /// <param name="token">The inside of the quotes, valid UTF-8 and with valid escapes.</param>
    public static string Unescape(ReadOnlySpan<byte> token)
    {
        var rented = ArrayPool<char>.Shared.Rent(token.Length);
        var text = rented.AsSpan(0, Unescape(token, rented)).ToString();
        ArrayPool<char>.Shared.Return(rented);
        return text;
    }

    /// <summary>Returns the number of characters, at most the bytes of the token.</summary>
    public static int Unescape(ReadOnlySpan<byte> token, Span<char> text)
    {
        var length = 0;
        while (token.IndexOf((byte)'\\') is >= 0 and var escape)
        {
            length += Encoding.UTF8.GetChars(token[..escape], text[length..]);
            var kind = token[escape + 1];
            if (kind == 'u')
            {
                text[length++] = (char)
                    int.Parse(token.Slice(escape + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                token = token[(escape + 6)..];
                continue;
            }
            text[length++] = kind switch
            {
                (byte)'b' => '\b',
                (byte)'f' => '\f',
                (byte)'n' => '\n',
                (byte)'r' => '\r',
                (byte)'t' => '\t',
                _ => (char)kind,
            };
            token = token[(escape + 2)..];
        }
        length += Encoding.UTF8.GetChars(token, text[length..]);
        MendSurrogates(text[..length]);
        return length;
    }

    static void MendSurrogates(Span<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                i++;
                continue;
            }
            text[i] = Replacement;
        }
    }
}
