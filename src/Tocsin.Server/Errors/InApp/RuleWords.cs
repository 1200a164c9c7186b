namespace Tocsin.Server.Errors.InApp;

/// <summary>The words of a rule line: parted by blanks, except inside quotes. Brackets and bars standing alone are words.</summary>
static class RuleWords
{
    public static IEnumerable<string> Split(string line)
    {
        var start = -1;
        var quoted = false;
        for (var i = 0; i <= line.Length; i++)
        {
            var c = i < line.Length ? line[i] : ' ';
            if (quoted && i < line.Length)
            {
                i += c == '\\' && i + 1 < line.Length ? 1 : 0;
                quoted = c != '"';
                continue;
            }
            if (c is ' ' or '\t')
            {
                if (start >= 0)
                {
                    yield return line[start..Math.Min(i, line.Length)];
                }
                start = -1;
                continue;
            }
            quoted = c == '"';
            start = start < 0 ? i : start;
        }
        if (start >= 0)
        {
            yield return line[start..];
        }
    }

    public static string Unquote(string word) =>
        word.Length >= 2 && word[0] == '"' && word[^1] == '"'
            ? word[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
            : word;
}
