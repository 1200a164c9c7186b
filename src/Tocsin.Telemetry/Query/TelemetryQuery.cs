using System.Collections.Frozen;

namespace Tocsin.Telemetry.Query;

/// <summary>A question as data; SQL exists only behind <see cref="TelemetryStore"/>.</summary>
public sealed record TelemetryQuery
{
    public required Dataset Dataset { get; init; }

    /// <summary>Empty: every project. The caller's access is decided before this point.</summary>
    public IReadOnlyList<long> Projects { get; init; } = [];

    /// <summary>Half-open, by the event's own timestamp. Arrival days that hold no row of it are not read.</summary>
    public required TimeRange Range { get; init; }

    /// <summary>
    /// Rows of the issues that are keys are selected, filtered and grouped as if they were of the issues that are values. No value is a key.
    /// </summary>
    public IReadOnlyDictionary<long, long> Merged { get; init; } = FrozenDictionary<long, long>.Empty;

    public required IReadOnlyList<Selected> Select { get; init; }
    public Filter? Where { get; init; }

    /// <summary>Plain expressions; every non-aggregate of Select must be among them when any aggregate is selected.</summary>
    public IReadOnlyList<Expression> GroupBy { get; init; } = [];

    /// <summary>Which groups are answered; its left sides are aggregates or expressions grouped by.</summary>
    public Filter? Having { get; init; }

    public IReadOnlyList<Ordering> OrderBy { get; init; } = [];
    public int Limit { get; init; } = 100;
    public int Offset { get; init; }

    /// <summary>Whether the answer tells how many groups there are, of which it shows some.</summary>
    public bool CountsGroups { get; init; }
    public TimeSpan Budget { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Whether the expression stands anywhere in it.</summary>
    public bool Mentions(Expression sought) =>
        this.Expressions().Any(expression => expression.Mentions(sought)) || Where?.Mentions(sought) == true;
}

/// <summary>EventTags: one row per event and tag, with the fields <c>tag.key</c> and <c>tag.value</c> beside the event's own.</summary>
public enum Dataset
{
    Events,
    EventTags,
    Spans,
    Outcomes,
}

/// <summary>Microseconds since 1970 UTC; From inclusive, To exclusive.</summary>
public readonly record struct TimeRange(long From, long To)
{
    public static TimeRange All => new(0, long.MaxValue);
}

public sealed record Selected(string Name, Expression Expression);

public sealed record Ordering(Expression Expression, bool Descending);

/// <summary>
/// Values are long, double, bool, string, UInt128 (ids), <see cref="Distribution"/> or null; times are long. Partial: rows of a day were missing, or the budget ended before all
/// was read (then the newest day alone may have answered, or none).
/// </summary>
public sealed record TelemetryResult(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<object?>> Rows, bool Partial)
{
    /// <summary>Some row that an aggregate is made of stands for several: counts are estimates.</summary>
    public bool Sampled { get; init; }

    /// <summary>The one row of what is reckoned of all together; nulls where the time was over before it was.</summary>
    public IReadOnlyList<object?> Whole => Rows is [var row] ? row : new object?[Columns.Count];

    /// <summary>How many groups there are, where that was asked for; null when none of them is among the rows because of the offset.</summary>
    public long? Groups { get; init; }
}
