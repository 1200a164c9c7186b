using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Grouping;
using Tocsin.Server.Errors.Grouping.V1;
using static Server.Tests.Errors.Grouping.SomeStacks;

namespace Server.Tests.Errors.Grouping;

public class FrameGroupingTests
{
    [Theory]
    [InlineData("python", "shop.cart", "cart.py", "pay", "shop.cart|pay")]
    [InlineData("python", null, "Shop/Cart.py", "pay", "cart.py|pay")]
    [InlineData("php", null, "/srv/x/Index.php", "class@anonymous\0/srv/x.php:3$0::run", "index.php|run")]
    [InlineData("ruby", null, "app/cart.rb", "block (2 levels) in pay", "cart.rb|block")]
    [InlineData("ruby", null, "show.erb", "_app_views_show_html_erb__98765_4321", "show.erb|_app_views_show_html_erb")]
    [InlineData(
        "java",
        "com.shop.Cart$$EnhancerBySpringCGLIB$$3fa2b1",
        null,
        "pay",
        "com.shop.Cart$$EnhancerBySpringCGLIB$$<auto>|pay"
    )]
    [InlineData("java", "com.shop.Cart$$Lambda$14/0x000", "Cart.java", "lambda$pay$0", "cart.java")]
    [InlineData("java", "sun.reflect.GeneratedMethodAccessor153", null, "invoke", "sun.reflect.GeneratedMethodAccessor|invoke")]
    [InlineData("native", null, null, "void shop::(anonymous namespace)::Cart<int>::pay(char const*) const", "shop::Cart::pay")]
    [InlineData("native", null, null, "<redacted>", "")]
    [InlineData("csharp", "Shop.Cart", "Cart.cs", "async Task Pay()", "Shop.Cart|async Task Pay()")]
    public void A_frame_says_what_stays_the_same_from_build_to_build(
        string platform,
        string? module,
        string? file,
        string function,
        string expected
    ) => string.Join('|', Leaves(Own(function, module, file), platform)).ShouldBe(expected);

    [Theory]
    [InlineData("Cart.prototype.pay", "pay")]
    [InlineData("?", "")]
    [InlineData("<anonymous>", "")]
    [InlineData("shop/<", "")]
    public void Of_a_script_function_the_last_name_counts(string function, string expected) =>
        string.Join('|', Leaves(Own(function, file: "cart.js"), "node").Skip(1)).ShouldBe(expected);

    [Fact]
    public void A_deployments_address_does_not_count()
    {
        var frame = new Frame
        {
            Function = "pay",
            Filename = "/static/main.4f3a.js",
            AbsPath = "https://shop.example/static/main.4f3a.js",
            Module = "static/main.4f3a",
        };
        Leaves(frame, "javascript").ShouldBe(["pay"]);
    }

    [Fact]
    public void With_a_source_map_the_source_line_counts_instead_of_the_function()
    {
        var frame = Own("t", file: "src/cart.ts", source: "  throw  new Error()") with
        {
            Data = new JsonObject { ["sourcemap"] = "main.js.map" },
        };
        Leaves(frame, "javascript").ShouldBe(["cart.ts", "throw new Error()"]);
    }

    [Theory]
    [InlineData("python", true)]
    [InlineData("ruby", true)]
    [InlineData("php", true)]
    [InlineData("node", true)]
    [InlineData("csharp", false)]
    [InlineData("java", false)]
    public void Source_lines_count_in_script_languages(string platform, bool counts) =>
        Leaves(Own("pay", "shop", source: "boom()"), platform).Contains("boom()").ShouldBe(counts);

    [Fact]
    public void A_minified_line_does_not_count() =>
        Leaves(Own("pay", "shop", source: new string('x', 121)), "node").ShouldBe(["shop", "pay"]);

    [Fact]
    public void A_lone_script_frame_without_a_function_says_nothing()
    {
        var e = Thrown(
            "javascript",
            "E",
            "boom",
            new Frame
            {
                AbsPath = "https://shop.example/",
                Filename = "/",
                InApp = true,
            }
        );
        e.Group().Leaves("app").ShouldBe(["E", "boom"]);
    }

    [Theory]
    [InlineData("shop::pay", "shop::pay")]
    [InlineData("int shop::pay(int, std::vector<int>)", "shop::pay")]
    [InlineData("std::map<int, std::string>::at(int) const", "std::map::at")]
    [InlineData("shop::Cart::operator==(shop::Cart const&)", "shop::Cart::operator==")]
    [InlineData("-[Cart pay:with:]", "-[Cart pay:with:]")]
    [InlineData("{anonymous}::run()", "run")]
    public void A_native_function_is_its_bare_name(string function, string expected) =>
        NativeFunction.Trim(function).ShouldBe(expected);

    [Fact]
    public void The_explanation_shows_exactly_what_went_into_the_hash()
    {
        var e = Thrown(
            "python",
            "E",
            "boom",
            Library("step"),
            Own("place", "shop.orders") with
            {
                ContextLine = "  place( order )\t",
            },
            Own("place", "shop.orders"),
            Library("raise_it", file: "lib/Raise.py")
        );
        foreach (var variant in e.Group("function:place -group").Variants)
        {
            variant.Root.Leaves().ShouldBe(Shown(variant.Root));
        }
    }

    static IEnumerable<string> Shown(Component component) =>
        component.Contributes ? [.. component.Values, .. component.Children.SelectMany(Shown)] : [];

    static IEnumerable<string> Leaves(Frame frame, string platform)
    {
        var said = FrameContribution.Of(frame, platform);
        return said.ToComponent(said.Seen(0)).Leaves();
    }
}
