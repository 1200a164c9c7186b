using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore;

/// <summary>
/// How long all spans took together, in milliseconds, of which <c>time_spent_percentage()</c> tells each group's share: all of the projects and
/// the period, and those among them that the query chooses.
/// </summary>
sealed record SpentTimes(SpentTime All, SpentTime Chosen)
{
    /// <summary>The beginning of the function that needs them.</summary>
    public const string Sign = "time_spent_percentage(";

    public static SpentTimes Unknown { get; } = new(default(SpentTime), default);
}

readonly record struct SpentTime(double SelfTime, double Duration)
{
    public static IReadOnlyList<Selected> Columns { get; } =
    [
        new("self", new Expression.Aggregate(AggregateKind.Sum, new Expression.Field("span.self_time"))),
        new("whole", new Expression.Aggregate(AggregateKind.Sum, new Expression.Field("span.duration"))),
    ];

    /// <summary>No span at all took no time.</summary>
    public static SpentTime Read(IReadOnlyList<object?> row) => new(row[0] as double? ?? 0, row[1] as double? ?? 0);
}
