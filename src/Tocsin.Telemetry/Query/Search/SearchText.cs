namespace Tocsin.Telemetry.Query.Search;

/// <summary>The text that is being read, and how far.</summary>
sealed class SearchText(string text)
{
    public int Position { get; set; }

    public bool IsAtEnd => Position >= text.Length;

    public char Current => IsAtEnd ? '\0' : text[Position];

    public char At(int position) => position < text.Length ? text[position] : '\0';

    public string From(int start) => text[start..Position];

    public void SkipSpace()
    {
        while (!IsAtEnd && char.IsWhiteSpace(Current))
        {
            Position++;
        }
    }

    /// <summary>Whether a term may end here.</summary>
    public bool EndsTerm(int position) => position >= text.Length || char.IsWhiteSpace(text[position]) || text[position] == ')';

    /// <summary>The word here if it is AND or OR, in whatever case.</summary>
    public string? Conjunction()
    {
        foreach (var word in new[] { "AND", "OR" })
        {
            if (string.Compare(text, Position, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0)
            {
                var end = Position + word.Length;
                if (end >= text.Length || char.IsWhiteSpace(text[end]) || text[end] == '(')
                {
                    return word;
                }
            }
        }
        return null;
    }

    public bool TryTake(string symbol)
    {
        if (string.CompareOrdinal(text, Position, symbol, 0, symbol.Length) != 0)
        {
            return false;
        }
        Position += symbol.Length;
        return true;
    }

    public string TakeWhile(Func<char, bool> belongs)
    {
        var start = Position;
        while (!IsAtEnd && belongs(Current))
        {
            Position++;
        }
        return From(start);
    }

    /// <summary>Reads <c>"…"</c> with <c>\"</c> for a quote; null, and nothing read, where no quote closes it.</summary>
    public string? TakeQuoted()
    {
        if (Current != '"')
        {
            return null;
        }
        var start = Position + 1;
        for (var at = start; at < text.Length; at++)
        {
            if (text[at] == '"')
            {
                Position = at + 1;
                return text[start..at].Replace("\\\"", "\"", StringComparison.Ordinal);
            }
            at += text[at] == '\\' && at + 1 < text.Length && text[at + 1] is '"' or '\\' ? 1 : 0;
        }
        return null;
    }
}
