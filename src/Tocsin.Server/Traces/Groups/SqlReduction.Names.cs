namespace Tocsin.Server.Traces.Groups;

/// <summary>Names of tables and columns, quoted or bare.</summary>
sealed partial class SqlReduction
{
    void QuotedName(char quote)
    {
        var start = at + 1;
        var end = text.IndexOf(quote, start);
        end = end < 0 ? text.Length : end;
        at = Math.Min(end + 1, text.Length);
        Name(text.AsSpan(start, end - start), quoted: true);
    }

    /// <summary>The reading stands behind the name and its quotes already.</summary>
    void Name(ReadOnlySpan<char> name, bool quoted)
    {
        var start = output.Length;
        AddName(name, quoted);
        keyword = "";
        if (expectsTable)
        {
            table = KnownTexts.Get(output.Written[start..]);
            // Behind a schema's name the table's follows.
            expectsTable = at < text.Length && text[at] == '.';
        }
    }

    void AddName(ReadOnlySpan<char> name, bool quoted)
    {
        var at = 0;
        while (at < name.Length)
        {
            if (!char.IsAsciiDigit(name[at]))
            {
                output.Append(quoted ? name[at] : char.ToLowerInvariant(name[at]));
                at++;
                continue;
            }
            var end = at;
            while (end < name.Length && char.IsAsciiDigit(name[end]))
            {
                end++;
            }
            var isNumbered = end - at >= 3 || (at > 0 && name[at - 1] == '_');
            output.Append(isNumbered ? "*" : name[at..end]);
            at = end;
        }
    }

    static bool IsNameStart(char letter) => char.IsLetter(letter) || letter is '_' or '#';

    static bool IsNamePart(char letter) => char.IsLetterOrDigit(letter) || letter is '_' or '$' or '#';
}
