using Tocsin.Server.Api;

namespace Tocsin.Server.Performance.Shapes;

/// <summary>
/// What a transaction's runs in the period come to. Durations are milliseconds. Sampled: the counts are extrapolated from the part that was
/// sent and kept. Partial: a day of the store could not answer, or the time was over.
/// </summary>
[SnakeCase]
sealed record TransactionRowShape
{
    public required string Transaction { get; init; }

    /// <summary>The slug.</summary>
    public required string Project { get; init; }
    public required string Op { get; init; }
    public required long Count { get; init; }

    /// <summary>Runs per minute of the period.</summary>
    public required double Epm { get; init; }
    public required double P50 { get; init; }
    public required double P75 { get; init; }
    public required double P95 { get; init; }
    public required double P99 { get; init; }

    /// <summary>What the slow runs cost: count × (p95 − p50).</summary>
    public required double TimeLost { get; init; }

    /// <summary>From 0 to 1, as the two below.</summary>
    public required double FailureRate { get; init; }
    public required double Apdex { get; init; }
    public required double UserMisery { get; init; }
    public required long Users { get; init; }

    /// <summary>Unresolved issues whose events name this transaction, in the period.</summary>
    public required int Issues { get; init; }

    /// <summary>The p95 over that of the period before; null when there was nothing before.</summary>
    public required double? Regression { get; init; }
    public required bool Sampled { get; init; }
    public required bool Partial { get; init; }
}
