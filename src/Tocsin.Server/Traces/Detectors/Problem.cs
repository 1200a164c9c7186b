using Tocsin.Telemetry.Rows;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>A performance problem in one segment, with the spans that show it.</summary>
/// <param name="Mark">What makes two problems of a kind one issue: the groups of the offending spans. Never their ids or times.</param>
/// <param name="Summary">The line below the title: the query, the address.</param>
/// <param name="Offenders">In the order of their start; at least one.</param>
sealed record Problem(ProblemKind Kind, string Mark, string Summary, IReadOnlyList<SpanRow> Offenders)
{
    /// <summary>The spans that brought the offenders about; most kinds have none.</summary>
    public IReadOnlyList<SpanRow> Causes { get; init; } = [];

    /// <summary>Microseconds that would not be spent without the problem; null when that cannot be said.</summary>
    public long? Savings { get; init; }

    /// <summary>What made it a problem in this project.</summary>
    public required IReadOnlyList<Measure> Measures { get; init; }
}
