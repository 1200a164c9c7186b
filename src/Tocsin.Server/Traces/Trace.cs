using Tocsin.Server.Issues;
using Tocsin.Server.Projects;
using Tocsin.Server.Traces.Trees;

namespace Tocsin.Server.Traces;

/// <summary>A trace as far as it has arrived, with the clocks of its hosts settled.</summary>
sealed record Trace
{
    public required UInt128 Id { get; init; }
    public required TraceTree Tree { get; init; }
    public required IReadOnlyList<(HostClock Clock, long Shift)> Skew { get; init; }

    /// <summary>Events with this trace's id, earliest first.</summary>
    public required IReadOnlyList<TraceEvent> Events { get; init; }

    /// <summary>The issues of the events that exist still, by id.</summary>
    public required IReadOnlyDictionary<long, IssueRow> Issues { get; init; }

    /// <summary>The organisation's projects, by id.</summary>
    public required IReadOnlyDictionary<long, ProjectSnapshot> Projects { get; init; }
    public required bool Truncated { get; init; }

    /// <summary>There are later events than these.</summary>
    public required bool HasMoreEvents { get; init; }
    public required bool Partial { get; init; }

    public string SlugOf(long projectId) => Projects.GetValueOrDefault(projectId)?.Slug ?? "";

    public IEnumerable<TraceEvent> Errors => Events.Where(one => !IsFinding(one));

    /// <summary>What our detectors found in it.</summary>
    public IEnumerable<TraceEvent> Findings => Events.Where(IsFinding);

    public bool IsFinding(TraceEvent one) =>
        Issues.GetValueOrDefault(one.IssueId)?.Type.StartsWith("performance_", StringComparison.Ordinal) == true;
}

/// <summary>An event of a trace. Timestamp: microseconds since 1970, moved with the clock of its span.</summary>
sealed record TraceEvent(
    UInt128 EventId,
    long ProjectId,
    long IssueId,
    long Timestamp,
    string Title,
    string Level,
    string? Culprit,
    string? Transaction,
    long? SpanId
)
{
    /// <param name="shift">Microseconds.</param>
    public TraceEvent MovedBy(long shift) => shift == 0 ? this : this with { Timestamp = Timestamp + shift };
}
