namespace Tocsin.Protocol;

/// <summary>Names and values of a query string or form body.</summary>
static class QueryText
{
    /// <summary>Undoes percent encoding and <c>+</c>; a broken sequence stays as it is.</summary>
    public static string Decode(ReadOnlySpan<char> text) =>
        text.IndexOfAny('%', '+') < 0 ? text.ToString() : Uri.UnescapeDataString(text.ToString().Replace('+', ' '));
}
