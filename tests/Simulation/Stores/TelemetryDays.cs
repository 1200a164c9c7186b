using System.Collections.Immutable;
using Tocsin.Telemetry;

namespace Simulation.Stores;

/// <summary>One day of a telemetry as it lies on a disk: batches in the order of their commit. Damage: why its rows are gone.</summary>
sealed record TelemetryDayState(ImmutableList<TelemetryBatch> Batches, string? Damage = null)
{
    /// <summary>Nothing came since it was closed.</summary>
    public bool IsClosed { get; init; }

    public long Applied => Batches.Select(batch => batch.Position).DefaultIfEmpty(0).Max();

    public RowKinds Kinds => Batches.Aggregate(RowKinds.None, (kinds, batch) => kinds | KindsOf(batch));

    public TelemetryDayState Without(RowKinds kinds) =>
        this with
        {
            Batches = Batches.ConvertAll(batch => Without(batch, kinds)),
        };

    public static TelemetryBatch Without(TelemetryBatch batch, RowKinds kinds) =>
        batch with
        {
            Events = kinds.HasFlag(RowKinds.Events) ? [] : batch.Events,
            Spans = kinds.HasFlag(RowKinds.Spans) ? [] : batch.Spans,
            Outcomes = kinds.HasFlag(RowKinds.Outcomes) ? [] : batch.Outcomes,
        };

    static RowKinds KindsOf(TelemetryBatch batch) =>
        (batch.Events.Count > 0 ? RowKinds.Events : RowKinds.None)
        | (batch.Spans.Count > 0 ? RowKinds.Spans : RowKinds.None)
        | (batch.Outcomes.Count > 0 ? RowKinds.Outcomes : RowKinds.None);
}

/// <summary>
/// What a telemetry store has committed: it outlives the process. Floor: a position that outlives the days it came from.
/// Immutable, so that a state can be kept for later at no cost.
/// </summary>
sealed record TelemetryDays(ImmutableSortedDictionary<DateOnly, TelemetryDayState> Days, long Floor)
{
    public static TelemetryDays Empty { get; } = new(ImmutableSortedDictionary<DateOnly, TelemetryDayState>.Empty, 0);

    public long Applied => Days.Values.Select(day => day.Applied).Append(Floor).Max();

    public TelemetryDays Add(TelemetryBatch batch)
    {
        var day = Days.GetValueOrDefault(batch.Day) ?? new(ImmutableList<TelemetryBatch>.Empty);
        return this with { Days = Days.SetItem(batch.Day, day with { Batches = day.Batches.Add(batch), IsClosed = false }) };
    }

    /// <summary>The file of the day cannot be read: it is set aside, and its rows are gone until a rebuild.</summary>
    public TelemetryDays Damage(DateOnly day) =>
        this with
        {
            Days = Days.SetItem(day, new(ImmutableList<TelemetryBatch>.Empty, "damaged")),
            Floor = 0,
        };

    /// <summary>The file is gone, as if somebody had deleted it.</summary>
    public TelemetryDays Lose(DateOnly day) => this with { Days = Days.Remove(day), Floor = 0 };

    /// <summary>
    /// The file lost its last commits: an older copy, a log that was cut. Of those that are the last of all days, as none is missed that lies before
    /// another day's: see "What does not hold".
    /// </summary>
    public TelemetryDays Forget(DateOnly day, int batches)
    {
        var others = Days.Where(other => other.Key != day).Select(other => other.Value.Applied).DefaultIfEmpty(0).Max();
        var (state, lost) = (Days[day], Days[day].Batches.Count(batch => batch.Position > others));
        return this with
        {
            Days = Days.SetItem(
                day,
                state with
                {
                    Batches = state.Batches.GetRange(0, state.Batches.Count - Math.Min(batches, lost)),
                    IsClosed = false,
                }
            ),
            Floor = 0,
        };
    }
}
