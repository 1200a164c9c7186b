using Tocsin.Protocol.Events;
using Tocsin.Server.Errors;
using Tocsin.Server.Errors.InApp;

namespace Server.Tests.Errors.InApp;

public class RuleSieveTests
{
    static readonly IReadOnlyList<StackRule> Rules = StackRuleParser.Parse(DefaultRulesV1.Text).Rules;

    /// <summary>Of real clients, each also as a frame that our own rules are about.</summary>
    static readonly IReadOnlyList<FrameFacts> Frames =
    [
        .. CapturedError
            .All.Select(captured => SomeErrors.Pipeline.Prepare(captured.Context(), captured.Payload))
            .OfType<PreparedError>()
            .SelectMany(error => EventFrames.All(error.Event).Select(frame => new FrameFacts(frame, error.Event.Platform))),
        .. from rule in Rules from frame in AimedAt(rule) select frame,
    ];

    [Fact]
    public void A_rule_that_matches_a_frame_is_never_held_back()
    {
        var sieve = new RuleSieve(Rules);
        var matched = FrameSigns.None;
        foreach (var frame in Frames)
        {
            foreach (var (rule, needs) in sieve.OfFrames.Concat(sieve.OfGrouping))
            {
                if (rule.Matches([frame], 0))
                {
                    (frame.SignsBy(sieve) & needs).ShouldBe(needs, rule.Text);
                    matched |= needs;
                }
            }
        }
        matched.ShouldBe(FrameSigns.Path | FrameSigns.Package | FrameSigns.Module | FrameSigns.Function);
    }

    [Fact]
    public void Most_rules_are_held_back_from_most_frames()
    {
        var sieve = new RuleSieve(Rules);
        var own = new FrameFacts(
            new Frame
            {
                Filename = "shop/cart.py",
                Module = "shop.cart",
                Function = "place",
            },
            "python"
        );

        own.SignsBy(sieve).ShouldBe(FrameSigns.None);
        sieve.OfFrames.Count(rule => rule.Needs == FrameSigns.None).ShouldBeLessThan(sieve.OfFrames.Length / 20);
    }

    [Fact]
    public void What_one_sieve_said_of_a_frame_is_not_what_another_says()
    {
        var frame = new FrameFacts(new Frame { Function = "place" }, "python");
        var (none, some) = (new RuleSieve(Parsed("function:ship -app")), new RuleSieve(Parsed("function:place -app")));

        frame.SignsBy(none).ShouldBe(FrameSigns.None);
        frame.SignsBy(some).ShouldBe(FrameSigns.Function);
    }

    [Theory]
    [InlineData("!function:place -app")]
    [InlineData("function:* -app")]
    [InlineData("function:[a-z]* -app")]
    [InlineData("family:python -app")]
    [InlineData("category:own -app")]
    public void A_rule_that_asks_for_no_text_is_tried_on_every_frame(string rule) =>
        new RuleSieve(Parsed(rule)).OfFrames.Single().Needs.ShouldBe(FrameSigns.None);

    static IReadOnlyList<StackRule> Parsed(string text) => StackRuleParser.Parse(text).Rules;

    /// <summary>Frames whose texts are the rule's own patterns, with something for each of their stars.</summary>
    static IEnumerable<FrameFacts> AimedAt(StackRule rule)
    {
        var family = rule.Matchers.FirstOrDefault(matcher => matcher.Field == FrameField.Family)?.Pattern.Split(',')[0];
        foreach (var text in rule.Matchers.Select(matcher => matcher.Pattern.Replace("*", "Some", StringComparison.Ordinal)))
        {
            yield return new(
                new Frame
                {
                    AbsPath = text,
                    Package = text,
                    Module = text,
                    Function = text,
                },
                family
            );
        }
    }
}
