namespace Tocsin.Server.Traces.Groups;

/// <summary>What a keyword says about the names behind it.</summary>
sealed partial class SqlReduction
{
    void Keyword(string keyword)
    {
        if (keyword == "NULL" && this.keyword is not ("IS" or "NOT" or "DEFAULT"))
        {
            AddValue();
            return;
        }
        CloseArm(keyword);
        output.Append(keyword);
        isWith |= action is null && keyword == "WITH";
        if (action is null && SqlWords.IsVerb(keyword) && (!isWith || open.Count == 0))
        {
            action = keyword;
        }
        expectsTable =
            table is null
            && (
                (SqlWords.LeadsToTable(keyword) && !IsRowLock(keyword) && !IsInFunction())
                || (expectsTable && SqlWords.StandsBeforeTable(keyword))
            );
        inValues = keyword == "VALUES" && open.Count == 0;
        skipsRows = false;
        this.keyword = keyword;
    }

    /// <summary><c>FOR UPDATE</c>, <c>ON CONFLICT … DO UPDATE</c>, <c>ON UPDATE</c>: no table follows.</summary>
    bool IsRowLock(string keyword) => keyword == "UPDATE" && this.keyword is "FOR" or "DO" or "ON" or "KEY";

    /// <summary><c>EXTRACT(YEAR FROM created)</c>: in brackets only a query of its own has tables.</summary>
    bool IsInFunction() =>
        open.Count > 0
        && open[^1] + 2 < output.Length
        && output[open[^1] + 1] is var first
        && !(first is 'S' or 'W' or 'D' or 'I' or 'U' && char.IsAsciiLetterUpper(output[open[^1] + 2]));
}
