using System.Text.Json.Nodes;
using Tocsin.Server.Api;

namespace Tocsin.Server.Errors.Shapes;

/// <summary>A span within a transaction's event, as clients send it. Times are seconds since 1970, ExclusiveTime milliseconds.</summary>
[SnakeCase]
sealed record EventSpanShape
{
    public required string SpanId { get; init; }
    public required string? ParentSpanId { get; init; }
    public required string TraceId { get; init; }
    public required string Op { get; init; }
    public required string? Description { get; init; }
    public required string Status { get; init; }
    public required double StartTimestamp { get; init; }
    public required double Timestamp { get; init; }
    public required double ExclusiveTime { get; init; }

    /// <summary>Of the group that spans with such a description make; null: it makes none.</summary>
    public required string? Hash { get; init; }
    public required string? Origin { get; init; }
    public required JsonObject Data { get; init; }
}
