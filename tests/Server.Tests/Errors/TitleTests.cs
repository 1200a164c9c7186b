using Tocsin.Protocol.Events;
using Tocsin.Server.Errors;
using static Server.Tests.Errors.Grouping.SomeStacks;

namespace Server.Tests.Errors;

public class TitleTests
{
    [Fact]
    public void An_exception_is_called_by_type_and_first_line() =>
        Title(Thrown("csharp", "E", " no card \nat all")).ShouldBe("E: no card");

    [Fact]
    public void An_exception_that_says_nothing_is_called_by_its_type() => Title(Thrown("csharp", "E", "")).ShouldBe("E");

    [Fact]
    public void An_exception_without_a_type_is_called_by_what_it_says_or_where_it_was()
    {
        Title(Thrown("csharp", "", "boom")).ShouldBe("boom");
        Title(Thrown("csharp", "", "", Own("Pay", "Shop"))).ShouldBe("Pay");
        Title(Thrown("csharp", "", "")).ShouldBe("<unknown>");
    }

    [Fact]
    public void A_long_text_ends_in_dots()
    {
        var title = Title(new ErrorEvent { LogEntry = new(null, new string('m', 300), null) });
        title.Length.ShouldBe(256);
        title.ShouldEndWith("m...");
    }

    [Fact]
    public void A_character_of_two_units_is_never_cut_in_half() => Cut.To("ab😀cdefgh", 6).ShouldBe("ab...");

    [Fact]
    public void A_message_without_text_is_unlabeled() => Title(new ErrorEvent { Type = "default" }).ShouldBe("<unlabeled event>");

    [Fact]
    public void A_rules_title_wins() => EventTitle.Of(Thrown("csharp", "E", "x"), "Mine", null).ShouldBe("Mine");

    [Theory]
    [InlineData("python", "shop.cart", "cart.py", "shop.cart in pay")]
    [InlineData("php", null, "src/cart.php", "src/cart.php in pay")]
    [InlineData("csharp", null, "/srv/build/Cart.cs", "Cart.cs in pay")]
    [InlineData("javascript", null, "app/cart.js", "pay(app/cart.js)")]
    [InlineData("native", null, "cart.c", "pay")]
    public void The_culprit_is_the_newest_own_frame(string platform, string? module, string? file, string culprit) =>
        Culprit.Of(Thrown(platform, "E", "x", Own("pay", module, file), Library("query", "db")), null).ShouldBe(culprit);

    [Fact]
    public void The_culprit_is_the_route_where_there_is_one() =>
        Culprit
            .Of(Thrown("python", "E", "x", Own("pay", "shop")) with { Transaction = "/cart/{id}" }, null)
            .ShouldBe("/cart/{id}");

    [Fact]
    public void Without_frames_the_culprit_is_the_address() =>
        Culprit
            .Of(new ErrorEvent { Request = new() { Url = "https://shop.example/cart" } }, null)
            .ShouldBe("https://shop.example/cart");

    [Fact]
    public void A_made_up_exception_has_no_culprit()
    {
        var e = Thrown("javascript", "Error", "x", Own("captureMessage", file: "a.js"));
        Culprit.Of(e with { Exceptions = [e.Exceptions[0] with { Mechanism = new() { Synthetic = true } }] }, null).ShouldBe("");
    }

    [Theory]
    [InlineData("fatal", null, "high")]
    [InlineData("error", false, "high")]
    [InlineData("error", true, "medium")]
    [InlineData("warning", false, "medium")]
    [InlineData("info", null, "low")]
    [InlineData("debug", null, "low")]
    public void Priority_follows_level_and_whether_anyone_caught_it(string level, bool? handled, string priority) =>
        IssuePriority.Of(level, handled).ShouldBe(priority);

    [Fact]
    public void Metadata_names_type_value_place_and_mix_of_frames()
    {
        var e = Thrown("python", "ValueError", "x", Own("pay", "shop", "cart.py"), Library("query", "db", "db.py")) with
        {
            Sdk = new() { Name = "sentry.python" },
        };
        EventMetadata
            .Of(e, "t", null, null)
            .ToJsonString()
            .ShouldBe(
                """{"type":"ValueError","value":"x","filename":"cart.py","function":"pay","in_app_frame_mix":"mixed","sdk":{"name":"sentry.python"}}"""
            );
    }

    static string Title(ErrorEvent e) => EventTitle.Of(e, null, null);
}
