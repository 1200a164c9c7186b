using System.Buffers;
using System.Text;

namespace Tocsin.Server.Scrubbing;

/// <summary>The queries of addresses within a text: what a secret's name stands before goes, <c>?page=2&amp;token=[Filtered]</c>.</summary>
static class QueryScrubber
{
    static readonly SearchValues<char> EndOfValue = SearchValues.Create("& \t\r\n#\"'<>");
    static readonly SearchValues<char> EndOfName = SearchValues.Create("=& \t\r\n#\"'<>");

    /// <summary>The very text when there is nothing to take out.</summary>
    /// <param name="isQuery">The text is one, without its question mark.</param>
    public static string Scrub(ScrubRules rules, string text, bool isQuery = false)
    {
        var at = isQuery ? 0 : text.IndexOf('?', StringComparison.Ordinal) + 1;
        if ((at == 0 && !isQuery) || text.IndexOf('=', at) < 0)
        {
            return text;
        }
        StringBuilder? scrubbed = null;
        var copied = 0;
        while (at < text.Length)
        {
            var end = Next(text, at, EndOfName);
            if (end < text.Length && text[end] == '=')
            {
                var value = end + 1;
                var behind = Next(text, value, EndOfValue);
                if (behind > value && rules.RuleOfKey(text.AsSpan(at..end)) is not null)
                {
                    scrubbed ??= new(text.Length);
                    scrubbed.Append(text, copied, value - copied).Append(ScrubPass.Filtered);
                    copied = behind;
                }
                end = behind;
            }
            // Behind a blank the address is over; another may follow.
            at =
                end >= text.Length ? text.Length
                : text[end] == '&' ? end + 1
                : text.IndexOf('?', end) is >= 0 and var next ? next + 1
                : text.Length;
        }
        return scrubbed?.Append(text, copied, text.Length - copied).ToString() ?? text;
    }

    static int Next(string text, int from, SearchValues<char> marks)
    {
        var found = text.AsSpan(from).IndexOfAny(marks);
        return found < 0 ? text.Length : from + found;
    }
}
