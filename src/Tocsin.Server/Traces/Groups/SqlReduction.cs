using System.Text;

namespace Tocsin.Server.Traces.Groups;

/// <summary>
/// Reads a statement once from left to right. Values and placeholders of all dialects become <c>%s</c>, a list of them one; comments go, quotes
/// go from names, digits behind an underscore or in long runs become <c>*</c> (shards, savepoints, numbered aliases), keywords are capitals
/// and other bare words small letters. What is cut short by a client or no SQL at all is read as far as it makes sense, never refused.
/// </summary>
sealed partial class SqlReduction
{
    const int LongestOutput = 2_000;

    readonly StringBuilder _output = new(256);

    /// <summary>Where the output of each open bracket begins.</summary>
    readonly List<int> _open = [];
    string _text = "";
    int _at;
    bool _quotesAreTexts;
    string? _action;

    /// <summary>What statements do that only prepare for the one behind them: <c>SET NOCOUNT ON; INSERT …</c>.</summary>
    string? _preparation;
    string? _table;
    string _keyword = "";
    bool _expectsTable;

    /// <summary>Behind VALUES and its first row: further rows repeat it.</summary>
    bool _skipsRows;
    bool _inValues;
    bool _isWith;

    public SqlShape Reduce(string statement, bool quotesAreTexts)
    {
        _output.Clear();
        _open.Clear();
        (_text, _at, _quotesAreTexts) = (statement, 0, quotesAreTexts);
        (_action, _preparation, _table, _keyword) = (null, null, null, "");
        (_expectsTable, _skipsRows, _inValues, _isWith) = (false, false, false, false);
        ForgetArms();
        while (_at < _text.Length && _output.Length < LongestOutput)
        {
            Step();
        }
        while (_output.Length > 0 && _output[^1] is ' ' or ';' or ',')
        {
            _output.Length--;
        }
        if (_open.Count > 0)
        {
            // The list that a client cut short is the list that it did not.
            CloseList(_open[^1]);
        }
        return new(_output.ToString(), _action ?? _preparation, _table);
    }

    void Step()
    {
        var letter = _text[_at];
        var next = _at + 1 < _text.Length ? _text[_at + 1] : '\0';
        if (char.IsWhiteSpace(letter))
        {
            _at++;
            Space();
        }
        else if (letter == '-' && next == '-')
        {
            SkipTo('\n');
        }
        else if (letter == '.' && _text.AsSpan(_at).StartsWith("..."))
        {
            _at += 3;
        }
        else if (letter == '/' && next == '*')
        {
            var end = _text.IndexOf("*/", _at + 2, StringComparison.Ordinal);
            _at = end < 0 ? _text.Length : end + 2;
            Space();
        }
        else if (letter == '\'' || (letter == '"' && _quotesAreTexts))
        {
            SkipQuoted(letter);
            AddValue();
        }
        else if (letter is '"' or '`')
        {
            QuotedName(letter);
        }
        else if (letter == '[' && IsNameStart(next) && _text.IndexOf(']', _at) is > 0 and var close && close - _at < 130)
        {
            var start = _at + 1;
            _at = close + 1;
            Name(_text.AsSpan(start, close - start), quoted: true);
        }
        else if (letter == '$' && (next is '$' or '_' || char.IsAsciiLetter(next)))
        {
            SkipDollarQuoted();
        }
        else if (IsPlaceholder(letter, next))
        {
            SkipPlaceholder(letter);
            AddValue();
        }
        else if (char.IsAsciiDigit(letter) || (letter == '.' && char.IsAsciiDigit(next)))
        {
            SkipNumber();
            AddValue();
        }
        else if (letter is '-' or '+' && (char.IsAsciiDigit(next) || next == '.') && ExpectsOperand())
        {
            _at++;
            SkipNumber();
            AddValue();
        }
        else if (IsNameStart(letter))
        {
            Word();
        }
        else
        {
            Sign(letter);
        }
    }

    void Space()
    {
        if (_output.Length > 0 && _output[^1] is not (' ' or '(' or '['))
        {
            _output.Append(' ');
        }
    }

    void SkipTo(char end)
    {
        var found = _text.IndexOf(end, _at);
        _at = found < 0 ? _text.Length : found + 1;
        Space();
    }

    /// <summary>Whether a sign here belongs to a number, or is the operator of two.</summary>
    bool ExpectsOperand()
    {
        var end = _output.Length - 1;
        while (end >= 0 && _output[end] == ' ')
        {
            end--;
        }
        return end < 0
            || _output[end] is '(' or ',' or '=' or '<' or '>' or '+' or '-' or '*' or '/' or '['
            || EndsWithKeyword(end);
    }

    bool EndsWithKeyword(int end) =>
        _keyword.Length > 0
        && end + 1 >= _keyword.Length
        && _output.ToString(end + 1 - _keyword.Length, _keyword.Length) == _keyword;

    void Word()
    {
        var start = _at;
        while (_at < _text.Length && IsNamePart(_text[_at]))
        {
            _at++;
        }
        var word = _text.AsSpan(start, _at - start);
        if (
            _at < _text.Length
            && _text[_at] == '\''
            && word.Length == 1
            && word[0] is 'N' or 'n' or 'E' or 'e' or 'B' or 'b' or 'X' or 'x'
        )
        {
            SkipQuoted('\'');
            AddValue();
            return;
        }
        var isPart = _output.Length > 0 && _output[^1] == '.';
        if (!isPart && SqlWords.Keyword(word) is { } keyword)
        {
            Keyword(keyword);
        }
        else if (
            !isPart
            && (
                word.Equals("true", StringComparison.OrdinalIgnoreCase)
                || word.Equals("false", StringComparison.OrdinalIgnoreCase)
            )
        )
        {
            AddValue();
        }
        else
        {
            Name(word, quoted: false);
        }
    }

    void Sign(char letter)
    {
        _at++;
        switch (letter)
        {
            case '(' or '[':
                if (_skipsRows)
                {
                    SkipRow();
                    return;
                }
                _open.Add(_output.Length);
                _output.Append(letter);
                _expectsTable = false;
                _keyword = "";
                break;
            case ')' or ']':
                Close(letter);
                break;
            case ',':
                TrimSpace();
                if (_skipsRows && IsRowNext())
                {
                    break;
                }
                if (_skipsRows)
                {
                    // MySQL's VALUES(a), b = …: no row, but what was to be inserted.
                    (_inValues, _skipsRows) = (false, false);
                }
                _output.Append(", ");
                break;
            case ';':
                TrimSpace();
                _output.Append("; ");
                (_inValues, _skipsRows) = (false, false);
                if (_action is "SET" or "DECLARE" or "USE")
                {
                    (_preparation, _action, _isWith) = (_preparation ?? _action, null, false);
                }
                break;
            default:
                _output.Append(letter);
                break;
        }
    }

    /// <summary>A list of nothing but values is as good as one of one.</summary>
    void Close(char letter)
    {
        TrimSpace();
        var begin = _open.Count > 0 ? _open[^1] : -1;
        if (begin >= 0)
        {
            _open.RemoveAt(_open.Count - 1);
            CloseList(begin);
        }
        _output.Append(letter);
        CloseRow();
        _skipsRows = _inValues && _open.Count == 0;
    }

    void TrimSpace()
    {
        if (_output.Length > 0 && _output[^1] == ' ')
        {
            _output.Length--;
        }
    }

    bool EndsWith(string text) =>
        _output.Length >= text.Length && _output.ToString(_output.Length - text.Length, text.Length) == text;
}
