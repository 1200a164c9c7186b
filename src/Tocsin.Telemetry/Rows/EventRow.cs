namespace Tocsin.Telemetry.Rows;

/// <summary>
/// One error event as columns. Times are microseconds since 1970 UTC. Tags are a JSON object of text values; usual ones are columns too.
/// Segment, Offset, Length: where the body lies in the payload segments; Length 0: no body is kept.
/// </summary>
public sealed record EventRow
{
    public required long ProjectId { get; init; }
    public required UInt128 EventId { get; init; }
    public required long IssueId { get; init; }
    public required long Timestamp { get; init; }
    public required long Received { get; init; }
    public required string Type { get; init; }
    public required string Level { get; init; }
    public string Platform { get; init; } = "other";
    public string? Environment { get; init; }
    public string? Release { get; init; }
    public string? Dist { get; init; }
    public string? Transaction { get; init; }
    public required string Title { get; init; }
    public string? Culprit { get; init; }
    public string? Message { get; init; }
    public string? ErrorType { get; init; }
    public string? ErrorValue { get; init; }
    public bool? Handled { get; init; }
    public string? Logger { get; init; }
    public string? ServerName { get; init; }
    public string? Url { get; init; }

    /// <summary>Who was hit: <c>id:7</c>, <c>email:…</c>, <c>username:…</c> or <c>ip:…</c>; null when unknown.</summary>
    public string? User { get; init; }
    public string? UserId { get; init; }
    public string? UserEmail { get; init; }
    public string? UserName { get; init; }
    public string? UserIp { get; init; }
    public string? SdkName { get; init; }
    public string? SdkVersion { get; init; }
    public UInt128? TraceId { get; init; }
    public long? SpanId { get; init; }

    /// <summary>JSON object, for example <c>{"browser":"Chrome 130"}</c>; never null.</summary>
    public string Tags { get; init; } = "{}";

    /// <summary>Of the frames of its stack traces that tell something: names with a line break before, between and behind them; null: none.</summary>
    public string? StackFiles { get; init; }

    /// <summary>As StackFiles, with their directories as the host knows them; null where these are the same.</summary>
    public string? StackPaths { get; init; }
    public string? StackFunctions { get; init; }
    public string? StackModules { get; init; }

    public int Segment { get; init; }
    public long Offset { get; init; }
    public int Length { get; init; }
}

/// <summary>
/// What became of items: one row stands for Quantity of them. Outcome numbers are Sentry's: accepted 0, filtered 1, rate_limited 2, invalid 3,
/// abuse 4, client_discard 5, cardinality_limited 6; ours: quarantined 16, failed 17.
/// </summary>
public sealed record OutcomeRow
{
    public required long OrganizationId { get; init; }
    public required long ProjectId { get; init; }
    public long? KeyId { get; init; }
    public required long Timestamp { get; init; }
    public required int Outcome { get; init; }
    public string Reason { get; init; } = "";
    public required string Category { get; init; }
    public required long Quantity { get; init; }
}
