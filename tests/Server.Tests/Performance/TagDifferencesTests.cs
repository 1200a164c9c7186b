using Tocsin.Server.Performance.Differences;

namespace Server.Tests.Performance;

public sealed class TagDifferencesTests
{
    [Fact]
    public void A_user_seen_twice_tells_nothing_of_slowness()
    {
        // Two hundred users with two runs each, of whom twenty had bad luck both times.
        List<SampledRun> all = [.. Enumerable.Range(0, 400).Select(at => Run(at, ("user", $"id:{at / 2}")))];

        TagDifferences.Between([.. all.Take(40)], all).ShouldBeEmpty();
    }

    [Fact]
    public void A_user_who_has_a_fifth_of_the_slow_runs_is_listed()
    {
        List<SampledRun> all = [.. Enumerable.Range(0, 400).Select(at => Run(at, ("user", at < 8 ? "id:7" : $"id:{at}")))];

        var tag = TagDifferences.Between([.. all.Take(40)], all).ShouldHaveSingleItem();

        (tag.Value, tag.SlowCount, tag.SlowShare, tag.AllShare).ShouldBe(("id:7", 8, 0.2, 0.02));
    }

    [Fact]
    public void Few_slow_runs_tell_something_where_all_of_them_have_what_is_rare()
    {
        List<SampledRun> all = [.. Enumerable.Range(0, 40).Select(at => Run(at, ("cache", at < 4 ? "miss" : "hit")))];

        TagDifferences.Between([.. all.Take(4)], all).Select(tag => tag.Value).ShouldBe(["miss"]);
        TagDifferences.Between([.. all.Take(2)], all).ShouldBeEmpty();
    }

    [Fact]
    public void The_same_share_is_told_of_the_larger_number()
    {
        static List<SampledRun> Runs(int count, int modulus) =>
            [.. Enumerable.Range(0, count).Select(at => Run(at, ("browser.name", at % modulus == 0 ? "Safari" : "Chrome")))];

        TagDifferences.Between(Runs(10, 2), Runs(100, 4)).ShouldBeEmpty();
        TagDifferences.Between(Runs(100, 2), Runs(1000, 4)).Select(tag => tag.Value).ShouldBe(["Safari"]);
    }

    static SampledRun Run(int at, params (string, string)[] traits) => new((UInt128)at, at, 100, traits);
}
