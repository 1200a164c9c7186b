namespace Tocsin.Server.Traces.Groups;

sealed partial class SqlReduction
{
    const string Value = "%s";

    /// <summary>Characters of a list of nothing but values: the ones behind are as good as left out.</summary>
    const int LongestList = 128;

    void AddValue()
    {
        expectsTable = false;
        if (IsInLongList())
        {
            output.Length -= ", ".Length;
        }
        // An offset and a limit, a text over several lines: values that stand together are one.
        else if (!output.EndsWith(Value))
        {
            output.Append(Value);
        }
    }

    bool IsInLongList() =>
        open.Count > 0 && output.Length - open[^1] > LongestList && output.EndsWith(", ") && IsValuesFrom(open[^1] + 1);

    bool IsValuesFrom(int start)
    {
        var length = output.Length - start;
        if (length < Value.Length + 2)
        {
            return false;
        }
        for (var i = start; i < output.Length; i++)
        {
            if (output[i] is not ('%' or 's' or ',' or ' '))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>What is in the last bracket as one value, if it is nothing but values.</summary>
    void CloseList(int begin)
    {
        if (IsValuesFrom(begin + 1))
        {
            output.Length = begin + 1;
            output.Append(Value);
        }
    }

    /// <summary>Rows in brackets (<c>(a, b) IN ((1, 2), (3, 4))</c>) are as good as one of them.</summary>
    void CloseRow()
    {
        const string next = ", (%s)";
        if (open.Count > 0 && output.EndsWith("(%s)" + next))
        {
            output.Length -= next.Length;
        }
    }

    bool IsRowNext() => text.AsSpan(at).TrimStart() is ['(', ..];

    /// <summary>A further row of values, with the brackets and texts in it.</summary>
    void SkipRow()
    {
        for (var depth = 1; at < text.Length && depth > 0; )
        {
            switch (text[at])
            {
                case '\'':
                    SkipQuoted('\'');
                    break;
                case '(':
                    depth++;
                    at++;
                    break;
                case ')':
                    depth--;
                    at++;
                    break;
                default:
                    at++;
                    break;
            }
        }
    }

    void SkipQuoted(char quote)
    {
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '\\' && at + 1 < text.Length && (text[at + 1] == '\\' || text[at + 1] == quote))
            {
                at++;
            }
            else if (text[at] == quote)
            {
                if (at + 1 >= text.Length || text[at + 1] != quote)
                {
                    break;
                }
                at++;
            }
        }
        at = Math.Min(at + 1, text.Length);
    }

    /// <summary>PostgreSQL's <c>$$ … $$</c> and <c>$tag$ … $tag$</c>.</summary>
    void SkipDollarQuoted()
    {
        var tagEnd = text.IndexOf('$', at + 1);
        if (tagEnd < 0 || text.AsSpan(at + 1, tagEnd - at - 1).ContainsAny(" ,)=\n"))
        {
            output.Append('$');
            at++;
            return;
        }
        var tag = text.AsSpan(at, tagEnd - at + 1);
        var end = text.AsSpan(tagEnd + 1).IndexOf(tag, StringComparison.Ordinal);
        at = end < 0 ? text.Length : tagEnd + 1 + end + tag.Length;
        AddValue();
    }

    bool IsPlaceholder(char letter, char next) =>
        letter switch
        {
            '?' => true,
            '$' => char.IsAsciiDigit(next),
            '%' => next is 's' or '(' or 'd' && ExpectsOperand(),
            ':' => (char.IsAsciiLetterOrDigit(next) || next == '_') && (at == 0 || text[at - 1] != ':'),
            '@' => char.IsAsciiLetterOrDigit(next) || next is '_' or '@',
            '{' => true,
            _ => false,
        };

    void SkipPlaceholder(char letter)
    {
        if (letter is '{')
        {
            SkipInside('}');
            return;
        }
        if (letter == '%' && text[at + 1] == '(')
        {
            SkipInside(')');
            at = Math.Min(at + 1, text.Length);
            return;
        }
        at++;
        while (at < text.Length && (IsNamePart(text[at]) || (letter == '@' && text[at] == '@')))
        {
            at++;
        }
    }

    void SkipInside(char end)
    {
        var found = text.IndexOf(end, at);
        at = found < 0 ? text.Length : found + 1;
    }

    void SkipNumber()
    {
        while (at < text.Length)
        {
            var letter = text[at];
            var isExponentSign = letter is '-' or '+' && text[at - 1] is 'e' or 'E';
            if (!char.IsAsciiLetterOrDigit(letter) && letter != '.' && !isExponentSign)
            {
                break;
            }
            at++;
        }
    }
}
