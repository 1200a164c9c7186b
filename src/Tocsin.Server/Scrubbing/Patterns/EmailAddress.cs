using System.Text.RegularExpressions;

namespace Tocsin.Server.Scrubbing.Patterns;

static partial class EmailAddress
{
    public static Found? Find(string text, int from)
    {
        foreach (var match in Address.EnumerateMatches(text, from))
        {
            return new(match.Index, match.Index + match.Length);
        }
        return null;
    }

    [GeneratedRegex(
        @"[a-zA-Z0-9!#$%&*+/=?^_`{|}~.-]+@[a-zA-Z0-9-]+(?:\.[a-zA-Z0-9-]+)+",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
    )]
    static partial Regex Address { get; }
}
