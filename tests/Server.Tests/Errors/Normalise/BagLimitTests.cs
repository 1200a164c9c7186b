using System.Text.Json.Nodes;
using Tocsin.Server.Errors.Normalise;

namespace Server.Tests.Errors.Normalise;

public class BagLimitTests
{
    [Fact]
    public void What_lies_too_deep_becomes_its_text()
    {
        var bag = Limited("""{"a":{"b":{"c":{"d":1}}}}""", new(1000, 3));
        bag.ToJsonString().ShouldContain("\"c\":\"{\\u0022d\\u0022:1}\"");
    }

    [Fact]
    public void Over_the_size_the_text_at_the_edge_is_cut_and_the_rest_left_out()
    {
        var bag = Limited($$"""{"a":"{{new string('x', 500)}}","b":1}""", new(100, 5));
        bag["a"]!.GetValue<string>().ShouldEndWith("x...");
        bag.AsObject().ContainsKey("b").ShouldBeFalse();
    }

    [Fact]
    public void What_was_limited_once_fits()
    {
        var random = new Random(7);
        for (var i = 0; i < 300; i++)
        {
            var limit = new BagLimit(random.Next(60, 400), random.Next(1, 5));
            var bag = BagLimits.Apply(RandomBag(random, 5), limit, "x", new())!;
            BagLimits.Fits(bag, limit).ShouldBeTrue(bag.ToJsonString());
        }
    }

    [Fact]
    public void A_bag_within_its_limit_is_the_same_object()
    {
        var bag = new JsonObject { ["a"] = 1 };
        BagLimits.Apply(bag, BagLimits.Context, "x", new()).ShouldBeSameAs(bag);
    }

    [Fact]
    public void Each_extra_has_its_own_limit_and_says_so()
    {
        var e = SomeErrors.Normalised($$$$$"""{"extra":{"big":"{{{{{new string('x', 20_000)}}}}}","small":1}}""");
        e.Extra!["big"]!.GetValue<string>().Length.ShouldBeLessThan(16_500);
        e.Extra["small"]!.GetValue<long>().ShouldBe(1);
        e.Notes.ShouldContain(note => note.Path == "extra.big" && note.Rule == "!limit" && note.Length == 20_002);
    }

    [Fact]
    public void Of_feature_flags_the_last_hundred_stay()
    {
        var flags = string.Join(',', Enumerable.Range(0, 120).Select(i => $$"""{"flag":"f{{i}}","result":true}"""));
        var values = SomeErrors.Normalised($$$$$"""{"contexts":{"flags":{"values":[{{{{{flags}}}}}]}}}""").Contexts!["flags"]![
            "values"
        ]!.AsArray();
        values.Count.ShouldBe(100);
        values[0]!["flag"]!.GetValue<string>().ShouldBe("f20");
    }

    static JsonNode Limited(string json, BagLimit limit) => BagLimits.Apply(JsonNode.Parse(json), limit, "x", new())!;

    static JsonObject RandomBag(Random random, int depth)
    {
        var bag = new JsonObject();
        for (var i = random.Next(6); i >= 0; i--)
        {
            bag["k" + i] = random.Next(depth > 0 ? 5 : 3) switch
            {
                0 => random.Next(),
                1 => new string('s', random.Next(200)),
                2 => null,
                3 => new JsonArray(RandomBag(random, depth - 1), "x"),
                _ => RandomBag(random, depth - 1),
            };
        }
        return bag;
    }
}
