using System.Text.Json.Serialization;
using Tocsin.Server.Api;

namespace Tocsin.Server.Explore;

/// <summary>Rows by column name, and what the columns are.</summary>
sealed record EventsShape(IReadOnlyList<IReadOnlyDictionary<string, object?>> Data, EventsMeta Meta)
{
    /// <summary>With the notes of what is answered beside it.</summary>
    public EventsShape With(AnswerNotes notes) => this with { Meta = Meta with { Tocsin = Meta.Tocsin.With(notes) } };
}

/// <summary>Fields: the type of each column. Units: its unit, null where it has none.</summary>
sealed record EventsMeta(
    IReadOnlyDictionary<string, string> Fields,
    IReadOnlyDictionary<string, string?> Units,
    string Dataset,
    AnswerNotes Tocsin
)
{
    public EventsTips Tips { get; init; } = EventsTips.None;
    public string DatasetReason { get; } = "unchanged";
    public bool IsMetricsData { get; }
    public bool IsMetricsExtractedData { get; }
}

/// <summary>What may be wrong with a question whose answer is empty, in sentences: a name that nothing has, and the one that may be meant.</summary>
/// <param name="Query">Null: nothing.</param>
/// <param name="Columns">Null: nothing.</param>
sealed record EventsTips(string? Query, string? Columns)
{
    public static EventsTips None { get; } = new(null, null);
}

/// <summary>Stored: the rows themselves; sampled ones stand for others, which Count counts too.</summary>
sealed record EventsCountShape(long Count, long Stored);

sealed record FacetShape(string Key, IReadOnlyList<FacetValueShape> TopValues);

sealed record FacetValueShape(string Name, string? Value, long Count);

/// <summary>What is right and wrong about a question. Where something stands first that nothing can be read without, the rest is empty.</summary>
sealed record QuestionCheckShape
{
    public IReadOnlyList<CheckedPart> Projects { get; init; } = [];
    public IReadOnlyList<CheckedName> Dataset { get; init; } = [];
    public IReadOnlyList<CheckedPart> Environment { get; init; } = [];
    public IReadOnlyList<CheckedName> Field { get; init; } = [];
    public CheckedQuery Query { get; init; } = new(true, null, []);

    [JsonPropertyName("orderby")]
    public IReadOnlyList<CheckedName> OrderBy { get; init; } = [];

    public bool Valid =>
        Query.Valid && Projects.All(part => part.Valid) && Dataset.Concat(Field).Concat(OrderBy).All(name => name.Valid);
}

/// <summary>Error: null where it is right.</summary>
sealed record CheckedPart(string? Error)
{
    public bool Valid => Error is null;
}

/// <summary>Error: null where it is right. AttrType: string, number or boolean; null where that is not known.</summary>
sealed record CheckedName(string Name, string? Error, string? AttrType)
{
    public bool Valid => Error is null;
}

/// <summary>Fields: the keys that the query names.</summary>
sealed record CheckedQuery(bool Valid, string? Error, IReadOnlyList<CheckedName> Fields);
