namespace Tocsin.Server.Errors;

/// <summary>Shortens a text to a number of characters, the last three then being dots. Never cuts a surrogate pair in two.</summary>
static class Cut
{
    public static string To(string text, int length)
    {
        if (text.Length <= length)
        {
            return text;
        }
        var kept = length - 3;
        return string.Concat(text.AsSpan(0, char.IsHighSurrogate(text[kept - 1]) ? kept - 1 : kept), "...");
    }
}
