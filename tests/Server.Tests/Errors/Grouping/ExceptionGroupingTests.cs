using Tocsin.Protocol.Events;
using static Server.Tests.Errors.Grouping.SomeStacks;

namespace Server.Tests.Errors.Grouping;

public class ExceptionGroupingTests
{
    [Fact]
    public void Two_throws_from_the_same_place_are_one_issue_whatever_they_say()
    {
        var first = Thrown(
            "python",
            "ValueError",
            "order 17 is gone",
            Own("main", "shop"),
            Own("checkout", "shop.cart", source: "raise ValueError(x)")
        );
        var second = Thrown(
            "python",
            "ValueError",
            "order 4711 is gone",
            Own("main", "shop"),
            Own("checkout", "shop.cart", source: "raise ValueError(x)", line: 99)
        );
        second.Hash().ShouldBe(first.Hash());
    }

    [Fact]
    public void Throws_from_different_places_are_different_issues() =>
        Thrown("csharp", "E", "x", Own("Pay", "Shop")).Hash().ShouldNotBe(Thrown("csharp", "E", "x", Own("Ship", "Shop")).Hash());

    [Fact]
    public void Types_part_issues_except_made_up_ones()
    {
        var one = Thrown("csharp", "A", "x", Own("Pay", "Shop"));
        one.Hash().ShouldNotBe(Thrown("csharp", "B", "x", Own("Pay", "Shop")).Hash());
        var synthetic = one with { Exceptions = [one.Exceptions[0] with { Mechanism = new() { Synthetic = true } }] };
        synthetic.Group().Leaves("app").ShouldBe(["Shop", "Pay"]);
    }

    [Fact]
    public void The_users_own_frames_decide_and_the_whole_stack_is_the_second_hash()
    {
        var grouping = Thrown("csharp", "E", "x", Own("Pay", "Shop"), Library("Query", "Npgsql")).Group();
        grouping.Hashes.ShouldBe([grouping.Variant("app").Hash!, grouping.Variant("system").Hash!]);
        grouping.Leaves("app").ShouldBe(["Shop", "Pay", "E"]);
        grouping.Leaves("system").ShouldBe(["Shop", "Pay", "Npgsql", "Query", "E"]);
    }

    [Fact]
    public void A_stack_of_own_frames_only_gives_one_hash()
    {
        var grouping = Thrown("csharp", "E", "x", Own("Pay", "Shop")).Group();
        grouping.Hashes.ShouldHaveSingleItem();
        grouping.Variant("system").Root.Hint.ShouldBe("hash matches the app variant");
    }

    [Fact]
    public void Without_own_frames_the_whole_stack_decides_and_not_the_message()
    {
        var grouping = Thrown("csharp", "E", "x", Library("Query", "Npgsql")).Group();
        grouping.Hashes.ShouldBe([grouping.Variant("system").Hash!]);
        grouping.Variant("app").Contributes.ShouldBeFalse();
    }

    [Fact]
    public void Without_a_stack_type_and_message_without_its_variable_parts_decide() =>
        Thrown("csharp", "E", "order 17 from 10.0.0.1").Group().Leaves("app").ShouldBe(["E", "order <int> from <ip>"]);

    [Fact]
    public void An_apple_error_is_its_domain_and_code()
    {
        var e = Thrown("cocoa", "NSError", "text");
        var meta = System.Text.Json.Nodes.JsonNode.Parse("""{"ns_error":{"domain":"Shop","code":7}}""")!.AsObject();
        e = e with { Exceptions = [e.Exceptions[0] with { Mechanism = new() { Meta = meta } }] };
        e.Group().Leaves("app").ShouldBe(["NSError", "Shop", "7"]);
    }

    [Fact]
    public void A_frame_that_calls_itself_counts_once()
    {
        var deep = Thrown("csharp", "E", "x", Own("Walk", "Tree"), Own("Walk", "Tree"), Own("Walk", "Tree"));
        deep.Hash().ShouldBe(Thrown("csharp", "E", "x", Own("Walk", "Tree")).Hash());
        deep.Group().Variant("app").Root.Children[0].Children.Count(frame => frame.Hint == "recursion").ShouldBe(2);
    }

    [Fact]
    public void A_chain_counts_whole()
    {
        var cause = Exception("A", "1", Own("Read", "Shop"));
        var thrown = Exception("B", "2", Own("Pay", "Shop"));
        var chain = new ErrorEvent { Platform = "csharp", Exceptions = [cause, thrown] };
        var grouping = chain.Group();
        grouping.Variant("app").Root.Name.ShouldBe("chained-exception");
        grouping.Leaves("app").ShouldBe(["Shop", "Read", "A", "Shop", "Pay", "B"]);
    }

    [Fact]
    public void Everything_empty_shares_the_hash_of_nothing()
    {
        var grouping = new ErrorEvent().Group();
        grouping.Hashes.ShouldBe(["d41d8cd98f00b204e9800998ecf8427e"]);
        grouping.Variants.Single().Name.ShouldBe("fallback");
    }

    [Fact]
    public void The_hash_is_the_md5_of_the_values_one_after_the_other() =>
        // echo -n ShopPayE | md5sum
        Thrown("csharp", "E", "x", Own("Pay", "Shop")).Hash().ShouldBe(Md5("ShopPayE"));

    static string Md5(string text) =>
        Convert.ToHexStringLower(System.Security.Cryptography.MD5.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
}
