namespace Tocsin.Server.Scrubbing.Patterns;

/// <summary>What stands beside a match.</summary>
static class Neighbours
{
    public static char Before(string text, int start) => start > 0 ? text[start - 1] : ' ';

    public static char After(string text, int end) => end < text.Length ? text[end] : ' ';

    public static bool IsWord(char c) => char.IsLetterOrDigit(c) || c == '_';
}
