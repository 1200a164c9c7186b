using System.Globalization;

namespace Tocsin.Protocol.Traces;

/// <summary>The ids of traces and spans as hex digits. All zeros is no id.</summary>
public static class HexId
{
    /// <summary>Null unless these are 16 hex digits.</summary>
    public static long? Span(ReadOnlySpan<char> text) =>
        text.Length == 16
        && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
        && id != 0
            ? unchecked((long)id)
            : null;

    /// <summary>Null unless these are 16 hex digits in UTF-8.</summary>
    public static long? Span(ReadOnlySpan<byte> text) =>
        text.Length == 16
        && ulong.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id)
        && id != 0
            ? unchecked((long)id)
            : null;

    /// <summary>Null unless these are 32 hex digits in UTF-8, or 36 characters with dashes.</summary>
    public static UInt128? Trace(ReadOnlySpan<byte> text)
    {
        Span<char> characters = stackalloc char[36];
        return
            text.Length <= characters.Length
            && EventId.TryParse(characters[..System.Text.Encoding.Latin1.GetChars(text, characters)], out var id)
            && !id.IsNil
            ? id.Value
            : null;
    }

    /// <summary>16 hex digits.</summary>
    public static string Format(long spanId) => spanId.ToString("x16", CultureInfo.InvariantCulture);

    /// <summary>32 hex digits.</summary>
    public static string Format(UInt128 traceId) => traceId.ToString("x32", CultureInfo.InvariantCulture);
}
