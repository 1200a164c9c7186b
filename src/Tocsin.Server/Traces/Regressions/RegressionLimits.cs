using Tocsin.Server.Projects;
using Tocsin.Server.Traces.Detectors;

namespace Tocsin.Server.Traces.Regressions;

/// <summary>From where on an endpoint of a project became slower. It goes through the journal with what was found by it.</summary>
/// <param name="Runs">That either release must have.</param>
/// <param name="Ratio">Of the p95 to the one before.</param>
/// <param name="Difference">Milliseconds.</param>
sealed record RegressionLimits(double Runs, double Ratio, double Difference)
{
    /// <summary>Null: the project does not want to know.</summary>
    public static RegressionLimits? Of(ProjectOptions project)
    {
        var options = DetectorOptions.Of(project);
        return DetectorTable.EndpointRegression.IsOn(options)
            ? new(
                Thresholds.RegressionRuns.Of(options),
                Thresholds.RegressionRatio.Of(options),
                Thresholds.RegressionDifference.Of(options)
            )
            : null;
    }

    public IReadOnlyList<Measure> Measures(Slowdown slowdown) =>
        [
            new(Thresholds.RegressionRatio, slowdown.P95 / slowdown.P95Before, Ratio),
            new(Thresholds.RegressionDifference, slowdown.P95 - slowdown.P95Before, Difference),
            new(Thresholds.RegressionRuns, Math.Min(slowdown.Runs, slowdown.RunsBefore), Runs),
        ];
}
