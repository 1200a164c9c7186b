using Tocsin.Server.Explore;
using Tocsin.Server.Traces;
using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Performance;

/// <summary>What the pages reckon of a group of runs. Durations are milliseconds.</summary>
static class Figure
{
    public static Expression P50 { get; } = Quantile(0.5);
    public static Expression P75 { get; } = Quantile(0.75);
    public static Expression P95 { get; } = Quantile(0.95);
    public static Expression P99 { get; } = Quantile(0.99);
    public static Expression Users { get; } = Expression.Distinct(SpanField.User);
    public static Expression FailureRate { get; } = Formulas.FailureRate;
    public static Expression SelfTime { get; } = new Expression.Aggregate(AggregateKind.Sum, SpanField.SelfTime);

    public static Expression Apdex(ApdexThreshold threshold) => Formulas.Apdex(SpanField.Duration, threshold);

    public static Expression UserMisery(ApdexThreshold threshold) => Formulas.UserMisery(SpanField.Duration, threshold);

    static Expression.Quantile Quantile(double share) => new(SpanField.Duration, share);
}
