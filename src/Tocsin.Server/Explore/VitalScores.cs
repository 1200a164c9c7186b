using Tocsin.Server.Explore.Reading;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore;

/// <summary>
/// How good a page load was, from 0 to 1, by its web vitals. Sentry stores <c>measurements.score.lcp</c>, <c>score.weight.lcp</c>,
/// <c>score.ratio.lcp</c> and <c>score.total</c> beside the vitals themselves; we reckon them when they are asked for.
/// </summary>
static class VitalScores
{
    /// <summary>Standard deviations between the values that score 0.9 and 0.5.</summary>
    const double DeviationsToNineTenths = 0.9061938024368232 * 1.4142135623730951;

    /// <summary>What a page that loads at once, or never moves, is measured with; no browser tells these apart from nothing.</summary>
    const double Least = 1e-6;

    const string Prefix = "measurements.score.";

    /// <summary>Of the vitals that a load has.</summary>
    static readonly Expression AllWeights = Sum(Weight);

    static readonly Expression Total = Sum(vital => Ratio(vital) * vital.Weight) / AllWeights;

    /// <summary>
    /// The complement of a log-normal distribution. Engines have no error function; a logistic of the third degree follows the normal distribution to
    /// 0.00014.
    /// </summary>
    /// <param name="value">What was measured.</param>
    /// <param name="limits">The good one scores 0.9, the poor one 0.5.</param>
    public static Expression Of(Expression value, DeviceLimits limits) =>
        limits.AreOne
            ? Of(value, limits.Desktop)
            : new Expression.Choice(DeviceLimits.OnPhone, Of(value, limits.Phone), Of(value, limits.Desktop));

    static Expression Of(Expression value, VitalLimits limits)
    {
        var (good, poor) = limits;
        var deviations =
            new Expression.Applied(Function.Ln, (value + Least) / poor) * (DeviationsToNineTenths / Math.Log(poor / good));
        var odds = new Expression.Applied(Function.Exp, (deviations * 1.5976) + (deviations * deviations * deviations * 0.07056));
        return (Expression)1 / (odds + 1);
    }

    /// <summary>Those that are asked for most: the total, and each vital's part of it.</summary>
    public static IEnumerable<string> Names => ScoredVital.All.Select(vital => Prefix + vital.Name).Prepend($"{Prefix}total");

    /// <summary>Null: it is no score of a vital.</summary>
    public static Expression? Named(string measurement) =>
        Read(measurement) switch
        {
            null => null,
            (_, null) => Total,
            ("weight", { } vital) => Weight(vital) / AllWeights,
            ("ratio", { } vital) => Ratio(vital),
            (_, { } vital) => Ratio(vital) * vital.Weight / AllWeights,
        };

    /// <summary>The measurements of which one at least must be there for the score to be.</summary>
    public static IEnumerable<string>? Measured(string measurement) =>
        Read(measurement) is var (_, vital) ? (vital is null ? ScoredVital.All : [vital]).Select(Measurement) : null;

    /// <summary>Vital: null for the total. Null: it is no score.</summary>
    static (string Part, ScoredVital? Vital)? Read(string measurement)
    {
        if (!measurement.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }
        var name = measurement[Prefix.Length..];
        var dot = name.IndexOf('.', StringComparison.Ordinal);
        var part = name[..Math.Max(dot, 0)];
        return name == "total" ? ("", null)
            : part is "" or "weight" or "ratio" && ScoredVital.Find(name[(dot + 1)..]) is { } vital ? (part, vital)
            : null;
    }

    static string Measurement(ScoredVital vital) => $"measurements.{vital.Name}";

    static Expression.Field Value(ScoredVital vital) => new(Measurement(vital));

    static Expression Ratio(ScoredVital vital) => Of(Value(vital), vital.Limits);

    /// <summary>Null where the load has no such vital.</summary>
    static Expression Weight(ScoredVital vital) => Value(vital) * 0.0 + vital.Weight;

    static Expression Sum(Func<ScoredVital, Expression> part) =>
        ScoredVital
            .All.Select(vital => (Expression)new Expression.Applied(Function.OrZero, part(vital)))
            .Aggregate((first, second) => first + second);
}
