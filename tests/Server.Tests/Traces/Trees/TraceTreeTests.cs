using Tocsin.Server.Traces.Trees;
using static Server.Tests.Traces.Trees.SomeTrace;

namespace Server.Tests.Traces.Trees;

public class TraceTreeTests
{
    [Fact]
    public void Whichever_order_spans_arrive_in_they_make_the_same_tree()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var spans = SomeTrace.Random(seed);
            var expected = Drawn(spans);
            var shuffled = spans.ToArray();
            for (var turn = 0; turn < 5; turn++)
            {
                new Random(seed + turn).Shuffle(shuffled);
                Drawn(shuffled).ShouldBe(expected, $"seed {seed}, turn {turn}");
            }
        }
    }

    [Fact]
    public void A_tree_has_every_span_once_and_the_edges_that_were_sent()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var spans = SomeTrace.Random(seed);
            var ids = spans.Select(span => span.SpanId).ToHashSet();

            var tree = TraceTree.Of(spans);

            tree.Nodes.Select(node => node.Span.SpanId).Order().ShouldBe(ids.Order());
            foreach (var node in tree.Nodes)
            {
                var named = node.Span.ParentSpanId is { } parent && ids.Contains(parent) ? (long?)parent : null;
                (node.Parent?.Span.SpanId).ShouldBe(named, $"seed {seed}");
                (node.Parent?.Children.Contains(node) ?? tree.Roots.Contains(node)).ShouldBeTrue();
            }
        }
    }

    [Fact]
    public void A_span_whose_parent_has_not_arrived_is_a_root_until_it_does()
    {
        var (root, late, child) = (Span(1, null, 0, 100), Span(2, 1, 10, 50), Span(3, 2, 20, 10));

        var before = TraceTree.Of([root, child]);
        var after = TraceTree.Of([root, child, late]);

        before.Roots.Select(node => node.Span.SpanId).ShouldBe([1, 3]);
        before.Roots[1].Span.ParentSpanId.ShouldBe(2);
        after.Roots.ShouldHaveSingleItem().Children.ShouldHaveSingleItem().Children.ShouldHaveSingleItem().Span.ShouldBe(child);
    }

    [Fact]
    public void Of_a_span_that_was_sent_twice_the_fuller_one_is_kept()
    {
        var begun = Span(2, 1, 10, 0);
        var ended = Span(2, 1, 10, 50);

        TraceTree.Of([ended, begun]).Nodes.ShouldHaveSingleItem().Span.ShouldBe(ended);
        TraceTree.Of([begun, ended]).Nodes.ShouldHaveSingleItem().Span.ShouldBe(ended);
    }

    [Fact]
    public void A_server_that_shares_the_id_of_its_client_hangs_below_it()
    {
        var client = Span(7, 1, 10, 80, project: 1);
        var server = Span(7, 1, 20, 60, project: 2, segment: true);
        var query = Span(8, 7, 30, 10, project: 2);

        var tree = TraceTree.Of([Span(1, null, 0, 100), server, query, client]);

        var half = tree.Roots.ShouldHaveSingleItem().Children.ShouldHaveSingleItem();
        half.Span.ShouldBe(client);
        half.Children.ShouldHaveSingleItem().Span.ShouldBe(server);
        half.Children[0].Children.ShouldHaveSingleItem().Span.ShouldBe(query);
    }

    /// <summary>Zipkin's clients, all of one project.</summary>
    [Fact]
    public void A_server_that_shares_the_id_of_its_client_in_one_project_hangs_below_it_whatever_their_order()
    {
        var client = Span(7, 1, 10, 80, segment: true) with { Kind = "client", Service = "shop" };
        var server = Span(7, 1, 20, 60, segment: true) with { Kind = "server", Service = "stock" };
        var lookup = Span(8, 7, 12, 5) with { Service = "shop" };
        var query = Span(9, 7, 30, 10) with { Service = "stock" };
        TraceSpan[] spans = [client, server, lookup, query, server with { Duration = 1 }];

        foreach (var order in (TraceSpan[][])[spans, [.. spans.AsEnumerable().Reverse()]])
        {
            var tree = TraceTree.Of(order);

            tree.Nodes.Count.ShouldBe(4);
            var half = tree.Roots.ShouldHaveSingleItem();
            half.Span.ShouldBe(client);
            half.Children.Select(node => node.Span).ShouldBe([lookup, server]);
            half.Children[1].Children.ShouldHaveSingleItem().Span.ShouldBe(query);
        }
    }

    [Fact]
    public void Spans_that_are_their_own_ancestors_are_all_shown_below_the_earliest()
    {
        var circle = new[] { Span(2, 4, 10, 10), Span(3, 2, 20, 10), Span(4, 3, 30, 10) };

        var tree = TraceTree.Of([.. circle, Span(5, 3, 40, 1), Span(6, 6, 50, 1)]);

        tree.Nodes.Count.ShouldBe(5);
        tree.Roots.Select(node => node.Span.SpanId).ShouldBe([2, 6]);
        tree.Roots[0].Children.ShouldHaveSingleItem().Children.Select(node => node.Span.SpanId).ShouldBe([4, 5]);
    }

    [Fact]
    public void Self_time_is_what_no_child_covers()
    {
        var tree = TraceTree.Of([
            Span(1, null, 0, 100),
            Span(2, 1, 10, 20),
            Span(3, 1, 20, 20),
            Span(4, 1, 90, 50),
            Span(5, 1, 25, 1),
        ]);

        tree.Roots[0].SelfTime.ShouldBe(60_000);
        tree.Nodes.Single(node => node.Span.SpanId == 4).SelfTime.ShouldBe(50_000);
    }

    [Fact]
    public void Fifty_thousand_spans_in_one_chain_are_a_tree_too()
    {
        var chain = Enumerable.Range(1, 50_000).Select(id => Span(id, id == 1 ? null : id - 1, id * 0.01, 1000)).Reverse();

        var tree = TraceTree.Of(chain);

        tree.Roots.ShouldHaveSingleItem().Span.SpanId.ShouldBe(1);
        tree.Nodes[^1].Parent!.Span.SpanId.ShouldBe(49_999);
    }
}
