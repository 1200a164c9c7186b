using System.Text.Json.Serialization;
using Tocsin.Server.Api;

namespace Tocsin.Server.Traces.Shapes;

/// <summary>A trace in the shape that Sentry had before it knew spans. Orphans: errors that happened in none of the transactions.</summary>
[SnakeCase]
sealed record TransactionTraceShape(
    IReadOnlyList<TraceTransactionShape> Transactions,
    IReadOnlyList<TransactionErrorShape> OrphanErrors
);

/// <summary>Times are seconds since 1970, durations milliseconds. An id of an event is the segment's span id where it came without one.</summary>
[SnakeCase]
sealed record TraceTransactionShape
{
    public required string EventId { get; init; }
    public required string SpanId { get; init; }
    public required string? Transaction { get; init; }

    [JsonPropertyName("transaction.duration")]
    public required double Duration { get; init; }

    [JsonPropertyName("transaction.op")]
    public required string Op { get; init; }

    [JsonPropertyName("transaction.status")]
    public required string Status { get; init; }
    public required long ProjectId { get; init; }
    public required string ProjectSlug { get; init; }
    public required string? ParentSpanId { get; init; }

    /// <summary>Of the transaction that called it; null: it begins the trace, or the one that did is not here.</summary>
    public required string? ParentEventId { get; init; }
    public required string? ProfileId { get; init; }

    /// <summary>How many transactions stand above it.</summary>
    public required int Generation { get; init; }
    public required double StartTimestamp { get; init; }
    public required double Timestamp { get; init; }
    public required IReadOnlyList<TransactionErrorShape> Errors { get; init; }
    public required IReadOnlyList<TransactionFindingShape> PerformanceIssues { get; init; }

    /// <summary>Transactions that it called; null where only its neighbours were asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TraceTransactionShape>? Children { get; init; }
}

[SnakeCase]
sealed record TransactionErrorShape
{
    public required string EventId { get; init; }
    public required long IssueId { get; init; }

    /// <summary>The issue's short id.</summary>
    public required string? Issue { get; init; }
    public required string? Span { get; init; }
    public required long ProjectId { get; init; }
    public required string ProjectSlug { get; init; }
    public required string Title { get; init; }
    public required string Level { get; init; }
    public required double Timestamp { get; init; }
    public string EventType { get; } = "error";
    public int Generation { get; }
}

/// <summary>What a detector found.</summary>
[SnakeCase]
sealed record TransactionFindingShape
{
    public required string EventId { get; init; }
    public required long IssueId { get; init; }
    public required string? IssueShortId { get; init; }
    public required IReadOnlyList<string> Span { get; init; }
    public required IReadOnlyList<string> SuspectSpans { get; init; }
    public required long ProjectId { get; init; }
    public required string ProjectSlug { get; init; }
    public required string Title { get; init; }
    public required string Level { get; init; }
    public required string Culprit { get; init; }
    public required string Type { get; init; }
}
