namespace Tocsin.Server.Traces.Groups;

/// <summary>A statement without its values, what it does, and the first table that it names.</summary>
readonly record struct SqlShape(string Text, string? Action, string? Table)
{
    const int Slots = 1_024;
    const int LongestKept = 1_024;

    /// <summary>
    /// Programs send the same prepared statements over and over. What comes twice in its slot is kept: a statement with its values in it never comes
    /// again, and would only be carried through the collector's generations.
    /// </summary>
    [ThreadStatic]
    static (string? Statement, SqlShape Shape)[]? known;

    [ThreadStatic]
    static int[]? seen;

    [ThreadStatic]
    static SqlReduction? reduction;

    /// <param name="quotesAreTexts">MySQL: <c>"ada"</c> is a value, not a name.</param>
    public static SqlShape Of(string statement, bool quotesAreTexts = false)
    {
        reduction ??= new();
        if (quotesAreTexts || statement.Length > LongestKept)
        {
            return reduction.Reduce(statement, quotesAreTexts);
        }
        known ??= new (string?, SqlShape)[Slots];
        seen ??= new int[Slots];
        var hash = statement.GetHashCode(StringComparison.Ordinal);
        var slot = (uint)hash % Slots;
        if (known[slot].Statement == statement)
        {
            return known[slot].Shape;
        }
        var shape = reduction.Reduce(statement, quotesAreTexts);
        if (seen[slot] == hash)
        {
            known[slot] = (statement, shape);
        }
        seen[slot] = hash;
        return shape;
    }
}
