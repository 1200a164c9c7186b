namespace Tocsin.Telemetry.Query;

/// <summary>What the engine knows of the rows before it writes the query.</summary>
/// <param name="Weighted">Some of them stand for several.</param>
/// <param name="Frugal">They are too many for holding every value that a quantile is of.</param>
readonly record struct RowTraits(bool Weighted = false, bool Frugal = false)
{
    /// <summary>By catalog, where the rows lie that are sought; where nothing is known, none.</summary>
    public IReadOnlyDictionary<string, SoughtRows>? Sought { get; init; }

    /// <summary>Only the tags whose value lies in this one of so many slices; null: all.</summary>
    public (int Number, int Of)? Slice { get; init; }

    /// <summary>Catalogs whose spans are answered for by <see cref="SpanSums"/>; then rows are weighted.</summary>
    public IReadOnlySet<string>? Summed { get; init; }

    /// <summary>What is asked is answered by these, of which only some columns are spans' own; null: by the rows themselves.</summary>
    public SumRows? Sums { get; init; }
}

/// <summary>Rows that are sought lie between two times, which is known of those up to a position; those behind it may lie anywhere.</summary>
/// <param name="KnownUpTo">Null: it is known of all.</param>
readonly record struct SoughtRows(TimeRange? Within, long? KnownUpTo)
{
    /// <summary>Each the condition of a part of them.</summary>
    public IEnumerable<string> Conditions
    {
        get
        {
            if (Within is { From: var from, To: var to })
            {
                yield return $"timestamp >= {from} AND timestamp < {to}"
                    + (KnownUpTo is { } known ? $" AND position <= {known}" : "");
            }
            if (KnownUpTo is { } last)
            {
                yield return $"position > {last}";
            }
        }
    }
}
