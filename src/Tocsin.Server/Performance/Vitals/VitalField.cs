using Tocsin.Server.Traces;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance.Vitals;

/// <summary>The vitals as the store reckons them.</summary>
static class VitalField
{
    /// <summary>What a page that loads at once, or never moves, is measured with; no browser tells these apart from nothing.</summary>
    const double Least = 1e-6;

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

    /// <summary>
    /// The mean of <see cref="VitalScore"/>. Engines have no error function; a logistic of the third degree follows the normal distribution
    /// to 0.00014.
    /// </summary>
    public static Selected Score(Vital vital, VitalThresholds thresholds)
    {
        var limits = vital.Limits(thresholds);
        var deviations =
            new Expression.Applied(Function.Ln, (Of(vital) + Least) / limits.Poor)
            * (VitalScore.DeviationsToNineTenths / Math.Log(limits.Poor / limits.Good));
        var odds = new Expression.Applied(Function.Exp, (deviations * 1.5976) + (deviations * deviations * deviations * 0.07056));
        return new($"{vital.Name}.score", new Expression.Aggregate(AggregateKind.Avg, (Expression)1 / (odds + 1)));
    }
}
