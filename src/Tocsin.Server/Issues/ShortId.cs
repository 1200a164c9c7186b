namespace Tocsin.Server.Issues;

/// <summary>An issue's name for people: the project's slug in capitals, a dash, and the number in base 32 without I, L, O and U (<c>SHOP-4K</c>).</summary>
static class ShortId
{
    const string Digits = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string Format(string projectSlug, long number)
    {
        Span<char> digits = stackalloc char[13];
        var at = digits.Length;
        do
        {
            digits[--at] = Digits[(int)(number & 31)];
            number >>= 5;
        } while (number > 0);
        return $"{projectSlug.ToUpperInvariant()}-{digits[at..]}";
    }

    /// <summary>Splits at the last dash; the project's slug comes back in lower case.</summary>
    public static bool TryParse(string text, out string projectSlug, out long number)
    {
        number = 0;
        projectSlug = "";
        var dash = text.LastIndexOf('-');
        if (dash <= 0 || dash == text.Length - 1 || text.Length - dash > 13)
        {
            return false;
        }
        foreach (var digit in text.AsSpan(dash + 1))
        {
            var value = Digits.IndexOf(char.ToUpperInvariant(digit), StringComparison.Ordinal);
            if (value < 0)
            {
                return false;
            }
            number = (number << 5) | (uint)value;
        }
        projectSlug = text[..dash].ToLowerInvariant();
        return number > 0;
    }
}
