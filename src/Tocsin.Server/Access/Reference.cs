using System.Globalization;

namespace Tocsin.Server.Access;

/// <summary>A slug or a number in an address. Slugs are never all digits, so one text is never both.</summary>
readonly record struct Reference(long? Id, string? Slug)
{
    public static Reference Parse(string text) =>
        text.Length > 0 && text.All(char.IsAsciiDigit)
            // More digits than an id has: no such thing, which -1 says.
            ? new(long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : -1, null)
            : new(null, text);
}
