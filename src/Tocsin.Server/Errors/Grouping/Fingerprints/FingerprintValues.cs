using System.Text;
using Tocsin.Server.Errors.InApp;

namespace Tocsin.Server.Errors.Grouping.Fingerprints;

/// <summary>The right side of a fingerprint rule: values parted by blanks or commas, variables in double braces, and <c>title="…"</c>.</summary>
static class FingerprintValues
{
    public static (IReadOnlyList<string> Values, string? Title) Parse(string text)
    {
        var values = new List<string>();
        string? title = null;
        foreach (var word in Words(text))
        {
            if (word.StartsWith("title=", StringComparison.Ordinal))
            {
                title = RuleWords.Unquote(word["title=".Length..]);
            }
            else
            {
                values.Add(RuleWords.Unquote(word));
            }
        }
        return (values, title);
    }

    static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        var quoted = false;
        var braces = 0;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && quoted && i + 1 < text.Length)
            {
                word.Append(c).Append(text[++i]);
                continue;
            }
            quoted ^= c == '"';
            braces = Math.Max(
                0,
                braces
                    + (
                        c == '{' ? 1
                        : c == '}' ? -1
                        : 0
                    )
            );
            if (quoted || braces > 0 || c is not (' ' or '\t' or ','))
            {
                word.Append(c);
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }
}
