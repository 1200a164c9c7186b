using System.Text;

namespace Tocsin.Server.Projects;

/// <summary>
/// The names in addresses: lowercase letters, digits, hyphens and underscores. Never all digits, because paths take a slug or a number.
/// </summary>
static class Slug
{
    public const int MaxLength = 100;

    public const string Rule =
        "Enter a valid slug consisting of lowercase letters, numbers, underscores or hyphens. It cannot be entirely numeric.";

    public static bool IsValid(string slug) =>
        slug.Length is > 0 and <= MaxLength
        && slug.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_')
        && !slug.All(char.IsAsciiDigit);

    /// <summary>A slug made from a name; <paramref name="otherwise"/> when nothing usable is left of it.</summary>
    public static string From(string name, string otherwise)
    {
        var slug = new StringBuilder();
        foreach (var c in name)
        {
            var lower = char.ToLowerInvariant(c);
            if (char.IsAsciiLetterLower(lower) || char.IsAsciiDigit(lower) || lower == '_')
            {
                slug.Append(lower);
            }
            else if (slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }
        var text = slug.ToString().Trim('-');
        text = text.Length > MaxLength - 10 ? text[..(MaxLength - 10)].TrimEnd('-') : text;
        return IsValid(text) ? text : otherwise;
    }

    /// <summary>The first of <c>slug</c>, <c>slug-2</c>, <c>slug-3</c>… that is not taken.</summary>
    public static string Free(string slug, IReadOnlySet<string> taken)
    {
        var candidate = slug;
        for (var number = 2; taken.Contains(candidate); number++)
        {
            candidate = $"{slug}-{number}";
        }
        return candidate;
    }
}
