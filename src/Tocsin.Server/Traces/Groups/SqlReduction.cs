namespace Tocsin.Server.Traces.Groups;

/// <summary>
/// Reads a statement once from left to right. Values and placeholders of all dialects become <c>%s</c>, a list of them one; comments go, quotes
/// go from names, digits behind an underscore or in long runs become <c>*</c> (shards, savepoints, numbered aliases), keywords are capitals
/// and other bare words small letters. What is cut short by a client or no SQL at all is read as far as it makes sense, never refused.
/// </summary>
sealed partial class SqlReduction
{
    const int LongestOutput = 2_000;

    readonly TextBuffer output = new();

    /// <summary>Where the output of each open bracket begins.</summary>
    readonly List<int> open = [];
    string text = "";
    int at;
    bool quotesAreTexts;
    string? action;

    /// <summary>What statements do that only prepare for the one behind them: <c>SET NOCOUNT ON; INSERT …</c>.</summary>
    string? preparation;
    string? table;
    string keyword = "";
    bool expectsTable;

    /// <summary>Behind VALUES and its first row: further rows repeat it.</summary>
    bool skipsRows;
    bool inValues;
    bool isWith;

    public SqlShape Reduce(string statement, bool quotesAreTexts)
    {
        output.Clear();
        open.Clear();
        (text, at, this.quotesAreTexts) = (statement, 0, quotesAreTexts);
        (action, preparation, table, keyword) = (null, null, null, "");
        (expectsTable, skipsRows, inValues, isWith) = (false, false, false, false);
        ForgetArms();
        while (at < text.Length && output.Length < LongestOutput)
        {
            Step();
        }
        while (output.Length > 0 && output[^1] is ' ' or ';' or ',')
        {
            output.Length--;
        }
        if (open.Count > 0)
        {
            // The list that a client cut short is the list that it did not.
            CloseList(open[^1]);
        }
        return new(KnownTexts.Get(output.Written), action ?? preparation, table);
    }

    void Step()
    {
        var letter = text[at];
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        if (char.IsWhiteSpace(letter))
        {
            at++;
            Space();
        }
        else if (letter == '-' && next == '-')
        {
            SkipTo('\n');
        }
        else if (letter == '.' && text.AsSpan(at).StartsWith("..."))
        {
            at += 3;
        }
        else if (letter == '/' && next == '*')
        {
            var end = text.IndexOf("*/", at + 2, StringComparison.Ordinal);
            at = end < 0 ? text.Length : end + 2;
            Space();
        }
        else if (letter == '\'' || (letter == '"' && quotesAreTexts))
        {
            SkipQuoted(letter);
            AddValue();
        }
        else if (letter is '"' or '`')
        {
            QuotedName(letter);
        }
        else if (letter == '[' && IsNameStart(next) && text.IndexOf(']', at) is > 0 and var close && close - at < 130)
        {
            var start = at + 1;
            at = close + 1;
            Name(text.AsSpan(start, close - start), quoted: true);
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
            at++;
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
        if (output.Length > 0 && output[^1] is not (' ' or '(' or '['))
        {
            output.Append(' ');
        }
    }

    void SkipTo(char end)
    {
        var found = text.IndexOf(end, at);
        at = found < 0 ? text.Length : found + 1;
        Space();
    }

    /// <summary>Whether a sign here belongs to a number, or is the operator of two.</summary>
    bool ExpectsOperand()
    {
        var end = output.Length - 1;
        while (end >= 0 && output[end] == ' ')
        {
            end--;
        }
        return end < 0
            || output[end] is '(' or ',' or '=' or '<' or '>' or '+' or '-' or '*' or '/' or '['
            || EndsWithKeyword(end);
    }

    bool EndsWithKeyword(int end) => keyword.Length > 0 && output.Written[..(end + 1)].EndsWith(keyword);

    void Word()
    {
        var start = at;
        while (at < text.Length && IsNamePart(text[at]))
        {
            at++;
        }
        var word = text.AsSpan(start, at - start);
        if (
            at < text.Length
            && text[at] == '\''
            && word.Length == 1
            && word[0] is 'N' or 'n' or 'E' or 'e' or 'B' or 'b' or 'X' or 'x'
        )
        {
            SkipQuoted('\'');
            AddValue();
            return;
        }
        var isPart = output.Length > 0 && output[^1] == '.';
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
        at++;
        switch (letter)
        {
            case '(' or '[':
                if (skipsRows)
                {
                    SkipRow();
                    return;
                }
                open.Add(output.Length);
                output.Append(letter);
                expectsTable = false;
                keyword = "";
                break;
            case ')' or ']':
                Close(letter);
                break;
            case ',':
                TrimSpace();
                if (skipsRows && IsRowNext())
                {
                    break;
                }
                if (skipsRows)
                {
                    // MySQL's VALUES(a), b = …: no row, but what was to be inserted.
                    (inValues, skipsRows) = (false, false);
                }
                output.Append(", ");
                break;
            case ';':
                TrimSpace();
                output.Append("; ");
                (inValues, skipsRows) = (false, false);
                if (action is "SET" or "DECLARE" or "USE")
                {
                    (preparation, action, isWith) = (preparation ?? action, null, false);
                }
                break;
            default:
                output.Append(letter);
                break;
        }
    }

    /// <summary>A list of nothing but values is as good as one of one.</summary>
    void Close(char letter)
    {
        TrimSpace();
        var begin = open.Count > 0 ? open[^1] : -1;
        if (begin >= 0)
        {
            open.RemoveAt(open.Count - 1);
            CloseList(begin);
        }
        output.Append(letter);
        CloseRow();
        skipsRows = inValues && open.Count == 0;
    }

    void TrimSpace()
    {
        if (output.Length > 0 && output[^1] == ' ')
        {
            output.Length--;
        }
    }
}
