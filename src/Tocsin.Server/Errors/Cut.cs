namespace Tocsin.Server.Errors;

/// <summary>Shortens a text to a number of characters. Never cuts a surrogate pair in two: half of one is read otherwise than it was written.</summary>
static class Cut
{
    /// <summary>The last three are dots then.</summary>
    public static string To(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }
        return Off(text, length - 3) + "...";
    }

    /// <summary>Its beginning alone; also of a text that was cut there before.</summary>
    public static string Off(string text, int length) =>
        text.Length < length ? text : text[..(char.IsHighSurrogate(text[length - 1]) ? length - 1 : length)];
}
