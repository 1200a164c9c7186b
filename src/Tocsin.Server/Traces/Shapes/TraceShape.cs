using Tocsin.Server.Api;

namespace Tocsin.Server.Traces.Shapes;

/// <summary>
/// A trace as the waterfall draws it. Times are seconds since 1970, durations milliseconds. Truncated: there are more spans than asked for.
/// Partial: a day of the store could not answer.
/// </summary>
[SnakeCase]
sealed record TraceShape
{
    public required string TraceId { get; init; }
    public required double Start { get; init; }
    public required double End { get; init; }
    public required bool Truncated { get; init; }
    public required bool Partial { get; init; }
    public required IReadOnlyList<TraceProjectShape> Projects { get; init; }

    /// <summary>Each span once, by start.</summary>
    public required IReadOnlyList<TraceSpanShape> Spans { get; init; }
    public required IReadOnlyList<TraceErrorShape> Errors { get; init; }

    /// <summary>There are later errors and issues than the first thousand, which are shown.</summary>
    public required bool MoreErrors { get; init; }
    public required IReadOnlyList<TraceIssueShape> Issues { get; init; }

    /// <summary>Of the page load in this trace: <c>lcp</c>, <c>inp</c>, <c>fcp</c>, <c>ttfb</c>, <c>fid</c> in milliseconds, <c>cls</c> without unit.</summary>
    public required IReadOnlyDictionary<string, double>? Vitals { get; init; }

    /// <summary>The first of this trace; null: there is none.</summary>
    public required PageLoadShape? PageLoad { get; init; }

    /// <summary>Clocks that were set right for this answer, with what was added to their times.</summary>
    public required IReadOnlyList<ClockSkewShape> ClockSkew { get; init; }
}

/// <summary>A part of the trace that one service wrote.</summary>
[SnakeCase]
sealed record TraceProjectShape(string Id, string Slug, string Platform, string? Service);

/// <summary>Who loaded a page, and with what. What is not known is null.</summary>
[SnakeCase]
sealed record PageLoadShape
{
    public required string? Browser { get; init; }
    public required string? BrowserVersion { get; init; }
    public required string? Os { get; init; }

    /// <summary><c>desktop</c>, <c>mobile</c>, <c>tablet</c> and the like.</summary>
    public required string? Device { get; init; }

    /// <summary>The effective type, such as <c>4g</c>.</summary>
    public required string? Connection { get; init; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public required string? Country { get; init; }

    /// <summary>As the list of issues counts users: <c>id:7</c>, <c>email:…</c>.</summary>
    public required string? User { get; init; }
}

[SnakeCase]
sealed record TraceSpanShape
{
    public required string SpanId { get; init; }

    /// <summary>As the client sent it; the parent itself may be missing.</summary>
    public required string? ParentSpanId { get; init; }
    public required string? SegmentId { get; init; }
    public required bool IsSegment { get; init; }

    /// <summary>The slug.</summary>
    public required string Project { get; init; }
    public required string? Service { get; init; }
    public required string Op { get; init; }
    public required string? Description { get; init; }
    public required string Status { get; init; }
    public required bool Failed { get; init; }

    /// <summary>With <c>clock_shifted_ms</c> already added.</summary>
    public required double Start { get; init; }
    public required double Duration { get; init; }

    /// <summary>What no child of the trace covers.</summary>
    public required double SelfTime { get; init; }
    public required string? Transaction { get; init; }
    public required string? Category { get; init; }

    /// <summary>16 hex digits.</summary>
    public required string? Group { get; init; }

    /// <summary>The transaction's, where the segment came as one.</summary>
    public required string? EventId { get; init; }
    public required double? ClockShiftedMs { get; init; }
}

[SnakeCase]
sealed record TraceErrorShape
{
    public required string EventId { get; init; }
    public required string IssueId { get; init; }
    public required string? ShortId { get; init; }
    public required string Level { get; init; }
    public required string Title { get; init; }
    public required string Project { get; init; }
    public required double Timestamp { get; init; }
    public required string? SpanId { get; init; }
    public required string? Transaction { get; init; }
}

/// <summary>A performance issue with evidence in this trace.</summary>
[SnakeCase]
sealed record TraceIssueShape(string IssueId, string ShortId, string Title, string Type, IReadOnlyList<string> SpanIds);

[SnakeCase]
sealed record ClockSkewShape(string Project, string? Service, string? Host, double Milliseconds);
