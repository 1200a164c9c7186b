using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace Tocsin.Server.Scrubbing.Patterns;

/// <summary>A bank account: country, two digits, and as many more as that country's numbers have, with or without blanks.</summary>
static partial class Iban
{
    static readonly FrozenDictionary<string, int> Lengths = (
        "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 "
        + "FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 "
        + "MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 "
        + "SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
    )
        .Split(' ')
        .ToFrozenDictionary(entry => entry[..2], entry => int.Parse(entry.AsSpan(2), null), StringComparer.Ordinal);

    public static Found? Find(string text, int from)
    {
        foreach (var match in Start.EnumerateMatches(text, from))
        {
            if (!Neighbours.IsWord(Neighbours.Before(text, match.Index)) && EndOf(text, match.Index) is var end and > 0)
            {
                return new(match.Index, end);
            }
        }
        return null;
    }

    /// <summary>Behind the country's number of characters, if a word ends there; else 0.</summary>
    static int EndOf(string text, int start)
    {
        if (!Lengths.TryGetValue(text.Substring(start, 2), out var left))
        {
            return 0;
        }
        var at = start;
        for (; at < text.Length && left > 0; at++)
        {
            if (char.IsAsciiDigit(text[at]) || char.IsAsciiLetterUpper(text[at]))
            {
                left--;
            }
            else if (text[at] != ' ' || text[at - 1] == ' ')
            {
                return 0;
            }
        }
        return left == 0 && !Neighbours.IsWord(Neighbours.After(text, at)) ? at : 0;
    }

    [GeneratedRegex("[A-Z]{2}[0-9]{2}", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    static partial Regex Start { get; }
}
