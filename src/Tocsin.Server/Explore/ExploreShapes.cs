namespace Tocsin.Server.Explore;

/// <summary>Rows by column name, and what the columns are.</summary>
sealed record EventsShape(IReadOnlyList<IReadOnlyDictionary<string, object?>> Data, EventsMeta Meta);

/// <summary>Fields: the type of each column. Units: its unit, null where it has none.</summary>
sealed record EventsMeta(
    IReadOnlyDictionary<string, string> Fields,
    IReadOnlyDictionary<string, string?> Units,
    string Dataset,
    AnswerNotes Tocsin
)
{
    public string DatasetReason { get; } = "unchanged";
    public bool IsMetricsData { get; }
    public bool IsMetricsExtractedData { get; }
}

/// <summary>
/// What Sentry has no word for. Partial: not all rows were read, because time ran out or a day's file is damaged. Sampled: rows stand for others that
/// were not kept, and counts are estimates.
/// </summary>
sealed record AnswerNotes(bool Partial, bool Sampled);

sealed record EventsCountShape(long Count);

sealed record FacetShape(string Key, IReadOnlyList<FacetValueShape> TopValues);

sealed record FacetValueShape(string Name, string? Value, long Count);
