using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore.Reading;

/// <summary>A function, and the two parts of a period between which it may have changed.</summary>
/// <param name="Function">As it is written in a field: <c>p95(span.duration)</c>.</param>
/// <param name="Middle">Where the second part begins; microseconds since 1970.</param>
/// <param name="IsImprovement">Whether conditions ask how much less it became; otherwise, how much more.</param>
sealed record Trend(string Function, long Middle, bool IsImprovement)
{
    public const string UsualFunction = "p50()";

    static readonly Expression Time = new Expression.Field("timestamp");

    /// <summary>Of the halves of a period.</summary>
    public static Trend Of(TimeRange range) => new(UsualFunction, MiddleOf(range), false);

    public static long MiddleOf(TimeRange range) => range.From + (range.To - range.From) / 2;

    public Filter Before => new Filter.Compare(Time, Comparison.Less, Middle);

    public Filter After => new Filter.Compare(Time, Comparison.GreaterOrEqual, Middle);
}
