using System.Text.Json.Serialization;
using Tocsin.Server.Api;

namespace Tocsin.Server.Traces.Shapes;

/// <summary>
/// A node of the forest that Sentry's own route answers. The lists hold spans below spans, and errors where they happened; an error without a
/// span of this trace is a root itself.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event_type")]
[JsonDerivedType(typeof(SentrySpanNode), "span")]
[JsonDerivedType(typeof(SentryErrorNode), "error")]
[JsonDerivedType(typeof(SentryOccurrenceNode), "occurrence")]
abstract record SentryTraceNode;

/// <summary>Times are seconds since 1970, durations milliseconds.</summary>
[SnakeCase]
sealed record SentrySpanNode : SentryTraceNode
{
    public required string EventId { get; init; }
    public required long ProjectId { get; init; }
    public required string ProjectSlug { get; init; }
    public required string? Transaction { get; init; }

    /// <summary>The transaction's event id, or its segment's span id where it came without one.</summary>
    public required string? TransactionId { get; init; }
    public required string? ParentSpanId { get; init; }
    public required string Op { get; init; }
    public required string? Name { get; init; }
    public required string? Description { get; init; }
    public required double StartTimestamp { get; init; }
    public required double EndTimestamp { get; init; }
    public required double Duration { get; init; }
    public required bool IsTransaction { get; init; }
    public required IReadOnlyDictionary<string, double> Measurements { get; init; }

    /// <summary>Empty where there is none, as clients expect a text.</summary>
    public required string ProfileId { get; init; }
    public required string ProfilerId { get; init; }
    public required string SdkName { get; init; }
    public required IReadOnlyList<SentryTraceNode> Children { get; init; }
    public required IReadOnlyList<SentryTraceNode> Errors { get; init; }
    public required IReadOnlyList<SentryTraceNode> Occurrences { get; init; }

    /// <summary>By the names that were asked for, those that the span has.</summary>
    public required IReadOnlyDictionary<string, object> AdditionalAttributes { get; init; }
}

/// <summary>An event that has an issue.</summary>
abstract record SentryEventNode : SentryTraceNode
{
    public string EventId { get; init; } = "";
    public long IssueId { get; init; }
    public string? ShortId { get; init; }
    public long ProjectId { get; init; }
    public string ProjectSlug { get; init; } = "";
    public string Level { get; init; } = "";
    public string Culprit { get; init; } = "";
    public string Description { get; init; } = "";
    public string? Transaction { get; init; }
    public string IssueType { get; init; } = "";
    public double StartTimestamp { get; init; }
}

[SnakeCase]
sealed record SentryErrorNode : SentryEventNode;

/// <summary>What a detector found.</summary>
[SnakeCase]
sealed record SentryOccurrenceNode : SentryEventNode;

/// <summary>
/// Sentry's counts of a trace; they count, as the trace itself is shown, what the newest spans up to the limit hold. Each stands here twice, by its
/// name of today and by that which older clients read.
/// </summary>
sealed record TraceMetaShape
{
    public required int ErrorsCount { get; init; }
    public required int LogsCount { get; init; }
    public required int MetricsCount { get; init; }
    public required int PerformanceIssuesCount { get; init; }
    public required int SpansCount { get; init; }

    /// <summary>Spans by op.</summary>
    public required IReadOnlyDictionary<string, int> SpansCountMap { get; init; }
    public required IReadOnlyList<TransactionChildCount> TransactionChildCountMap { get; init; }
    public required int UptimeCount { get; init; }

    /// <summary>Of which something is in it.</summary>
    public required int Projects { get; init; }

    public int Transactions => TransactionChildCountMap.Count;

    public int Errors => ErrorsCount;
    public int Logs => LogsCount;

    [JsonPropertyName("performance_issues")]
    public int PerformanceIssues => PerformanceIssuesCount;

    [JsonPropertyName("span_count")]
    public int SpanCount => SpansCount;

    [JsonPropertyName("span_count_map")]
    public IReadOnlyDictionary<string, int> SpanCountMap => SpansCountMap;

    [JsonPropertyName("transaction_child_count_map")]
    public IReadOnlyList<TransactionChildCount> TransactionChildCounts => TransactionChildCountMap;
}

sealed record TransactionChildCount
{
    [JsonPropertyName("transaction.event_id")]
    public required string TransactionEventId { get; init; }

    [JsonPropertyName("count()")]
    public required int Count { get; init; }
}
