using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore;

/// <summary>The measures of performance that are reckoned from several aggregates, as Sentry reckons them. Durations are milliseconds.</summary>
static class Formulas
{
    const double MiseryAlpha = 5.8875;
    const double MiseryBeta = 111.8625;

    static readonly Expression User = new Expression.Field("user");

    public static Filter Failed { get; } = Is(new Expression.Field("span.failed"), Comparison.Equal, true);

    public static Expression FailureRate { get; } = Expression.CountIf(Failed) / Expression.Count;

    /// <summary>The share of those who are satisfied, and half of those who bear it.</summary>
    public static Expression Apdex(Expression duration, ApdexThreshold threshold) =>
        (Expression.CountIf(threshold.Satisfies(duration)) + Expression.CountIf(threshold.IsBorne(duration)) / 2)
        / Expression.Count;

    /// <summary>The users who waited longer than anybody bears.</summary>
    public static Expression MiserableUsers(Expression duration, ApdexThreshold threshold) =>
        Expression.Distinct(User, threshold.Frustrates(duration));

    /// <summary>Their share, drawn towards what is usual where users are few.</summary>
    public static Expression UserMisery(Expression duration, ApdexThreshold threshold) =>
        (MiserableUsers(duration, threshold) + MiseryAlpha) / (Expression.Distinct(User) + (MiseryAlpha + MiseryBeta));

    public static Expression Per(TimeSpan unit, TimeSpan stretch) => Expression.Count / (stretch / unit);

    static Filter.Compare Is(Expression left, Comparison comparison, object value) => new(left, comparison, value);
}
