namespace Tocsin.Server.Projects;

/// <summary>
/// All that the path of an event needs to know of a project, read once and never changed: a new snapshot replaces it.
/// </summary>
sealed record ProjectSnapshot
{
    public required long Id { get; init; }
    public required string Slug { get; init; }
    public required long OrganizationId { get; init; }
    public required string OrganizationSlug { get; init; }
    public string? Platform { get; init; }
    public bool IsActive { get; init; } = true;
    public bool HasFirstEvent { get; init; }
    public bool HasFirstTransaction { get; init; }
    public required IReadOnlyList<KeySnapshot> Keys { get; init; }
    public required ProjectOptions Options { get; init; }
}

/// <summary>Limit: events per window of seconds; null where the key has none.</summary>
sealed record KeySnapshot(long Id, string PublicKey, long ProjectId, bool IsActive, RateLimit? Limit);

/// <summary>At most Count error events in any Window (whole seconds).</summary>
sealed record RateLimit(int Count, int Window)
{
    /// <summary>Null where either column is empty: no limit.</summary>
    public static RateLimit? FromColumns(long? count, long? window) =>
        count is { } events && window is { } seconds ? new((int)events, (int)seconds) : null;
}
