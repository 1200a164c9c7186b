using Tocsin.Server.Explore;

namespace Server.Tests.Explore;

public class ExactScoreTests
{
    [Theory]
    [InlineData(2500, 0.9)]
    [InlineData(4000, 0.5)]
    [InlineData(0, 1)]
    [InlineData(-3, 1)]
    public void A_page_at_a_limit_has_the_score_of_that_limit(double value, double score) =>
        ExactScore.Of(value, 2500, 4000).ShouldBe(score, 1e-6);

    /// <summary>Standard normal: 0.8413447 lies below one deviation, 0.9 below 1.2815516.</summary>
    [Fact]
    public void A_score_is_the_complement_of_a_log_normal_distribution()
    {
        var deviation = Math.Log(4000.0 / 2500) / 1.2815516;

        ExactScore.Of(4000 * Math.Exp(deviation), 2500, 4000).ShouldBe(1 - 0.8413447, 1e-6);
        ExactScore.Of(4000 * Math.Exp(-2 * deviation), 2500, 4000).ShouldBe(0.9772499, 1e-6);
    }

    [Fact]
    public void The_weights_of_the_vitals_make_up_the_whole() => ScoredVital.All.Sum(vital => vital.Weight).ShouldBe(1, 1e-9);
}
