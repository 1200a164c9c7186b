namespace Tocsin.Server.Explore.Reading;

/// <summary>What stands between a function's parentheses.</summary>
static class ArgumentText
{
    /// <summary>Parts between commas, without the quotes around them; none for nothing but space. Commas within quotes and brackets divide nothing.</summary>
    public static IReadOnlyList<string> Split(string text)
    {
        List<string> parts = [];
        var (start, quoted, depth) = (0, false, 0);
        for (var at = 0; at < text.Length; at++)
        {
            var letter = text[at];
            at += quoted && letter == '\\' ? 1 : 0;
            quoted ^= letter == '"';
            depth +=
                quoted ? 0
                : letter is '[' ? 1
                : letter is ']' ? -1
                : 0;
            if (letter == ',' && !quoted && depth == 0)
            {
                parts.Add(Bare(text[start..at]));
                start = at + 1;
            }
        }
        if (parts.Count > 0 || !string.IsNullOrWhiteSpace(text))
        {
            parts.Add(Bare(text[start..]));
        }
        return parts;
    }

    static string Bare(string part)
    {
        part = part.Trim();
        return part.Length >= 2 && part[0] == '"' && part[^1] == '"'
            ? part[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal)
            : part;
    }
}
