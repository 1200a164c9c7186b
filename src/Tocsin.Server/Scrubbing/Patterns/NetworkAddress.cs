using System.Net;
using System.Text.RegularExpressions;

namespace Tocsin.Server.Scrubbing.Patterns;

/// <summary>An IPv4 or IPv6 address in a text. Times and versions look like one; only what parses and stands alone counts.</summary>
static partial class NetworkAddress
{
    public static Found? Find(string text, int from)
    {
        foreach (var match in Candidate.EnumerateMatches(text, from))
        {
            var end = match.Index + match.Length;
            if (IsAddress(text.AsSpan(match.Index, match.Length)) && StandsAlone(text, match.Index, end))
            {
                return new(match.Index, end);
            }
        }
        return null;
    }

    static bool IsAddress(ReadOnlySpan<char> candidate) =>
        IPAddress.TryParse(candidate, out _) && (candidate.Contains(':') ? candidate.Count(':') >= 2 : candidate.Count('.') == 3);

    static bool StandsAlone(string text, int start, int end)
    {
        var before = Neighbours.Before(text, start);
        var after = Neighbours.After(text, end);
        return !Neighbours.IsWord(before)
            && !Neighbours.IsWord(after)
            && before is not ('.' or ':')
            && !(after == '.' && char.IsLetterOrDigit(Neighbours.After(text, end + 1)));
    }

    [GeneratedRegex(
        "[0-9]{1,3}(?:[.][0-9]{1,3}){3}|[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?:[.0-9]{7,15})?",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
    )]
    static partial Regex Candidate { get; }
}
