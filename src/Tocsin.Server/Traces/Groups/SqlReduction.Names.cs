namespace Tocsin.Server.Traces.Groups;

/// <summary>Names of tables and columns, quoted or bare.</summary>
sealed partial class SqlReduction
{
    void QuotedName(char quote)
    {
        var start = _at + 1;
        var end = _text.IndexOf(quote, start);
        end = end < 0 ? _text.Length : end;
        _at = Math.Min(end + 1, _text.Length);
        Name(_text.AsSpan(start, end - start), quoted: true);
    }

    /// <summary>The reading stands behind the name and its quotes already.</summary>
    void Name(ReadOnlySpan<char> name, bool quoted)
    {
        var start = _output.Length;
        AddName(name, quoted);
        _keyword = "";
        if (_expectsTable)
        {
            _table = _output.ToString(start, _output.Length - start);
            // Behind a schema's name the table's follows.
            _expectsTable = _at < _text.Length && _text[_at] == '.';
        }
    }

    void AddName(ReadOnlySpan<char> name, bool quoted)
    {
        var at = 0;
        while (at < name.Length)
        {
            if (!char.IsAsciiDigit(name[at]))
            {
                _output.Append(quoted ? name[at] : char.ToLowerInvariant(name[at]));
                at++;
                continue;
            }
            var end = at;
            while (end < name.Length && char.IsAsciiDigit(name[end]))
            {
                end++;
            }
            var isNumbered = end - at >= 3 || (at > 0 && name[at - 1] == '_');
            _output.Append(isNumbered ? "*" : name[at..end]);
            at = end;
        }
    }

    static bool IsNameStart(char letter) => char.IsLetter(letter) || letter is '_' or '#';

    static bool IsNamePart(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '$' or '#';
}
