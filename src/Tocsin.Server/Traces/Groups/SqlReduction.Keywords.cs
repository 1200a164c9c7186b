namespace Tocsin.Server.Traces.Groups;

/// <summary>What a keyword says about the names behind it.</summary>
sealed partial class SqlReduction
{
    void Keyword(string keyword)
    {
        if (keyword == "NULL" && _keyword is not ("IS" or "NOT" or "DEFAULT"))
        {
            AddValue();
            return;
        }
        CloseArm(keyword);
        _output.Append(keyword);
        _isWith |= _action is null && keyword == "WITH";
        if (_action is null && SqlWords.IsVerb(keyword) && (!_isWith || _open.Count == 0))
        {
            _action = keyword;
        }
        _expectsTable =
            _table is null
            && (
                (SqlWords.LeadsToTable(keyword) && !IsRowLock(keyword) && !IsInFunction())
                || (_expectsTable && SqlWords.StandsBeforeTable(keyword))
            );
        _inValues = keyword == "VALUES" && _open.Count == 0;
        _skipsRows = false;
        _keyword = keyword;
    }

    /// <summary><c>FOR UPDATE</c>, <c>ON CONFLICT … DO UPDATE</c>, <c>ON UPDATE</c>: no table follows.</summary>
    bool IsRowLock(string keyword) => keyword == "UPDATE" && _keyword is "FOR" or "DO" or "ON" or "KEY";

    /// <summary><c>EXTRACT(YEAR FROM created)</c>: in brackets only a query of its own has tables.</summary>
    bool IsInFunction() =>
        _open.Count > 0
        && _open[^1] + 2 < _output.Length
        && _output[_open[^1] + 1] is var first
        && !(first is 'S' or 'W' or 'D' or 'I' or 'U' && char.IsAsciiLetterUpper(_output[_open[^1] + 2]));
}
