using Tocsin.Server.Api;

namespace Tocsin.Server.Performance.Shapes;

/// <summary>
/// One run of a transaction. Timestamp: its start in seconds since 1970; duration: milliseconds. Sampled: it was kept for several like it. Partial: a
/// day of the store could not answer, or the time was over, so that the list may lack runs.
/// </summary>
[SnakeCase]
sealed record TransactionSampleShape
{
    public required string TraceId { get; init; }
    public required string SpanId { get; init; }
    public required string? EventId { get; init; }
    public required string Project { get; init; }
    public required double Timestamp { get; init; }
    public required double Duration { get; init; }
    public required string Status { get; init; }
    public required string? User { get; init; }
    public required string? Release { get; init; }
    public required string? Environment { get; init; }
    public required string? Browser { get; init; }
    public required string? Device { get; init; }

    /// <summary>Error events of the same trace.</summary>
    public required int Errors { get; init; }
    public required bool Sampled { get; init; }
    public required bool Partial { get; init; }
}
