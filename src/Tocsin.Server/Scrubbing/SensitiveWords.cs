using System.Buffers;
using System.Text.RegularExpressions;

namespace Tocsin.Server.Scrubbing;

/// <summary>Sentry's password rule: words that make a name's value, or a text, secret. Over-careful by design; <c>safeFields</c> takes back.</summary>
static partial class SensitiveWords
{
    public const string Rule = "@password:filter";

    static readonly string[] Words =
    [
        "password",
        "secret",
        "passwd",
        "api-key",
        "api_key",
        "apikey",
        "auth",
        "credentials",
        "mysql_pwd",
        "privatekey",
        "private-key",
        "private_key",
    ];

    static readonly SearchValues<string> InNames = SearchValues.Create([.. Words, "token"], StringComparison.OrdinalIgnoreCase);
    static readonly SearchValues<string> InTexts = SearchValues.Create(Words, StringComparison.OrdinalIgnoreCase);

    /// <summary>"auth".</summary>
    const int Shortest = 4;

    /// <summary>One look at a text, of which most hold no word at all.</summary>
    static readonly SearchValues<string> Anything = SearchValues.Create(
        [.. Words, "token", "bearer"],
        StringComparison.OrdinalIgnoreCase
    );
    static readonly SearchValues<string> Introductions = SearchValues.Create(
        ["token", "bearer"],
        StringComparison.OrdinalIgnoreCase
    );

    const int Slots = 512;

    /// <summary>What was found out about names. Those of properties come again in every event.</summary>
    [ThreadStatic]
    static (string Name, bool IsSecret)[]? asked;

    public static bool InKey(ReadOnlySpan<char> key)
    {
        if (key.Length == 0)
        {
            return false;
        }
        asked ??= new (string, bool)[Slots];
        ref var seen = ref asked[(key.Length + key[0] * 7 + key[key.Length / 2] * 31 + key[^1] * 127) % Slots];
        if (!key.SequenceEqual(seen.Name))
        {
            seen = (key.ToString(), NamesSecret(key));
        }
        return seen.IsSecret;
    }

    static bool NamesSecret(ReadOnlySpan<char> key) =>
        HasWord(key, InNames)
        || key.Equals("otp", StringComparison.OrdinalIgnoreCase)
        || key.Equals("bearer", StringComparison.OrdinalIgnoreCase)
        || key.Equals("two-factor", StringComparison.OrdinalIgnoreCase)
        || key.Equals("two_factor", StringComparison.OrdinalIgnoreCase);

    public static bool InText(ReadOnlySpan<char> text) =>
        text.Length >= Shortest
        && text.ContainsAny(Anything)
        && (HasWord(text, InTexts) || (text.ContainsAny(Introductions) && Introduced.IsMatch(text)));

    static bool HasWord(ReadOnlySpan<char> text, SearchValues<string> words)
    {
        while (text.IndexOfAny(words) is var at and >= 0)
        {
            text = text[at..];
            if (!IsAuthor(text))
            {
                return true;
            }
            text = text["author".Length..];
        }
        return false;
    }

    // "author" and its kin hold "auth" and no secret; "authorization" does.
    static bool IsAuthor(ReadOnlySpan<char> text) =>
        text.StartsWith("author", StringComparison.OrdinalIgnoreCase)
        && !text.StartsWith("authoriz", StringComparison.OrdinalIgnoreCase)
        && !text.StartsWith("authoris", StringComparison.OrdinalIgnoreCase);

    // In a text the word alone is no secret ("invalid token"): only with something behind it.
    [GeneratedRegex(
        """token[\w-]{0,32}["']?\s{0,4}[:=]|bearer\s{1,4}[\w.~+/=-]""",
        RegexOptions.NonBacktracking | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    static partial Regex Introduced { get; }
}
