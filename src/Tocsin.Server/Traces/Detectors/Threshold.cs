namespace Tocsin.Server.Traces.Detectors;

/// <summary>A number from which on a detector speaks, which each project may set.</summary>
/// <param name="Name">Sentry's name of it, or one made like those.</param>
/// <param name="Title">What is measured, for people.</param>
/// <param name="Least">A project may set no less: below it nearly everything would be a problem.</param>
/// <param name="Of">In the unit.</param>
sealed record Threshold(
    string Name,
    string Title,
    ThresholdUnit Unit,
    double Least,
    double Most,
    Func<DetectorOptions, double> Of,
    Func<DetectorOptions, double, DetectorOptions> With
)
{
    public double Usual => Of(DetectorOptions.Default);

    public bool IsWhole => Unit is not ThresholdUnit.Ratio;

    /// <param name="value">In the unit.</param>
    public Measure Measure(double value, DetectorOptions options) => new(this, value, Of(options));
}

enum ThresholdUnit
{
    Milliseconds,
    Bytes,
    Count,
    Ratio,
}
