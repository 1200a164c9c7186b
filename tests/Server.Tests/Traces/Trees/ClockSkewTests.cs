using Tocsin.Server.Traces.Trees;
using static Server.Tests.Traces.Trees.SomeTrace;

namespace Server.Tests.Traces.Trees;

public class ClockSkewTests
{
    static (IReadOnlyList<(HostClock Clock, long Shift)> Moved, TraceTree Tree) Settled(params IReadOnlyList<TraceSpan> spans)
    {
        var tree = TraceTree.Of(spans);
        return (ClockSkew.Settle(tree), tree);
    }

    [Fact]
    public void A_child_that_begins_before_its_parent_moves_its_host_so_that_every_call_fits()
    {
        var (moved, tree) = Settled(
            Span(1, null, 0, 1000, host: "web"),
            Span(2, 1, 100, 200, host: "web"),
            Span(3, 2, -400, 100, project: 2, host: "api", segment: true),
            Span(4, 3, -390, 50, project: 2, host: "api"),
            Span(5, 1, 500, 300, host: "web"),
            Span(6, 5, 0, 200, project: 2, host: "api", segment: true)
        );

        // Between 500 (the first call's start) and 600 (the ends of both): in the middle.
        moved.ShouldHaveSingleItem().ShouldBe((new HostClock(2, null, "api"), 550_000));
        tree.Nodes.Where(node => node.Span.ServerName == "api").ShouldAllBe(node => node.Shift == 550_000);
        tree.Nodes.Where(node => node.Span.ServerName == "web").ShouldAllBe(node => node.Shift == 0);
        foreach (var call in tree.Nodes.Where(node => node.Parent is not null))
        {
            call.Start.ShouldBeGreaterThanOrEqualTo(call.Parent!.Start);
            call.End.ShouldBeLessThanOrEqualTo(call.Parent.End);
        }
    }

    [Fact]
    public void Clocks_that_do_not_contradict_each_other_stay() =>
        Settled(
            Span(1, null, 0, 100, host: "web"),
            Span(2, 1, 10, 50, project: 2, host: "api", segment: true),
            Span(3, 1, 90, 500, project: 3, host: "worker", segment: true),
            Span(4, 1, 300, 20, project: 3, host: "worker", segment: true)
        )
            .Moved.ShouldBeEmpty();

    [Fact]
    public void What_is_rounded_away_is_no_skew() =>
        Settled(Span(1, null, 0, 100, host: "web"), Span(2, 1, -0.9, 50, project: 2, host: "api")).Moved.ShouldBeEmpty();

    [Fact]
    public void A_skew_is_handed_down_to_the_hosts_below()
    {
        var (moved, _) = Settled(
            Span(1, null, 0, 100, host: "web"),
            Span(2, 1, -1000, 100, project: 2, host: "api"),
            Span(3, 2, -990, 50, project: 3, host: "db"),
            Span(4, 2, -1500, 600, project: 4, host: "late")
        );

        moved
            .Select(skew => (skew.Clock.ServerName, skew.Shift / 1000))
            .ShouldBe([("api", 1000L), ("db", 1000L), ("late", 1500L)]);
    }

    [Fact]
    public void An_orphan_does_not_hold_its_host_fast_when_another_call_shows_the_skew()
    {
        var (moved, _) = Settled(
            Span(1, null, 0, 100, host: "web"),
            Span(2, 1, -1000, 100, project: 2, host: "api"),
            Span(3, 99, -1200, 10, project: 2, host: "api")
        );

        moved.ShouldHaveSingleItem().Shift.ShouldBe(1_000_000);
    }
}
