using Tocsin.Telemetry.Query;

namespace Tocsin.Server.Explore;

/// <summary>How many page loads have each vital, among all that a query chooses: <c>total_opportunity_score()</c> tells a group's part of them.</summary>
sealed record VitalCounts(IReadOnlyDictionary<string, double> ByName)
{
    /// <summary>The beginning of the function that needs them.</summary>
    public const string Sign = "total_opportunity_score(";

    public static VitalCounts Unknown { get; } = new(new Dictionary<string, double>());

    public static IReadOnlyList<Selected> Columns { get; } =
    [
        .. ScoredVital.All.Select(vital => new Selected(
            vital.Name,
            new Expression.Aggregate(AggregateKind.Count, new Expression.Field($"measurements.{vital.Name}"))
        )),
    ];

    public static VitalCounts Read(IReadOnlyList<object?> row) =>
        new(ScoredVital.All.Zip(row).ToDictionary(pair => pair.First.Name, pair => Convert.ToDouble(pair.Second ?? 0.0, null)));

    public double Of(ScoredVital vital) => ByName.GetValueOrDefault(vital.Name);
}
