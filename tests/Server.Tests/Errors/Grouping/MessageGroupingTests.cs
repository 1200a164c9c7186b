using Tocsin.Protocol.Events;
using static Server.Tests.Errors.Grouping.SomeStacks;

namespace Server.Tests.Errors.Grouping;

public class MessageGroupingTests
{
    [Fact]
    public void The_template_decides_where_there_is_one() =>
        Message("user %s", "user jane").Hash().ShouldBe(Message("user %s", "user joe").Hash());

    [Fact]
    public void Without_a_template_the_text_decides_without_its_variable_parts() =>
        Message(null, "user 7 left").Group().Leaves("default").ShouldBe(["user <int> left"]);

    [Fact]
    public void Two_lines_are_enough() =>
        Message(null, "one\n\n two \nthree").Group().Leaves("default").ShouldBe(["one\ntwo..."]);

    [Fact]
    public void A_message_with_the_stack_of_its_thread_is_grouped_by_it()
    {
        var thread = new ThreadValue
        {
            Current = true,
            StackTrace = new() { Frames = [Own("Pay", "Shop")] },
        };
        (Message(null, "a") with { Threads = [thread] }).Group().Leaves("app").ShouldBe(["Shop", "Pay"]);
    }

    [Fact]
    public void Of_several_threads_the_crashed_one_counts_and_two_crashed_ones_say_nothing()
    {
        var crashed = new ThreadValue
        {
            Crashed = true,
            StackTrace = new() { Frames = [Own("Pay", "Shop")] },
        };
        var other = new ThreadValue { StackTrace = new() { Frames = [Own("Wait", "Shop")] } };
        (Message(null, "a") with { Threads = [other, crashed] }).Group().Leaves("app").ShouldBe(["Shop", "Pay"]);
        (Message(null, "a") with { Threads = [crashed, crashed] }).Group().Leaves("default").ShouldBe(["a"]);
    }

    [Fact]
    public void A_policy_report_is_its_directive_and_what_was_blocked()
    {
        var report = System.Text.Json.Nodes.JsonNode.Parse(
            """{"effective_directive":"img-src","blocked_uri":"https://evil.example/x.png?7","document_uri":"https://shop.example/"}"""
        );
        var e = new ErrorEvent
        {
            Type = "csp",
            SecurityReport = report!.AsObject(),
            LogEntry = new(null, "Blocked", null),
        };
        e.Group().Leaves("default").ShouldBe(["img-src", "evil.example"]);
    }

    static ErrorEvent Message(string? template, string text) =>
        new() { Platform = "csharp", LogEntry = new(template, text, null) };
}
