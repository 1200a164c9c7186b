using System.Text.RegularExpressions;

namespace Tocsin.Server.Scrubbing.Patterns;

/// <summary>Fifteen or sixteen digits that begin as the issuers' numbers do, in one piece or in groups.</summary>
static partial class CreditCard
{
    public static Found? Find(string text, int from)
    {
        foreach (var match in Number.EnumerateMatches(text, from))
        {
            var end = match.Index + match.Length;
            if (StandsAlone(text, match.Index, end))
            {
                return new(match.Index, end);
            }
        }
        return null;
    }

    // The digits behind a decimal point are no card, though often sixteen of them.
    static bool StandsAlone(string text, int start, int end)
    {
        var before = Neighbours.Before(text, start);
        var after = Neighbours.After(text, end);
        var isFraction = before == '.' && start > 1 && char.IsAsciiDigit(text[start - 2]);
        var hasFraction = after == '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]);
        return !Neighbours.IsWord(before) && !Neighbours.IsWord(after) && !isFraction && !hasFraction;
    }

    // Visa, Mastercard (both ranges), Discover, JCB, Diners' and UnionPay's sixteens; American Express' fifteen.
    [GeneratedRegex(
        """
            (?:4[0-9]{3}|5[1-5][0-9]{2}|2[2-7][0-9]{2}|6[0245][0-9]{2}|35[0-9]{2}|3[0689][0-9]{2}|62[0-9]{2})[ -]?[0-9]{4}[ -]?[0-9]{4}[ -]?[0-9]{4}
            |3[47][0-9]{2}[ -]?[0-9]{6}[ -]?[0-9]{5}
            """,
        RegexOptions.NonBacktracking | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    )]
    static partial Regex Number { get; }
}
