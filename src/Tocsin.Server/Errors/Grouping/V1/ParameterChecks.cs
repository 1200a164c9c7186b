using System.Net;

namespace Tocsin.Server.Errors.Grouping.V1;

/// <summary>What a linear pattern cannot ask: about the neighbours of a match, and about its letters as a whole.</summary>
static class ParameterChecks
{
    public static bool IsIp4(string text, int start, int end) =>
        !Touches(text, start - 1, '.') && !Touches(text, end, '.') && IPAddress.TryParse(text.AsSpan(start, end - start), out _);

    // Times and C++ names look alike: an address has a digit, stands alone and parses.
    public static bool IsIp6(string text, int start, int end)
    {
        var match = text.AsSpan(start, end - start);
        return StandsAlone(text, start, end)
            && match.ContainsAnyInRange('0', '9')
            && !Touches(text, start - 1, ':')
            && IPAddress.TryParse(match, out _);
    }

    public static bool IsHex(string text, int start, int end)
    {
        var match = text.AsSpan(start, end - start);
        if (match.Length > 2 && match[1] is 'x' or 'X')
        {
            return true;
        }
        return match.ContainsAnyInRange('0', '9') && !(match.ContainsAnyInRange('a', 'f') && match.ContainsAnyInRange('A', 'F'));
    }

    public static bool IsGitSha(string text, int start, int end)
    {
        var match = text.AsSpan(start, end - start);
        return match.ContainsAnyInRange('0', '9') && match.ContainsAnyInRange('a', 'f');
    }

    public static bool StandsAlone(string text, int start, int end) => !IsWord(text, start - 1) && !IsWord(text, end);

    public static bool JoinsWords(string text, int index) => IsWord(text, index - 1);

    static bool IsWord(string text, int index) =>
        index >= 0 && index < text.Length && (char.IsLetterOrDigit(text[index]) || text[index] == '_');

    static bool Touches(string text, int index, char c) => index >= 0 && index < text.Length && text[index] == c;
}
