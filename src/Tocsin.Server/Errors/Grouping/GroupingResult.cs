namespace Tocsin.Server.Errors.Grouping;

/// <summary>
/// The answer of one grouping version. An event joins the issue that owns any of its hashes, the first being the preferred one.
/// Variants tell the whole story, those that do not count included.
/// </summary>
sealed record GroupingResult
{
    /// <summary>Which version of the grouping code made it.</summary>
    public required string Config { get; init; }

    /// <summary>32 hex digits each; never empty.</summary>
    public required IReadOnlyList<string> Hashes { get; init; }
    public required IReadOnlyList<Variant> Variants { get; init; }

    /// <summary>The fingerprint after rules and variables; null when default grouping decides alone.</summary>
    public IReadOnlyList<string>? Fingerprint { get; init; }

    /// <summary>Set by a fingerprint rule with <c>title=</c>.</summary>
    public string? Title { get; init; }

    /// <summary>The text of the fingerprint rule that matched.</summary>
    public string? Rule { get; init; }

    /// <summary>The exception that names the issue, where it is not the last one (exception groups).</summary>
    public int? MainException { get; init; }
}

/// <summary>One way to look at the event: <c>app</c>, <c>system</c>, <c>default</c>, <c>custom_fingerprint</c>, <c>checksum</c>, <c>fallback</c>…</summary>
sealed record Variant(string Name, Component Root)
{
    public bool Contributes => Root.Contributes;

    /// <summary>The values that count.</summary>
    public IReadOnlyList<string> Leaves => field ??= Root.Leaves();

    /// <summary>
    /// Of the leaves, unless it is stated; null where the variant does not contribute. Made when somebody asks: of what a fingerprint replaces
    /// nobody does.
    /// </summary>
    public string? Hash
    {
        get => Contributes ? field ??= GroupHash.Of(Leaves) : null;
        init;
    }
}
