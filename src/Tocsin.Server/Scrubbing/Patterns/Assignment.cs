using System.Buffers;
using System.Text.RegularExpressions;

namespace Tocsin.Server.Scrubbing.Patterns;

/// <summary>
/// A secret given a name inside a sentence: <c>password=…</c>, <c>"api_key": "…"</c>, <c>access_token: …</c>. Only the value goes. The word
/// alone stays ("wrong password", "Unexpected token: x"): in a message it tells what happened.
/// </summary>
static partial class Assignment
{
    static readonly SearchValues<char> BeforeValue = SearchValues.Create("=: \t\"'");

    public static Found? Find(string text, int from)
    {
        foreach (var match in NameAndValue.EnumerateMatches(text, from))
        {
            var end = match.Index + match.Length;
            // The value is all behind the last sign, blank or quote that may stand before it.
            var value = text.AsSpan(match.Index, match.Length).LastIndexOfAny(BeforeValue) + match.Index + 1;
            if (value < end && !text.AsSpan(value, end - value).StartsWith("[Filtered"))
            {
                return new(value, end);
            }
        }
        return null;
    }

    [GeneratedRegex(
        """(?:password|passwd|pwd|secret|api[_-]?key|private[_-]?key|[a-z][_-]?token)[\w-]{0,32}["']?\s{0,2}[:=]\s{0,2}["']?[^\s"'&;,<>=:]+""",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    static partial Regex NameAndValue { get; }
}
