using Tocsin.Server.Explore;
using Tocsin.Server.Traces;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance.Vitals;

/// <summary>The vitals as the store reckons them.</summary>
static class VitalField
{
    /// <summary>Rows that bring at least one.</summary>
    public static Filter Any { get; } = new Filter.Or([.. Vital.All.Select(vital => new Filter.Has(Of(vital)))]);

    public static Expression Of(Vital vital) => SpanField.Of($"measurements.{vital.Name}");

    /// <summary>Count, p75, good ones, poor ones.</summary>
    public static IEnumerable<Selected> Measures(Vital vital, VitalThresholds thresholds)
    {
        var (value, limits) = (Of(vital), vital.Limits(thresholds));
        yield return new($"{vital.Name}.count", new Expression.Aggregate(AggregateKind.Count, value));
        yield return new($"{vital.Name}.p75", new Expression.Quantile(value, 0.75));
        yield return new(
            $"{vital.Name}.good",
            Expression.CountIf(limits.Where(value, Comparison.LessOrEqual, limit => limit.Good))
        );
        yield return new($"{vital.Name}.poor", Expression.CountIf(limits.Where(value, Comparison.Greater, limit => limit.Poor)));
    }

    /// <summary>Of the rows, the share that came from phones, 0 to 1.</summary>
    public static Selected Phones { get; } = new("phones", Expression.CountIf(DeviceLimits.OnPhone) / Expression.Count);

    /// <summary>The mean of what <see cref="VitalScores"/> says of each.</summary>
    public static Selected Score(Vital vital, VitalThresholds thresholds) =>
        new(
            $"{vital.Name}.score",
            new Expression.Aggregate(AggregateKind.Avg, VitalScores.Of(Of(vital), vital.Limits(thresholds)))
        );
}
