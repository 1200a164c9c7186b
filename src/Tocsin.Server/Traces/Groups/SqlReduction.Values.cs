namespace Tocsin.Server.Traces.Groups;

sealed partial class SqlReduction
{
    const string Value = "%s";

    /// <summary>Characters of a list of nothing but values: the ones behind are as good as left out.</summary>
    const int LongestList = 128;

    void AddValue()
    {
        _expectsTable = false;
        if (IsInLongList())
        {
            _output.Length -= ", ".Length;
        }
        // An offset and a limit, a text over several lines: values that stand together are one.
        else if (!EndsWith(Value))
        {
            _output.Append(Value);
        }
    }

    bool IsInLongList() =>
        _open.Count > 0 && _output.Length - _open[^1] > LongestList && EndsWith(", ") && IsValuesFrom(_open[^1] + 1);

    bool IsValuesFrom(int start)
    {
        var length = _output.Length - start;
        if (length < Value.Length + 2)
        {
            return false;
        }
        for (var i = start; i < _output.Length; i++)
        {
            if (_output[i] is not ('%' or 's' or ',' or ' '))
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
            _output.Length = begin + 1;
            _output.Append(Value);
        }
    }

    /// <summary>Rows in brackets (<c>(a, b) IN ((1, 2), (3, 4))</c>) are as good as one of them.</summary>
    void CloseRow()
    {
        const string next = ", (%s)";
        if (_open.Count > 0 && EndsWith("(%s)" + next))
        {
            _output.Length -= next.Length;
        }
    }

    bool IsRowNext() => _text.AsSpan(_at).TrimStart() is ['(', ..];

    /// <summary>A further row of values, with the brackets and texts in it.</summary>
    void SkipRow()
    {
        for (var depth = 1; _at < _text.Length && depth > 0; )
        {
            switch (_text[_at])
            {
                case '\'':
                    SkipQuoted('\'');
                    break;
                case '(':
                    depth++;
                    _at++;
                    break;
                case ')':
                    depth--;
                    _at++;
                    break;
                default:
                    _at++;
                    break;
            }
        }
    }

    void SkipQuoted(char quote)
    {
        for (_at++; _at < _text.Length; _at++)
        {
            if (_text[_at] == '\\' && _at + 1 < _text.Length && (_text[_at + 1] == '\\' || _text[_at + 1] == quote))
            {
                _at++;
            }
            else if (_text[_at] == quote)
            {
                if (_at + 1 >= _text.Length || _text[_at + 1] != quote)
                {
                    break;
                }
                _at++;
            }
        }
        _at = Math.Min(_at + 1, _text.Length);
    }

    /// <summary>PostgreSQL's <c>$$ … $$</c> and <c>$tag$ … $tag$</c>.</summary>
    void SkipDollarQuoted()
    {
        var tagEnd = _text.IndexOf('$', _at + 1);
        if (tagEnd < 0 || _text.AsSpan(_at + 1, tagEnd - _at - 1).ContainsAny(" ,)=\n"))
        {
            _output.Append('$');
            _at++;
            return;
        }
        var tag = _text.AsSpan(_at, tagEnd - _at + 1);
        var end = _text.AsSpan(tagEnd + 1).IndexOf(tag, StringComparison.Ordinal);
        _at = end < 0 ? _text.Length : tagEnd + 1 + end + tag.Length;
        AddValue();
    }

    bool IsPlaceholder(char letter, char next) =>
        letter switch
        {
            '?' => true,
            '$' => char.IsAsciiDigit(next),
            '%' => next is 's' or '(' or 'd' && ExpectsOperand(),
            ':' => (char.IsAsciiLetterOrDigit(next) || next == '_') && (_at == 0 || _text[_at - 1] != ':'),
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
        if (letter == '%' && _text[_at + 1] == '(')
        {
            SkipInside(')');
            _at = Math.Min(_at + 1, _text.Length);
            return;
        }
        _at++;
        while (_at < _text.Length && (IsNamePart(_text[_at]) || (letter == '@' && _text[_at] == '@')))
        {
            _at++;
        }
    }

    void SkipInside(char end)
    {
        var found = _text.IndexOf(end, _at);
        _at = found < 0 ? _text.Length : found + 1;
    }

    void SkipNumber()
    {
        while (_at < _text.Length)
        {
            var letter = _text[_at];
            var isExponentSign = letter is '-' or '+' && _text[_at - 1] is 'e' or 'E';
            if (!char.IsAsciiLetterOrDigit(letter) && letter != '.' && !isExponentSign)
            {
                break;
            }
            _at++;
        }
    }
}
