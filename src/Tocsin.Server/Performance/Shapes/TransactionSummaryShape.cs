using Tocsin.Server.Api;

namespace Tocsin.Server.Performance.Shapes;

/// <summary>One transaction over a period: in figures, over time, and how its durations are spread.</summary>
[SnakeCase]
sealed record TransactionSummaryShape
{
    /// <summary>Null: it did not run.</summary>
    public required TransactionRowShape? Totals { get; init; }
    public required TransactionSeriesShape Series { get; init; }
    public required IReadOnlyList<HistogramBarShape> Histogram { get; init; }

    /// <summary>What apdex and misery are counted by; null where more than one project was asked for, as each has its own.</summary>
    public required RunThresholdShape? Threshold { get; init; }
    public required bool Sampled { get; init; }
    public required bool Partial { get; init; }
}

/// <summary>Every step of the period, as pairs of seconds since 1970 and the value; null where nothing ran.</summary>
[SnakeCase]
sealed record TransactionSeriesShape
{
    /// <summary>Seconds.</summary>
    public required long Interval { get; init; }
    public required IReadOnlyList<IReadOnlyList<double?>> P50 { get; init; }
    public required IReadOnlyList<IReadOnlyList<double?>> P75 { get; init; }
    public required IReadOnlyList<IReadOnlyList<double?>> P95 { get; init; }
    public required IReadOnlyList<IReadOnlyList<double?>> P99 { get; init; }
    public required IReadOnlyList<IReadOnlyList<double?>> Count { get; init; }
    public required IReadOnlyList<IReadOnlyList<double?>> FailureRate { get; init; }
    public required IReadOnlyList<IReadOnlyList<double?>> Users { get; init; }
}

/// <summary>Durations from From (inclusive) to To (exclusive), milliseconds; the bars widen evenly in ratio, not in length.</summary>
[SnakeCase]
sealed record HistogramBarShape(double From, double To, long Count);

/// <summary>Within so many milliseconds a run satisfies. Own: the transaction's instead of its project's.</summary>
[SnakeCase]
sealed record RunThresholdShape(int Milliseconds, bool Own);

/// <summary>The same transaction twice: by release, or by period.</summary>
[SnakeCase]
sealed record TransactionComparisonShape(TransactionSideShape A, TransactionSideShape B);

/// <summary>Start and end: seconds since 1970. Release: null for a side that is a period.</summary>
[SnakeCase]
sealed record TransactionSideShape(string? Release, double Start, double End, TransactionSummaryShape Summary);
