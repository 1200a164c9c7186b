using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Traces;

/// <summary>The fields of spans that the pages ask for.</summary>
static class SpanField
{
    public static Expression ProjectId { get; } = Of("project.id");
    public static Expression TraceId { get; } = Of("trace");
    public static Expression SpanId { get; } = Of("span_id");
    public static Expression ParentSpanId { get; } = Of("parent_span");
    public static Expression IsSegment { get; } = Of("is_transaction");
    public static Expression Timestamp { get; } = Of("timestamp");
    public static Expression Received { get; } = Of("received");

    /// <summary>Milliseconds.</summary>
    public static Expression Duration { get; } = Of("span.duration");

    /// <summary>Milliseconds.</summary>
    public static Expression SelfTime { get; } = Of("span.self_time");
    public static Expression Op { get; } = Of("span.op");
    public static Expression Description { get; } = Of("span.description");
    public static Expression GroupName { get; } = Of("sentry.normalized_description");
    public static Expression Group { get; } = Of("span.group");
    public static Expression Category { get; } = Of("span.category");
    public static Expression Domain { get; } = Of("span.domain");
    public static Expression Status { get; } = Of("span.status");
    public static Expression Failed { get; } = Of("span.failed");

    /// <summary>Of events: performance problems are events of their own type, and what is slow has not failed.</summary>
    public static Filter IsError { get; } = new Filter.Compare(Of("type"), Comparison.NotEqual, "generic");

    public static Expression Transaction { get; } = Of("transaction");
    public static Expression TransactionOp { get; } = Of("transaction.op");
    public static Expression Service { get; } = Of("service.name");
    public static Expression Environment { get; } = Of("environment");
    public static Expression Release { get; } = Of("release");
    public static Expression User { get; } = Of("user");
    public static Expression EventId { get; } = Of("event.id");
    public static Expression Weight { get; } = Of("sampling.weight");

    public static Expression Of(string name) => new Expression.Field(name);

    public static Filter Is(this Expression field, object value) => new Filter.Compare(field, Comparison.Equal, value);
}
