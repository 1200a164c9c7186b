using System.Buffers;

namespace Tocsin.Protocol;

/// <summary>The public half of a client key: 32 hex digits, kept in lower case.</summary>
public static class PublicKey
{
    static readonly SearchValues<char> Hex = SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Flags behind a dot (<c>KEY.no-cache</c>) are for proxies between us and the client and are left off.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out string key)
    {
        if (text.IndexOf('.') is >= 0 and var dot)
        {
            text = text[..dot];
        }
        var valid = text.Length == 32 && !text.ContainsAnyExcept(Hex);
        key = valid ? text.ToString().ToLowerInvariant() : "";
        return valid;
    }
}
