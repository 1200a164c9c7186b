using System.Diagnostics.CodeAnalysis;

namespace Tocsin.Protocol.Otlp;

/// <summary>The beginning of a text. A letter of two characters is kept whole or left out: half of one is read otherwise than it was written.</summary>
static class ShortText
{
    [return: NotNullIfNotNull(nameof(text))]
    public static string? Of(string? text, int longest) =>
        text is null || text.Length <= longest ? text
        : char.IsHighSurrogate(text[longest - 1]) ? text[..(longest - 1)]
        : text[..longest];
}
