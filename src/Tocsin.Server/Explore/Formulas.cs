using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore;

/// <summary>The measures of performance that are reckoned from several aggregates, as Sentry reckons them. Durations and thresholds are milliseconds.</summary>
static class Formulas
{
    const double MiseryAlpha = 5.8875;
    const double MiseryBeta = 111.8625;

    static readonly Expression User = new Expression.Field("user");

    public static Filter Failed { get; } = Is(new Expression.Field("span.failed"), Comparison.Equal, true);

    public static Expression FailureRate { get; } = Expression.CountIf(Failed) / Expression.Count;

    /// <summary>Satisfied up to the threshold, half satisfied up to four times as much.</summary>
    public static Expression Apdex(Expression duration, double threshold) =>
        (
            Expression.CountIf(Is(duration, Comparison.LessOrEqual, threshold))
            + Expression.CountIf(
                new Filter.And([Is(duration, Comparison.Greater, threshold), Is(duration, Comparison.LessOrEqual, 4 * threshold)])
            ) / 2
        ) / Expression.Count;

    /// <summary>The users who waited longer than four times the threshold.</summary>
    public static Expression MiserableUsers(Expression duration, double threshold) =>
        Expression.Distinct(User, Is(duration, Comparison.Greater, 4 * threshold));

    /// <summary>Their share, drawn towards what is usual where users are few.</summary>
    public static Expression UserMisery(Expression duration, double threshold) =>
        (MiserableUsers(duration, threshold) + MiseryAlpha) / (Expression.Distinct(User) + (MiseryAlpha + MiseryBeta));

    public static Expression Per(TimeSpan unit, TimeSpan stretch) => Expression.Count / (stretch / unit);

    static Filter.Compare Is(Expression left, Comparison comparison, object value) => new(left, comparison, value);
}
