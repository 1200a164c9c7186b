using Tocsin.Server.Explore;
using Tocsin.Server.Traces;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance;

/// <summary>What the pages reckon of a group of runs. Durations are milliseconds.</summary>
static class Figure
{
    /// <summary>Up to it users are satisfied, up to four times as much they bear it.</summary>
    public const double Satisfying = 300;

    public static Expression P50 { get; } = Quantile(0.5);
    public static Expression P75 { get; } = Quantile(0.75);
    public static Expression P95 { get; } = Quantile(0.95);
    public static Expression P99 { get; } = Quantile(0.99);
    public static Expression Users { get; } = Expression.Distinct(SpanField.User);
    public static Expression FailureRate { get; } = Formulas.FailureRate;
    public static Expression Apdex { get; } = Formulas.Apdex(SpanField.Duration, Satisfying);
    public static Expression UserMisery { get; } = Formulas.UserMisery(SpanField.Duration, Satisfying);
    public static Expression SelfTime { get; } = new Expression.Aggregate(AggregateKind.Sum, SpanField.SelfTime);

    static Expression.Quantile Quantile(double share) => new(SpanField.Duration, share);
}
