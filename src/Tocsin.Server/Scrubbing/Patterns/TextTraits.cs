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

    static readonly SearchValues<string> Marks = SearchValues.Create(
        ["/home/", "Users/", "Users\\", "-----BEGIN", "Bearer "],
        StringComparison.OrdinalIgnoreCase
    );

    /// <summary>The one mark that holds neither a slash nor a dash.</summary>
    static readonly SearchValues<string> BlankMark = SearchValues.Create(["Bearer "], StringComparison.OrdinalIgnoreCase);

    static readonly SearchValues<string> SecretNames = SearchValues.Create(
        ["passw", "pwd", "secret", "key", "token"],
        StringComparison.OrdinalIgnoreCase
    );

    public static TextTraits At(ReadOnlySpan<char> text)
    {
        if (text.Length < Shortest)
        {
            return TextTraits.None;
        }
        var kinds = CharacterLook.At(text);
        var traits = kinds.HasFlag(CharacterKinds.At) ? TextTraits.At : TextTraits.None;
        if (HoldsMark(text, kinds))
        {
            traits |= TextTraits.Home | TextTraits.Key | TextTraits.Bearer;
        }
        var hasColon = false;
        if (kinds.HasFlag(CharacterKinds.Colon))
        {
            traits |= text.ContainsAny(SecretNames) ? TextTraits.Assignment : TextTraits.None;
            hasColon = text.Contains(':');
        }
        return kinds.HasFlag(CharacterKinds.Digit) ? traits | Digits(text, kinds, hasColon)
            : hasColon ? traits | TextTraits.Address
            : traits;
    }

    static bool HoldsMark(ReadOnlySpan<char> text, CharacterKinds kinds) =>
        (kinds & (CharacterKinds.Slash | CharacterKinds.Backslash | CharacterKinds.Dash)) != 0
            ? text.ContainsAny(Marks)
            : kinds.HasFlag(CharacterKinds.Blank) && text.ContainsAny(BlankMark);

    static TextTraits Digits(ReadOnlySpan<char> text, CharacterKinds kinds, bool hasColon)
    {
        var first = text.IndexOfAnyInRange('0', '9');
        var isAddress = hasColon || (kinds.HasFlag(CharacterKinds.Dot) && text[first..].Contains('.'));
        var traits = isAddress ? TextTraits.Address : TextTraits.None;
        traits |= kinds.HasFlag(CharacterKinds.Dash) && HasDashes(text, first) ? TextTraits.DashedDigits : TextTraits.None;
        if (text.Length - first < LongNumber && !text.ContainsAnyInRange('A', 'Z'))
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
                var next = text[i..].IndexOfAnyInRange('0', '9');
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
    static bool HasDashes(ReadOnlySpan<char> text, int first)
    {
        for (var i = first; text[i..].IndexOf('-') is var next and >= 0; i++)
        {
            i += next;
            if (i >= 3 && text[i - 3] == '-')
            {
                return true;
            }
        }
        return false;
    }
}
