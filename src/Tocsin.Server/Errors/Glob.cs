using System.Buffers;
using System.Text;

namespace Tocsin.Server.Errors;

/// <summary>
/// Sentry's globs: <c>*</c>, <c>?</c>, <c>[a-z]</c>, <c>[!x]</c>; in paths <c>*</c> stops at a slash and <c>**</c> does not.
/// Time is linear in the text for a given pattern: the patterns are users', the texts anybody's.
/// </summary>
sealed class Glob
{
    readonly Token[] tokens;
    readonly bool ignoreCase;

    /// <summary>The literals between crossing stars, when the pattern consists of nothing else; then plain searches do.</summary>
    readonly string[]? pieces;

    Glob(Token[] tokens, bool ignoreCase)
    {
        this.tokens = tokens;
        this.ignoreCase = ignoreCase;
        pieces = Pieces(tokens);
        Needle = LongestLiteral(tokens);
    }

    /// <summary>The pattern's longest literal, or nothing: a text without it cannot match, and most texts are without it.</summary>
    public string Needle { get; }

    public static Glob Text(string pattern, bool ignoreCase = false) => new(Parse(pattern, false, ignoreCase), ignoreCase);

    /// <summary>Backslashes count as slashes, in the pattern and (by the caller) in the text.</summary>
    public static Glob Path(string pattern) => new(Parse(pattern.Replace('\\', '/'), true, true), true);

    /// <summary>For paths that are lower case already: no case is left to ignore, and a plain search is several times as fast.</summary>
    public static Glob FoldedPath(string pattern) => new(Parse(pattern.Replace('\\', '/'), true, true), false);

    public bool Matches(ReadOnlySpan<char> text) => pieces is not null ? Search(text, pieces) : MayMatch(text) && Simulate(text);

    // Only in ASCII do the two ways to compare without case agree.
    bool MayMatch(ReadOnlySpan<char> text) =>
        Needle.Length == 0
        || (ignoreCase && !Ascii.IsValid(text))
        || text.Contains(Needle, ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);

    bool Search(ReadOnlySpan<char> text, string[] pieces)
    {
        var comparison = ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (pieces.Length == 1)
        {
            return text.Equals(pieces[0], comparison);
        }
        if (!text.StartsWith(pieces[0], comparison))
        {
            return false;
        }
        text = text[pieces[0].Length..];
        foreach (var piece in pieces.AsSpan(1, pieces.Length - 2))
        {
            var at = text.IndexOf(piece, comparison);
            if (at < 0)
            {
                return false;
            }
            text = text[(at + piece.Length)..];
        }
        return text.EndsWith(pieces[^1], comparison);
    }

    /// <summary>Walks the text once with the set of pattern positions that are alive.</summary>
    bool Simulate(ReadOnlySpan<char> text)
    {
        var length = tokens.Length + 1;
        var rented = ArrayPool<bool>.Shared.Rent(length * 2);
        var now = rented.AsSpan(0, length);
        var next = rented.AsSpan(length, length);
        now.Clear();
        now[0] = true;
        Spread(now);
        foreach (var raw in text)
        {
            var c = ignoreCase ? char.ToLowerInvariant(raw) : raw;
            next.Clear();
            var alive = false;
            for (var i = 0; i < tokens.Length; i++)
            {
                if (!now[i] || !tokens[i].Accepts(c))
                {
                    continue;
                }
                next[tokens[i].IsStar ? i : i + 1] = true;
                alive = true;
            }
            if (!alive)
            {
                ArrayPool<bool>.Shared.Return(rented);
                return false;
            }
            Spread(next);
            var swap = now;
            now = next;
            next = swap;
        }
        var matched = now[^1];
        ArrayPool<bool>.Shared.Return(rented);
        return matched;
    }

    /// <summary>A star may match nothing.</summary>
    void Spread(Span<bool> alive)
    {
        for (var i = 0; i < tokens.Length; i++)
        {
            if (alive[i] && tokens[i].IsStar)
            {
                alive[i + 1] = true;
            }
        }
    }

    static Token[] Parse(string pattern, bool path, bool ignoreCase)
    {
        var tokens = new List<Token>();
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = ignoreCase ? char.ToLowerInvariant(pattern[i]) : pattern[i];
            if (c == '*')
            {
                var crossing = !path;
                while (i + 1 < pattern.Length && pattern[i + 1] == '*')
                {
                    crossing = true;
                    i++;
                }
                tokens.Add(new(crossing ? TokenKind.Anything : TokenKind.Segment, default, null));
            }
            else if (c == '?')
            {
                tokens.Add(new(TokenKind.One, default, null));
            }
            else if (c == '[' && pattern.IndexOf(']', Math.Min(i + 2, pattern.Length)) is var end and > 0)
            {
                var set = pattern[(i + 1)..end];
                tokens.Add(new(TokenKind.Set, default, ignoreCase ? set.ToLowerInvariant() : set));
                i = end;
            }
            else
            {
                tokens.Add(new(TokenKind.Literal, c, null));
            }
        }
        return [.. tokens];
    }

    static string LongestLiteral(Token[] tokens)
    {
        var literals = string.Concat(tokens.Select(token => token.Kind == TokenKind.Literal ? token.Literal : '\0'));
        return literals.Split('\0').Where(literal => Ascii.IsValid(literal)).MaxBy(literal => literal.Length) ?? "";
    }

    static string[]? Pieces(Token[] tokens)
    {
        if (tokens.Any(token => token.Kind is not (TokenKind.Literal or TokenKind.Anything)))
        {
            return null;
        }
        return string.Concat(tokens.Select(token => token.IsStar ? '\0' : token.Literal)).Split('\0');
    }

    enum TokenKind
    {
        Literal,
        One,
        Set,

        /// <summary>Any run without a slash.</summary>
        Segment,
        Anything,
    }

    readonly record struct Token(TokenKind Kind, char Literal, string? Set)
    {
        public bool IsStar => Kind is TokenKind.Segment or TokenKind.Anything;

        public bool Accepts(char c) =>
            Kind switch
            {
                TokenKind.Literal => c == Literal,
                TokenKind.Segment => c != '/',
                TokenKind.Set => InSet(Set!, c),
                _ => true,
            };

        static bool InSet(string set, char c)
        {
            var negated = set.StartsWith('!') || set.StartsWith('^');
            for (var i = negated ? 1 : 0; i < set.Length; i++)
            {
                var isRange = i + 2 < set.Length && set[i + 1] == '-';
                var last = isRange ? set[i + 2] : set[i];
                if (c >= set[i] && c <= last)
                {
                    return !negated;
                }
                i += isRange ? 2 : 0;
            }
            return negated;
        }
    }
}
