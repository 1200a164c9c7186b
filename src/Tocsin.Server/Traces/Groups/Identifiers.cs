using System.Buffers;

namespace Tocsin.Server.Traces.Groups;

/// <summary>
/// Finds what names one thing among many: numbers, UUIDs, hashes, dates, tokens. Everything that is grouped by its words (paths, keys, file
/// names) takes them out here, so that all agree on what an id is.
/// </summary>
static class Identifiers
{
    const int ShortestHex = 8;
    const int ShortestToken = 20;
    const int ShortestRun = 3;

    static readonly SearchValues<char> Digits = SearchValues.Create("0123456789");
    static readonly SearchValues<char> InNumbers = SearchValues.Create("0123456789.,+-:");

    /// <summary>Whether a word as a whole is an id: <c>42</c>, <c>3f2504e0-4f89-…</c>, <c>2026-11-20</c>, <c>user-1234</c>, <c>ada@example.com</c>.</summary>
    public static bool IsId(ReadOnlySpan<char> word)
    {
        if (word.IsEmpty)
        {
            return false;
        }
        if (!word.ContainsAny(Digits))
        {
            return word.Contains('@') && word.Contains('.') || IsToken(word);
        }
        return LongestRun(word) >= ShortestRun
            || IsNumber(word)
            || IsHex(word)
            || IsDate(word)
            || IsToken(word)
            || word.Contains('@')
            || word.Contains("%40", StringComparison.Ordinal);
    }

    [ThreadStatic]
    static TextBuffer? cleaned;

    /// <summary>The words of a text with ids as <c>*</c>; the text itself when there are none.</summary>
    /// <param name="between">What separates words; it stays.</param>
    public static string Clean(string text, SearchValues<char> between)
    {
        var now = CleanIn(text, between);
        return now.SequenceEqual(text) ? text : KnownTexts.Get(now);
    }

    /// <inheritdoc cref="Clean(string, SearchValues{char})"/>
    public static string Clean(ReadOnlySpan<char> text, SearchValues<char> between) => KnownTexts.Get(CleanIn(text, between));

    /// <summary>Valid until the next one is asked for on this thread.</summary>
    static ReadOnlySpan<char> CleanIn(ReadOnlySpan<char> text, SearchValues<char> between)
    {
        if (!text.ContainsAny(Digits) && text.Length < ShortestToken && !text.Contains('@'))
        {
            return text;
        }
        var output = cleaned ??= new();
        output.Clear();
        var at = 0;
        while (at <= text.Length)
        {
            var next = text[at..].IndexOfAny(between);
            var end = next < 0 ? text.Length : at + next;
            var word = text[at..end];
            output.Append(IsId(word) ? "*" : word);
            if (next < 0)
            {
                break;
            }
            output.Append(text[end]);
            at = end + 1;
        }
        return output.Written;
    }

    static bool IsNumber(ReadOnlySpan<char> word) => !word.ContainsAnyExcept(InNumbers) && char.IsAsciiDigit(word[0]);

    static int LongestRun(ReadOnlySpan<char> word)
    {
        var (longest, run) = (0, 0);
        foreach (var letter in word)
        {
            run = char.IsAsciiDigit(letter) ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }
        return longest;
    }

    /// <summary>A hash or a UUID; a word of letters only, like "facade", is none.</summary>
    static bool IsHex(ReadOnlySpan<char> word)
    {
        var digits = 0;
        foreach (var letter in word)
        {
            if (char.IsAsciiHexDigit(letter))
            {
                digits++;
            }
            else if (letter != '-')
            {
                return false;
            }
        }
        return digits >= ShortestHex;
    }

    /// <summary><c>20-nov-26</c> and the like; dates of numbers alone are numbers.</summary>
    static bool IsDate(ReadOnlySpan<char> word) =>
        word.Length is >= 8 and <= 29 && word.Count('-') == 2 && char.IsAsciiDigit(word[0]) && char.IsAsciiDigit(word[^1]);

    /// <summary>Base64 and random words: long, without a dot or a word's boundary, and mixed as no language is.</summary>
    static bool IsToken(ReadOnlySpan<char> word)
    {
        if (word.Length < ShortestToken)
        {
            return false;
        }
        var (lower, upper, digits, changes) = (0, 0, 0, 0);
        var before = 0;
        foreach (var letter in word)
        {
            var kind =
                char.IsAsciiLetterLower(letter) ? 1
                : char.IsAsciiLetterUpper(letter) ? 2
                : char.IsAsciiDigit(letter) ? 3
                : letter is '_' or '-' or '=' or '+' or '~' ? 0
                : -1;
            if (kind < 0)
            {
                return false;
            }
            lower += kind == 1 ? 1 : 0;
            upper += kind == 2 ? 1 : 0;
            digits += kind == 3 ? 1 : 0;
            changes += kind != 0 && before != 0 && kind != before ? 1 : 0;
            before = kind;
        }
        // CamelCase changes twice a word of some letters; a random word every second letter.
        return digits > 0 && (lower > 0 || upper > 0) && changes * 4 >= word.Length;
    }
}
