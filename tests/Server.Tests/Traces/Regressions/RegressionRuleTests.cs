using Tocsin.Server.Projects;
using Tocsin.Server.Traces.Regressions;

namespace Server.Tests.Traces.Regressions;

/// <summary>
/// Runs as services have them: most are quick, some take several times as long. Median in milliseconds; spread: the standard deviation of the
/// logarithm.
/// </summary>
public sealed class RegressionRuleTests
{
    static readonly RegressionOptions Options = new();
    static readonly RegressionLimits Limits = RegressionLimits.Of(ProjectOptions.Default)!;

    [Theory]
    [InlineData("twice as slow", 400, 100, 0.5, 400, 200, 0.5)]
    [InlineData("a good half slower, often seen", 2_000, 200, 0.5, 2_000, 340, 0.5)]
    [InlineData("three times as slow, seen a hundred times", 100, 100, 0.4, 100, 300, 0.4)]
    [InlineData("only the slow runs are slower", 3_000, 100, 0.4, 3_000, 105, 0.9)]
    [InlineData("a cache is gone", 500, 20, 0.3, 500, 150, 0.6)]
    [InlineData("a slow report", 300, 4_000, 0.3, 300, 9_000, 0.3)]
    [InlineData("a new release that few use yet", 20_000, 150, 0.6, 150, 450, 0.6)]
    [InlineData("an old release that few used", 150, 150, 0.4, 20_000, 450, 0.4)]
    [InlineData("a timeout of five seconds", 1_000, 200, 0.3, 1_000, 5_000, 0.01)]
    [InlineData("runs that were all alike", 500, 100, 0.0, 500, 300, 0.0)]
    [InlineData("very many runs", 30_000, 60, 0.7, 30_000, 110, 0.7)]
    public void A_slowdown_is_one(string what, int m, double before, double spread, int n, double after, double spreadAfter) =>
        Holds(Runs(m, before, spread, 1), Runs(n, after, spreadAfter, 2)).ShouldBeTrue(what);

    [Theory]
    [InlineData("the same", 1_000, 200, 0.5, 1_000, 200, 0.5)]
    [InlineData("faster", 1_000, 400, 0.5, 1_000, 200, 0.5)]
    [InlineData("a little slower", 20_000, 200, 0.5, 20_000, 260, 0.5)]
    [InlineData("twice as slow and still quick", 5_000, 8, 0.4, 5_000, 16, 0.4)]
    [InlineData("too few before", 99, 100, 0.4, 5_000, 400, 0.4)]
    [InlineData("too few after", 5_000, 100, 0.4, 99, 400, 0.4)]
    [InlineData("nobody before", 0, 100, 0.4, 5_000, 400, 0.4)]
    [InlineData("the same with a wide spread, seldom seen", 100, 200, 1.8, 100, 200, 1.8)]
    [InlineData("as slow in the middle, steadier at the end", 1_000, 200, 0.9, 1_000, 240, 0.2)]
    [InlineData("slow all the time", 1_000, 5_000, 0.3, 1_000, 5_100, 0.3)]
    [InlineData("all alike", 1_000, 500, 0.0, 1_000, 500, 0.0)]
    public void Anything_else_is_none(
        string what,
        int m,
        double before,
        double spread,
        int n,
        double after,
        double spreadAfter
    ) => Holds(Runs(m, before, spread, 1), Runs(n, after, spreadAfter, 2)).ShouldBeFalse(what);

    /// <summary>The rise of the p95 alone is often large where runs are few and differ much.</summary>
    [Fact]
    public void Noise_raises_nothing()
    {
        var suspected = 0;
        for (var seed = 0; seed < 2_000; seed++)
        {
            var (before, after) = (Runs(100, 300, 1.6, 2 * seed), Runs(100, 300, 1.6, (2 * seed) + 1));
            suspected += RegressionRule.Suspects(Side(before), Side(after), Limits) ? 1 : 0;
            Holds(before, after).ShouldBeFalse($"seed {seed}");
        }
        suspected.ShouldBeGreaterThan(100, "else the guard has nothing to do");
    }

    [Theory]
    [InlineData("transaction_duration_regression_ratio", 2, 2.1)]
    [InlineData("transaction_duration_regression_difference_threshold", 100, 101)]
    [InlineData("transaction_duration_regression_count", 150, 151)]
    public void How_much_slower_and_how_often_seen_is_the_projects_to_say(string threshold, double reached, double missed)
    {
        var (before, after) = (new EndpointRuns("1", 1, 150, 100), new EndpointRuns("2", 2, 200, 200));
        RegressionRule.Suspects(before, after, Set(reached)).ShouldBeTrue();
        RegressionRule.Suspects(before, after, Set(missed)).ShouldBeFalse();

        RegressionLimits Set(double value) =>
            RegressionLimits.Of(
                ProjectOptions.Default with
                {
                    DetectorThresholds = new Dictionary<string, double> { [threshold] = value },
                }
            )!;
    }

    static bool Holds(double[] before, double[] after)
    {
        var (earlier, later) = (Side(before), Side(after));
        double Slow(double[] runs) => (double)runs.Count(run => run > earlier.P95) / runs.Length;
        return RegressionRule.Suspects(earlier, later, Limits)
            && RegressionRule.Proves(earlier, Slow(before), later, Slow(after), Options);
    }

    static EndpointRuns Side(double[] runs) =>
        new("1", 1, runs.Length, runs.Length == 0 ? 0 : runs.Order().ElementAt((int)(0.95 * (runs.Length - 1))));

    static double[] Runs(int count, double median, double spread, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => median * Math.Exp(spread * Normal(random)))];
    }

    static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
