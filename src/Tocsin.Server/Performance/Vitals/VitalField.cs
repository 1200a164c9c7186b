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
            Expression.CountIf(new Filter.Compare(value, Comparison.LessOrEqual, limits.Good))
        );
        yield return new($"{vital.Name}.poor", Expression.CountIf(new Filter.Compare(value, Comparison.Greater, limits.Poor)));
    }

    /// <summary>The mean of what <see cref="VitalScores"/> says of each.</summary>
    public static Selected Score(Vital vital, VitalThresholds thresholds)
    {
        var limits = vital.Limits(thresholds);
        return new(
            $"{vital.Name}.score",
            new Expression.Aggregate(AggregateKind.Avg, VitalScores.Of(Of(vital), limits.Good, limits.Poor))
        );
    }
}
