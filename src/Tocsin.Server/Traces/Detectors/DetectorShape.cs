using System.Globalization;

namespace Tocsin.Server.Traces.Detectors;

/// <summary>A detector in a project. Type: of the issues that it raises; Setting: the name of its switch.</summary>
sealed record DetectorShape
{
    public required string Type { get; init; }
    public required string Title { get; init; }
    public required string Setting { get; init; }
    public required bool Enabled { get; init; }
    public required IReadOnlyList<ThresholdShape> Thresholds { get; init; }

    public static DetectorShape Of(Detector detector, DetectorOptions options) =>
        new()
        {
            Type = detector.Kind.Type,
            Title = detector.Kind.Title,
            Setting = detector.Switch,
            Enabled = detector.IsOn(options),
            Thresholds = [.. detector.Thresholds.Select(threshold => ThresholdShape.Of(threshold, options))],
        };
}

/// <summary>
/// Unit: <c>milliseconds</c>, <c>bytes</c>, <c>count</c> or <c>ratio</c>; all but ratios are whole numbers. Usual: where the project has set none.
/// </summary>
sealed record ThresholdShape
{
    public required string Name { get; init; }
    public required string Title { get; init; }
    public required string Unit { get; init; }
    public required double Value { get; init; }
    public required double Usual { get; init; }
    public required double Least { get; init; }
    public required double Most { get; init; }

    public static ThresholdShape Of(Threshold threshold, DetectorOptions options) =>
        new()
        {
            Name = threshold.Name,
            Title = threshold.Title,
            Unit = threshold.Unit.ToString().ToLower(CultureInfo.InvariantCulture),
            Value = threshold.Of(options),
            Usual = threshold.Usual,
            Least = threshold.Least,
            Most = threshold.Most,
        };
}
