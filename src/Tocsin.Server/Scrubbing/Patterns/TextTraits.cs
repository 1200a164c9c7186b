using System.Buffers;

namespace Tocsin.Server.Scrubbing.Patterns;

/// <summary>What one quick look at a text shows. Most texts show nothing, and then no pattern is tried.</summary>
[Flags]
enum TextTraits
{
    None = 0,
    At = 1,
    Key = 2,
    Home = 4,

    /// <summary>Fifteen digits in a row, blanks and dashes between them not counted.</summary>
    ManyDigits = 8,

    /// <summary>Two capitals and two digits.</summary>
    CountryCode = 16,

    /// <summary>Digits, a dash, two digits, a dash.</summary>
    DashedDigits = 32,
    Bearer = 64,

    /// <summary>Digits with dots, or colons: an address perhaps.</summary>
    Address = 128,

    /// <summary>A word that names a secret.</summary>
    Assignment = 256,
}

static class TextLook
{
    const int Shortest = 7;
    const int LongNumber = 15;

    /// <summary>Without any of these a text has no trait: all marks hold one, and so does what is looked for beside them.</summary>
    static readonly SearchValues<char> Suspicious = SearchValues.Create("@/\\ -=:0123456789");

    static readonly SearchValues<string> Marks = SearchValues.Create(
        ["/home/", "Users/", "Users\\", "-----BEGIN", "Bearer "],
        StringComparison.OrdinalIgnoreCase
    );

    static readonly SearchValues<string> SecretNames = SearchValues.Create(
        ["passw", "pwd", "secret", "key", "token"],
        StringComparison.OrdinalIgnoreCase
    );

    public static TextTraits At(string text)
    {
        if (text.Length < Shortest)
        {
            return TextTraits.None;
        }
        var span = text.AsSpan();
        if (!span.ContainsAny(Suspicious))
        {
            return TextTraits.None;
        }
        var traits = span.Contains('@') ? TextTraits.At : TextTraits.None;
        if (span.ContainsAny(Marks))
        {
            traits |= TextTraits.Home | TextTraits.Key | TextTraits.Bearer;
        }
        if (span.ContainsAny('=', ':') && span.ContainsAny(SecretNames))
        {
            traits |= TextTraits.Assignment;
        }
        var digit = span.IndexOfAnyInRange('0', '9');
        return digit >= 0 ? traits | Digits(text, digit)
            : span.Contains(':') ? traits | TextTraits.Address
            : traits;
    }

    static TextTraits Digits(string text, int first)
    {
        var traits =
            text.AsSpan(first).ContainsAny('.', ':') || text.Contains(':', StringComparison.Ordinal)
                ? TextTraits.Address
                : TextTraits.None;
        traits |= HasDashes(text, first) ? TextTraits.DashedDigits : TextTraits.None;
        if (text.Length - first < LongNumber && !text.AsSpan().ContainsAnyInRange('A', 'Z'))
        {
            return traits;
        }
        var run = 0;
        for (var i = first; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsAsciiDigit(c))
            {
                run++;
                if (run >= LongNumber)
                {
                    traits |= TextTraits.ManyDigits;
                }
                if (
                    i >= 3
                    && char.IsAsciiDigit(text[i - 1])
                    && char.IsAsciiLetterUpper(text[i - 2])
                    && char.IsAsciiLetterUpper(text[i - 3])
                )
                {
                    traits |= TextTraits.CountryCode;
                }
            }
            else if (c is not (' ' or '-'))
            {
                run = 0;
                var next = text.AsSpan(i).IndexOfAnyInRange('0', '9');
                if (next < 0)
                {
                    break;
                }
                i += next - 1;
            }
        }
        return traits;
    }

    /// <summary>Two dashes with two characters between them, the second behind the first digit.</summary>
    static bool HasDashes(string text, int first)
    {
        for (var i = text.IndexOf('-', first); i >= 0; i = text.IndexOf('-', i + 1))
        {
            if (i >= 3 && text[i - 3] == '-')
            {
                return true;
            }
        }
        return false;
    }
}
