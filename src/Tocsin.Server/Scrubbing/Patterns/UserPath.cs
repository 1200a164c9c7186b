using System.Text.RegularExpressions;

namespace Tocsin.Server.Scrubbing.Patterns;

/// <summary>The name of a user's directory: <c>/home/jane</c>, <c>/Users/jane</c>, <c>C:\Users\jane</c>. A page called <c>/home</c> or a route <c>/users/7</c> is none.</summary>
static partial class UserPath
{
    public static Found? Find(string text, int from)
    {
        foreach (var match in Directory.EnumerateMatches(text, from))
        {
            var end = match.Index + match.Length;
            var name = text.AsSpan(match.Index, match.Length).LastIndexOfAny('/', '\\') + match.Index + 1;
            if (text[match.Index] != '/' || IsPathStart(Neighbours.Before(text, match.Index)))
            {
                return new(name, end);
            }
        }
        return null;
    }

    // Behind a host or a directory it is not the root's.
    static bool IsPathStart(char before) => !Neighbours.IsWord(before) && before is not ('.' or '-' or '~' or ']');

    [GeneratedRegex(
        """(?:/home/|/Users/|[A-Za-z]:[\\/]{1,2}[Uu]sers[\\/]{1,2})[^/\\\s"'<>|:*?;,()\[\]&=]+""",
        RegexOptions.NonBacktracking | RegexOptions.CultureInvariant
    )]
    static partial Regex Directory { get; }
}
