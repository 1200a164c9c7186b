using System.Text.RegularExpressions;

namespace Tocsin.Server.Scrubbing.Patterns;

/// <summary>User and password in an address: what stands between <c>://</c> and <c>@</c>.</summary>
static partial class UrlCredentials
{
    public static Found? Find(string text, int from)
    {
        foreach (var match in Authority.EnumerateMatches(text, from))
        {
            return new(match.Index + "://".Length, match.Index + match.Length - 1);
        }
        return null;
    }

    [GeneratedRegex("""://[^\s/@"'<>?#]+@""", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    static partial Regex Authority { get; }
}
