using Tocsin.Server.Payloads;
using Tocsin.Telemetry;

namespace Tocsin.Server.Retention;

/// <summary>A row of the <c>dropped_days</c> table. Bytes: what the day took, afterwards what was freed. Times are microseconds since 1970 UTC.</summary>
sealed record DroppedDay
{
    public long Id { get; init; }

    /// <summary>yyyymmdd.</summary>
    public long Day { get; init; }
    public long Kinds { get; init; }

    /// <summary>One of <see cref="DropReason"/>.</summary>
    public string Reason { get; init; } = "";
    public long Bytes { get; init; }
    public long Begun { get; init; }

    /// <summary>Null: it is being done.</summary>
    public long? Finished { get; init; }

    public DateOnly Date => ArrivalDay.ToDate((int)Day);
    public RowKinds RowKinds => (RowKinds)Kinds;
}
