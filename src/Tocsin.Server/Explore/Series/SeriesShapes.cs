using System.Text.Json.Serialization;
using Tocsin.Server.Api;

namespace Tocsin.Server.Explore.Series;

/// <summary>The older form: pairs of a time in seconds and one count. A step without rows has 0 of what is counted, and null of the rest.</summary>
sealed record EventsStatsShape(IReadOnlyList<object[]> Data, long Start, long End, int Order, EventsMeta Meta)
{
    public bool IsMetricsData { get; }
    public bool IsMetricsExtractedData { get; }
}

/// <summary>ComparisonCount: of the step so long before; absent where there is none.</summary>
sealed record StatsCount(
    double? Count,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? ComparisonCount = null
);

/// <summary>Times are milliseconds since 1970.</summary>
sealed record TimeSeriesAnswer(TimeSeriesRange Meta, IReadOnlyList<TimeSeriesShape> TimeSeries);

sealed record TimeSeriesRange(string Dataset, long Start, long End, AnswerNotes Tocsin);

sealed record TimeSeriesShape(
    string YAxis,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<TimeSeriesGroup>? GroupBy,
    IReadOnlyList<TimeSeriesValue> Values,
    TimeSeriesMeta Meta
);

sealed record TimeSeriesGroup(string Key, object? Value);

/// <summary>
/// Incomplete: the step is not over yet. Value: null where a share, a quantile or the like has no rows. ComparisonValue: of the step so long before;
/// absent where there is none.
/// </summary>
sealed record TimeSeriesValue(
    long Timestamp,
    double? Value,
    bool Incomplete,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? ComparisonValue = null
);

/// <summary>Interval: milliseconds.</summary>
sealed record TimeSeriesMeta(string ValueType, string? ValueUnit, long Interval, bool IsOther, int Order);
