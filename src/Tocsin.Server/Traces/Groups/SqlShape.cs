namespace Tocsin.Server.Traces.Groups;

/// <summary>A statement without its values, what it does, and the first table that it names.</summary>
sealed record SqlShape(string Text, string? Action, string? Table)
{
    const int MostKept = 2_048;
    const int LongestKept = 1_024;

    /// <summary>Programs send the same prepared statements over and over; a dictionary for each thread needs no lock.</summary>
    [ThreadStatic]
    static Dictionary<string, SqlShape>? shapes;

    [ThreadStatic]
    static SqlReduction? reduction;

    /// <param name="quotesAreTexts">MySQL: <c>"ada"</c> is a value, not a name.</param>
    public static SqlShape Of(string statement, bool quotesAreTexts = false)
    {
        shapes ??= new(StringComparer.Ordinal);
        if (!quotesAreTexts && shapes.TryGetValue(statement, out var known))
        {
            return known;
        }
        reduction ??= new();
        var shape = reduction.Reduce(statement, quotesAreTexts);
        if (!quotesAreTexts && statement.Length <= LongestKept)
        {
            if (shapes.Count == MostKept)
            {
                shapes.Clear();
            }
            shapes.Add(statement, shape);
        }
        return shape;
    }
}
