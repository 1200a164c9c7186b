namespace Tocsin.Server.Traces.Normalise;

/// <summary>What a segment lends to the spans that know it and come in later items.</summary>
/// <param name="Name">Null: the client's own word may stay.</param>
/// <param name="Connection">Of the visitor's network.</param>
sealed record SegmentWords(string? Name, string? Connection)
{
    /// <summary>How the client called it; <see cref="Name"/> is for those who call it so. Null: for all.</summary>
    public string? Stated { get; init; }

    public string? NameFor(string? stated) => Stated is null || Stated == stated ? Name : null;
}
