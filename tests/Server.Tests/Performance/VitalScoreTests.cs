using Tocsin.Server.Explore;
using Tocsin.Server.Performance.Vitals;

namespace Server.Tests.Performance;

public class VitalScoreTests
{
    [Theory]
    [InlineData(2500, 0.9)]
    [InlineData(4000, 0.5)]
    [InlineData(0, 1)]
    [InlineData(-3, 1)]
    public void A_page_at_a_limit_has_the_score_of_that_limit(double value, double score) =>
        VitalScore.Of(value, 2500, 4000).ShouldBe(score, 1e-6);

    [Fact]
    public void A_score_falls_as_the_value_grows_and_stays_between_0_and_1()
    {
        var scores = Enumerable.Range(10, 100).Select(step => VitalScore.Of(step * 50, 1200, 2400)).ToList();

        scores.Zip(scores.Skip(1)).ShouldAllBe(pair => pair.First > pair.Second);
        scores.ShouldAllBe(score => score > 0 && score < 1);
    }

    /// <summary>Standard normal: 0.8413447 lies below one deviation.</summary>
    [Fact]
    public void A_score_is_the_complement_of_a_log_normal_distribution()
    {
        var deviation = Math.Log(4000.0 / 2500) / VitalScores.DeviationsToNineTenths;

        VitalScore.Of(4000 * Math.Exp(deviation), 2500, 4000).ShouldBe(1 - 0.8413447, 1e-6);
        VitalScore.Of(4000 * Math.Exp(-2 * deviation), 2500, 4000).ShouldBe(0.9772499, 1e-6);
    }

    [Fact]
    public void The_weights_of_the_vitals_make_up_the_whole() => Vital.All.Sum(vital => vital.Weight).ShouldBe(1, 1e-9);
}
