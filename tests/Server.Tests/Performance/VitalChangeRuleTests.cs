using Tocsin.Server.Performance.Vitals;

namespace Server.Tests.Performance;

public class VitalChangeRuleTests
{
    [Theory]
    [InlineData("worse beyond chance", "lcp", 1_000, 2_000, 1_000, 2_600, "Worse")]
    [InlineData("better beyond chance", "lcp", 1_000, 2_600, 1_000, 2_000, "Better")]
    [InlineData("the same", "lcp", 1_000, 2_000, 1_000, 2_000, "Same")]
    [InlineData("a little worse, seen very often", "lcp", 1_000_000, 2_000, 1_000_000, 2_150, "Same")]
    [InlineData("twice as slow and still at once", "inp", 1_000_000, 4, 1_000_000, 8, "Same")]
    [InlineData("layout that began to shift", "cls", 1_000, 0, 1_000, 0.2, "Worse")]
    [InlineData("as likely chance", "lcp", 60, 2_000, 60, 2_300, "Same")]
    [InlineData("too few before", "lcp", 49, 2_000, 1_000, 9_000, "Unknown")]
    [InlineData("too few after", "lcp", 1_000, 2_000, 49, 9_000, "Unknown")]
    public void A_change_is_one_that_is_felt_and_no_chance(
        string what,
        string vital,
        double seenBefore,
        double before,
        double seenAfter,
        double after,
        string change
    ) =>
        VitalChangeRule
            .Of(Vital.All.Single(one => one.Name == vital), Side(seenBefore, before), Side(seenAfter, after))
            .ToString()
            .ShouldBe(change, what);

    /// <summary>Values that lie evenly around their p75, so that it is as uncertain as their number leaves it.</summary>
    static VitalSide Side(double seen, double p75)
    {
        var error = 2 * Math.Sqrt(0.75 * 0.25 / seen);
        return new(seen, p75, p75 * (1 - error), p75 * (1 + error));
    }
}
