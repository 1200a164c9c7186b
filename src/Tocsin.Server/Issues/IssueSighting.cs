namespace Tocsin.Server.Issues;

/// <summary>What one event says about the issue it belongs to: all that the intake needs, found by pure computation.</summary>
sealed record IssueSighting
{
    /// <summary>In order of precedence, never empty: the event joins the issue that owns the first known one.</summary>
    public required IReadOnlyList<string> Hashes { get; init; }

    /// <summary>Sentry's event type: <c>error</c>, <c>default</c>, <c>csp</c>…</summary>
    public required string Type { get; init; }
    public required string Title { get; init; }
    public required string Culprit { get; init; }

    /// <summary>JSON object: <c>type</c>, <c>value</c>, <c>filename</c>, <c>function</c>…</summary>
    public required string Metadata { get; init; }
    public required string Level { get; init; }
    public required string Platform { get; init; }
    public string? Logger { get; init; }

    /// <summary><c>high</c>, <c>medium</c> or <c>low</c>.</summary>
    public required string Priority { get; init; }
    public bool IsUnhandled { get; init; }
    public string? Environment { get; init; }
    public string? Release { get; init; }

    /// <summary>Who was hit, as in <c>EventRow.User</c>: <c>id:7</c>, <c>email:…</c>; null when unknown.</summary>
    public string? User { get; init; }
}
