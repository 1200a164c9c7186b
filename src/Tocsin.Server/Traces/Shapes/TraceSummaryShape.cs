using Tocsin.Server.Api;

namespace Tocsin.Server.Traces.Shapes;

/// <summary>
/// A trace in a list: what its spans around the period show of it. Sampled: it was kept for several like it; its own figures are whole. Partial: a
/// day of the store could not answer, or the time was over, so that the list may lack traces and the trace spans.
/// </summary>
[SnakeCase]
sealed record TraceSummaryShape
{
    public required string TraceId { get; init; }

    /// <summary>Null when no span without a parent has arrived.</summary>
    public required TraceRootShape? Root { get; init; }

    /// <summary>Seconds since 1970.</summary>
    public required double Start { get; init; }

    /// <summary>Milliseconds from the first span's start to the last one's end.</summary>
    public required double Duration { get; init; }
    public required long Spans { get; init; }

    /// <summary>Of the spans above, those that failed.</summary>
    public required long Failed { get; init; }

    /// <summary>Error events of this trace.</summary>
    public required long Errors { get; init; }
    public required IReadOnlyList<string> Projects { get; init; }
    public required bool Sampled { get; init; }
    public required bool Partial { get; init; }
}

[SnakeCase]
sealed record TraceRootShape(string Project, string? Transaction, string Op);
