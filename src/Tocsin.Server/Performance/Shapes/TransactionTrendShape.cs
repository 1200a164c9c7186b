using Tocsin.Server.Api;

namespace Tocsin.Server.Performance.Shapes;

/// <summary>How a transaction went over the period.</summary>
[SnakeCase]
sealed record TransactionTrendShape
{
    public required string Transaction { get; init; }

    /// <summary>The slug.</summary>
    public required string Project { get; init; }
    public required string Op { get; init; }

    /// <summary>Pairs of seconds since 1970 and the milliseconds of that step, null where nothing ran.</summary>
    public required IReadOnlyList<IReadOnlyList<double?>> P95 { get; init; }
}
