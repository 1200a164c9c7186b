namespace Tocsin.Server.Traces.Groups;

/// <summary>A statement without its values, what it does, and the first table that it names.</summary>
sealed record SqlShape(string Text, string? Action, string? Table)
{
    const int MostKept = 2_048;
    const int LongestKept = 1_024;

    /// <summary>Programs send the same prepared statements over and over; a dictionary for each thread needs no lock.</summary>
    [ThreadStatic]
    static Dictionary<string, SqlShape>? _known;

    [ThreadStatic]
    static SqlReduction? _reduction;

    /// <param name="quotesAreTexts">MySQL: <c>"ada"</c> is a value, not a name.</param>
    public static SqlShape Of(string statement, bool quotesAreTexts = false)
    {
        _known ??= new(StringComparer.Ordinal);
        if (!quotesAreTexts && _known.TryGetValue(statement, out var known))
        {
            return known;
        }
        _reduction ??= new();
        var shape = _reduction.Reduce(statement, quotesAreTexts);
        if (!quotesAreTexts && statement.Length <= LongestKept)
        {
            if (_known.Count == MostKept)
            {
                _known.Clear();
            }
            _known.Add(statement, shape);
        }
        return shape;
    }
}
