using System.Text.RegularExpressions;

namespace Tocsin.Server.Scrubbing.Patterns;

/// <summary><c>Bearer</c> and the token behind it. The word before plain prose ("bearer of") is none: a token has eight characters or more.</summary>
static partial class BearerToken
{
    public static Found? Find(string text, int from)
    {
        foreach (var match in Token.EnumerateMatches(text, from))
        {
            return new(match.Index, match.Index + match.Length);
        }
        return null;
    }

    [GeneratedRegex(
        @"\bbearer\s{1,4}[\w.~+/-]{8,}=*",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    static partial Regex Token { get; }
}
