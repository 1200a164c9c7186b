using Server.Tests.Errors.Grouping;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Grouping.Fingerprints;
using Tocsin.Server.Errors.Grouping.V1;
using Tocsin.Server.Errors.InApp;
using static Server.Tests.Errors.Grouping.SomeStacks;

namespace Server.Tests.Errors.InApp;

public class StackRuleTests
{
    [Theory]
    [InlineData("javascript", "https://shop.example/app.js", true)]
    [InlineData("node", "/srv/app/node_modules/express/lib/router.js", false)]
    [InlineData("node", "node:internal/process/task_queues", false)]
    [InlineData("python", "/usr/lib/python3.11/json/decoder.py", false)]
    [InlineData("python", "/srv/venv/lib/python3.11/site-packages/django/core.py", false)]
    [InlineData("python", "/srv/shop/cart.py", true)]
    [InlineData("ruby", "/usr/share/gems/rails/x.rb", false)]
    [InlineData("ruby", "/srv/shop/app/cart.rb", true)]
    [InlineData("php", "/srv/vendor/symfony/kernel.php", false)]
    [InlineData("go", "/usr/local/go/src/net/http/server.go", false)]
    [InlineData("go", "/srv/shop/main.go", true)]
    [InlineData("csharp", "/srv/Shop/Cart.cs", true)]
    public void Where_the_client_is_silent_the_place_tells(string platform, string path, bool expected) =>
        Detect(
            platform,
            new Frame
            {
                AbsPath = path,
                Filename = path,
                Function = "f",
            }
        )
            .InApp.ShouldBe(expected);

    [Theory]
    [InlineData("csharp", "System.Linq.Enumerable", false)]
    [InlineData("csharp", "Microsoft.AspNetCore.Mvc.X", false)]
    [InlineData("csharp", "Shop.System.Cart", true)]
    [InlineData("java", "java.util.HashMap", false)]
    [InlineData("java", "org.springframework.web.X", false)]
    [InlineData("java", "com.shop.Cart", true)]
    public void A_framework_is_known_by_its_names(string platform, string module, bool expected) =>
        Detect(platform, new Frame { Module = module, Function = "f" }).InApp.ShouldBe(expected);

    [Fact]
    public void The_clients_word_counts_until_a_rule_overrules_it_and_stays_readable()
    {
        var own = Own("f", "com.shop.Cart");
        Detect("java", own).InApp.ShouldBe(true);
        var overruled = Detect("java", own, "module:com.shop.* -app");
        overruled.InApp.ShouldBe(false);
        overruled.Data!["orig_in_app"]!.GetValue<int>().ShouldBe(1);
    }

    [Fact]
    public void The_last_rule_wins() =>
        Detect("java", Own("f", "com.shop.Cart"), "module:com.** -app\nmodule:com.shop.* +app").InApp.ShouldBe(true);

    [Fact]
    public void Rules_look_at_caller_and_callee()
    {
        Frame[] frames = [Own("main", "m"), Own("log", "m"), Own("boom", "m")];
        InApps("[ function:main ] | function:log -app", frames).ShouldBe([true, false, true]);
        InApps("function:log | [ function:main ] -app", frames).ShouldBe([true, true, true]);
        InApps("function:log | [ function:boom ] -app", frames).ShouldBe([true, false, true]);
    }

    [Fact]
    public void Flags_reach_older_or_newer_frames()
    {
        Frame[] frames = [Own("a", "m"), Own("b", "m"), Own("c", "m")];
        InApps("function:b ^-app", frames).ShouldBe([false, true, true]);
        InApps("function:b v-app -app", frames).ShouldBe([true, false, false]);
    }

    [Fact]
    public void Rules_about_the_exception_hold_for_its_stack_only() =>
        InApps("type:Other function:a -app", [Own("a", "m")]).ShouldBe([true]);

    [Fact]
    public void A_frame_taken_out_of_grouping_says_why()
    {
        var e = Thrown("csharp", "E", "x", Own("Main", "Shop"), Own("Guard", "Shop"));
        var grouping = e.Group("function:Guard -group");
        grouping.Leaves("app").ShouldBe(["Shop", "Main", "E"]);
        grouping.Variant("app").Root.Children[0].Children[1].Hint.ShouldBe("left out by the rule function:Guard -group");
    }

    [Fact]
    public void Only_the_newest_frames_count_when_a_rule_says_how_many() =>
        Thrown("csharp", "E", "x", Own("A", "S"), Own("B", "S"), Own("C", "S"))
            .Group("function:C max-frames=2")
            .Leaves("app")
            .ShouldBe(["S", "B", "S", "C", "E"]);

    [Fact]
    public void A_stack_below_the_wanted_number_of_frames_does_not_count() =>
        Thrown("csharp", "E", "x", Own("A", "S")).Group("function:A min-frames=2").Leaves("app").ShouldBe(["E", "x"]);

    [Fact]
    public void Native_crashes_are_grouped_by_what_led_to_abort_and_not_by_abort() =>
        Thrown("native", "SIGABRT", "x", Own("main"), Own("shop::pay"), Own("abort"), Own("raise"))
            .Group()
            .Leaves("app")
            .ShouldBe(["main", "shop::pay", "SIGABRT"]);

    [Fact]
    public void A_line_that_is_no_rule_is_named_and_costs_nothing()
    {
        var rules = StackRules.For("function:x\nmodule:a.* -app\nfunction:y *app");
        rules.Errors.ShouldBe([
            "line 1: a rule needs a matcher and an action",
            "line 3: '*app' is neither a matcher nor an action",
        ]);
    }

    [Fact]
    public void Every_rule_of_our_own_can_be_read() => StackRuleParser.Parse(DefaultRulesV1.Text).Errors.ShouldBeEmpty();

    [Fact]
    public void What_in_app_detection_saw_of_a_stack_is_what_grouping_sees_of_it_alone()
    {
        var rules = StackRules.For("function:step +app category=own\ncategory:own -group\nfunction:Guard* ^-group");
        var e = Thrown("elixir", "E", "x", Library("Guarded"), Library("step"), Own("place", "shop", "Shop.ex"), Own("step"));
        var looks = new StackLooks();

        var seen = InAppDetection.Detect(e, rules, looks);

        var alone = GroupingV1.Group(seen, rules, FingerprintRules.Default);
        GroupingV1.Group(seen, rules, FingerprintRules.Default, looks).Hashes.ShouldBe(alone.Hashes);
        alone.Variant("app").Root.Leaves().ShouldBe(["shop", "place", "E"]);
    }

    static Frame Detect(string platform, Frame frame, string rules = "") =>
        InAppDetection.Detect(Thrown(platform, "E", "x", frame), StackRules.For(rules), new()).Exceptions[0].StackTrace!.Frames[
            0
        ];

    static bool?[] InApps(string rules, Frame[] frames) =>
        [
            .. InAppDetection
                .Detect(Thrown("elixir", "E", "x", frames), StackRules.For(rules), new())
                .Exceptions[0]
                .StackTrace!.Frames.Select(frame => frame.InApp),
        ];
}
