using Tocsin.Telemetry;

namespace Tocsin.Server.Retention;

/// <summary>A day as retention sees it. IsDamaged: its rows are made again first. IsLatest: it may still be written to.</summary>
sealed record KeptDay(DateOnly Day, RowKinds Kinds, long Bytes)
{
    public bool IsClosed { get; init; }
    public bool IsPacked { get; init; }
    public bool IsDamaged { get; init; }
    public bool IsLatest { get; init; }

    /// <summary>What could not be dropped at two looks, one after the other.</summary>
    public RowKinds Stuck { get; init; }
}
