namespace Tocsin.Server.Scrubbing.Patterns;

/// <summary>Three digits, two, four, with dashes, and nothing that would make them part of a longer number.</summary>
static class SocialSecurityNumber
{
    const int Length = 11;

    public static Found? Find(string text, int from)
    {
        for (var dash = text.IndexOf('-', from); dash >= 0; dash = text.IndexOf('-', dash + 1))
        {
            var start = dash - 3;
            if (
                start >= from
                && start + Length <= text.Length
                && IsNumber(text.AsSpan(start, Length))
                && StandsAlone(text, start)
            )
            {
                return new(start, start + Length);
            }
        }
        return null;
    }

    static bool IsNumber(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < Length; i++)
        {
            if (i is 3 or 6 ? text[i] != '-' : !char.IsAsciiDigit(text[i]))
            {
                return false;
            }
        }
        return true;
    }

    static bool StandsAlone(string text, int start)
    {
        var before = Neighbours.Before(text, start);
        var after = Neighbours.After(text, start + Length);
        return !Neighbours.IsWord(before) && !Neighbours.IsWord(after) && before != '-' && after != '-';
    }
}
