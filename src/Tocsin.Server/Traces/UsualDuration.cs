using Tocsin.Server.Traces.Trees;

namespace Tocsin.Server.Traces;

/// <summary>What makes spans comparable. Transaction: a segment's; null for other spans, which have a group.</summary>
readonly record struct UsualKey(long ProjectId, string? Transaction, long Group)
{
    public static UsualKey? Of(TraceSpan span) =>
        span.IsSegment && span.Transaction is { } name ? new UsualKey(span.ProjectId, name, 0)
        : span is { IsSegment: false, Group: not 0 } ? new UsualKey(span.ProjectId, null, span.Group)
        : null;
}

/// <summary>Milliseconds.</summary>
readonly record struct UsualDuration(double P50, double P95);
