using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Grouping.Fingerprints;
using static Server.Tests.Errors.Grouping.SomeStacks;

namespace Server.Tests.Errors.Grouping;

public class FingerprintTests
{
    static readonly ErrorEvent Error = Thrown("python", "ValueError", "order 17", Own("pay", "shop.cart", "cart.py")) with
    {
        Transaction = "/cart",
        Release = "shop@2.1",
        Level = "error",
        Tags = [new("tier", "gold")],
    };

    [Fact]
    public void A_fingerprint_replaces_the_grouping()
    {
        var one = (Error with { Fingerprint = ["a", "b"] }).Group();
        one.Hashes.ShouldBe([(new ErrorEvent { Fingerprint = ["a", "b"] }).Hash()]);
        one.Variants[0].Name.ShouldBe("custom_fingerprint");
        one.Variant("app").Root.Hint.ShouldBe("the fingerprint takes precedence");
    }

    [Fact]
    public void The_default_token_alone_changes_nothing() =>
        (Error with { Fingerprint = ["{{ default }}"] }).Hash().ShouldBe(Error.Hash());

    [Fact]
    public void With_the_default_token_the_default_grouping_is_salted()
    {
        var hybrid = (Error with { Fingerprint = ["{{default}}", "tenant-7"] }).Group();
        hybrid.Variants[0].Name.ShouldBe("salted_app");
        hybrid.Hashes[0].ShouldNotBe(Error.Hash());
        hybrid.Hashes[0].ShouldNotBe((Error with { Fingerprint = ["{{default}}", "tenant-8"] }).Hash());
    }

    [Theory]
    [InlineData("{{ transaction }}", "/cart")]
    [InlineData("{{ type }}", "ValueError")]
    [InlineData("{{error.value}}", "order 17")]
    [InlineData("{{ function }}", "pay")]
    [InlineData("{{ stack.module }}", "shop.cart")]
    [InlineData("{{ abs_path }}", "/srv/cart.py")]
    [InlineData("{{ tags.tier }}", "gold")]
    [InlineData("{{ tags.other }}", "<no-value-for-tag-other>")]
    [InlineData("{{ package }}", "<no-package>")]
    [InlineData("{{ release }}", "shop@2.1")]
    [InlineData("{{ level }}", "error")]
    [InlineData("{{ logger }}", "<no-logger>")]
    public void Variables_stand_for_what_the_event_has(string variable, string value) =>
        (Error with { Fingerprint = [variable] }).Group().Fingerprint.ShouldBe([value]);

    [Fact]
    public void A_fingerprint_that_is_the_message_loses_its_variable_parts() =>
        (Error with { Fingerprint = ["order 17"] }).Group().Fingerprint.ShouldBe(["order <int>"]);

    [Fact]
    public void A_checksum_of_32_hex_digits_is_the_hash_and_any_other_is_hashed()
    {
        (Error with { Checksum = "0123456789ABCDEF0123456789abcdef" }).Hash().ShouldBe("0123456789abcdef0123456789abcdef");
        (Error with { Checksum = "mine" }).Hash().Length.ShouldBe(32);
    }

    [Theory]
    [InlineData("type:ValueError -> values", "values")]
    [InlineData("error.type:Value* module:shop.* -> a, b", "a,b")]
    [InlineData("!type:ValueError -> no\ntype:* -> yes", "yes")]
    [InlineData("path:**/cart.py function:pay -> \"in the cart\"", "in the cart")]
    [InlineData("message:\"order *\" -> orders-{{ tags.tier }}", "orders-gold")]
    [InlineData("tags.tier:gold release:SHOP@* -> {{ type }} x", "ValueError,x")]
    [InlineData("family:other app:yes -> own", "own")]
    [InlineData("# comment\n\nfamily:javascript -> js\nlevel:error -> level", "level")]
    public void The_first_rule_that_matches_gives_the_fingerprint(string rules, string fingerprint) =>
        string.Join(',', Error.Group(fingerprints: rules).Fingerprint!).ShouldBe(fingerprint);

    [Fact]
    public void Frame_matchers_must_hold_for_one_and_the_same_frame()
    {
        var two = Thrown("python", "E", "x", Own("main", "shop.main"), Own("pay", "shop.cart"));
        two.Group(fingerprints: "module:shop.main function:pay -> x").Fingerprint.ShouldBeNull();
        two.Group(fingerprints: "module:shop.cart function:pay -> x").Fingerprint.ShouldBe(["x"]);
    }

    [Fact]
    public void A_rule_overrides_the_clients_fingerprint_and_names_the_issue()
    {
        var grouping = (Error with { Fingerprint = ["client"] }).Group(
            fingerprints: "type:* -> server title=\"Order of {{ tags.tier }}\""
        );
        grouping.Fingerprint.ShouldBe(["server"]);
        grouping.Title.ShouldBe("Order of gold");
        grouping.Rule.ShouldNotBeNull().ShouldStartWith("type:*");
    }

    [Fact]
    public void Chunk_load_errors_are_one_issue_unless_the_client_says_otherwise()
    {
        var chunk = Thrown("javascript", "ChunkLoadError", "Loading chunk 7 failed.", Own("f", file: "a.js"));
        chunk.Group().Fingerprint.ShouldBe(["chunkloaderror"]);
        (chunk with { Fingerprint = ["mine"] }).Group().Fingerprint.ShouldBe(["mine"]);
    }

    [Fact]
    public void A_line_that_is_no_rule_is_named_and_costs_nothing()
    {
        var rules = FingerprintRules.For("type:ValueError -> ok\nnonsense\nmoon:full -> x");
        rules.Errors.ShouldBe(["line 2: a rule is 'matcher:pattern -> value'", "line 3: 'moon:full' is no matcher"]);
        rules.Find(Error).ShouldNotBeNull();
    }
}
