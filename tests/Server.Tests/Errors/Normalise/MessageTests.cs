using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Normalise;

namespace Server.Tests.Errors.Normalise;

public class MessageTests
{
    [Theory]
    [InlineData("user %s bought %d", """["jane", 2]""", "user jane bought 2")]
    [InlineData("user %(name)s at %(ip)s", """{"name":"jane","ip":"10.0.0.1"}""", "user jane at 10.0.0.1")]
    [InlineData("%5.2f of 100%%", "[3.5]", "3.5 of 100%")]
    [InlineData("user {} and {}", """["a","b"]""", "user a and b")]
    [InlineData("user {1} and {0}", """["a","b"]""", "user b and a")]
    [InlineData("user {name!r}: {count:>4}", """{"name":"jane","count":3}""", "user jane: 3")]
    [InlineData("Planning {PlanningId} took {Elapsed:0.0} ms", "[4711, 311]", "Planning 4711 took 311 ms")]
    [InlineData("{{literal}} {0}", """["x"]""", "{literal} x")]
    [InlineData("value %s", """[{"a":[1,null]}]""", """value {"a":[1,null]}""")]
    [InlineData("50% off", null, "50% off")]
    [InlineData("nothing to fill", """["x"]""", "nothing to fill")]
    public void A_template_is_filled_as_its_language_does(string template, string? parameters, string expected)
    {
        MessageFormat
            .TryFormat(template, parameters is null ? null : JsonNode.Parse(parameters), out var formatted)
            .ShouldBeTrue();
        formatted.ShouldBe(expected);
    }

    [Theory]
    [InlineData("%s and %s", """["only one"]""")]
    [InlineData("%(missing)s", """{"other":1}""")]
    [InlineData("{broken", """["x"]""")]
    [InlineData("100%", """["x"]""")]
    public void Parameters_that_do_not_fit_leave_the_template(string template, string parameters)
    {
        MessageFormat.TryFormat(template, JsonNode.Parse(parameters), out var formatted).ShouldBeFalse();
        formatted.ShouldBe(template);
    }

    [Theory]
    [InlineData("%(a)s")]
    [InlineData("{a}")]
    public void A_template_that_names_one_long_value_over_and_over_is_not_filled_to_its_end(string piece)
    {
        var template = string.Concat(Enumerable.Repeat(piece, 1000));
        MessageFormat.TryFormat(template, new JsonObject { ["a"] = new string('x', 20_000) }, out var formatted).ShouldBeTrue();
        formatted.ShouldBe(new string('x', 20_000));
    }

    [Fact]
    public void Parameters_that_do_not_fit_are_noted() =>
        SomeErrors
            .Normalised("""{"logentry":{"message":"%s and %s","params":["a"]}}""")
            .Notes.ShouldContain(note => note.Path == "logentry.params");

    [Fact]
    public void The_finished_text_is_always_there_and_the_template_only_where_it_differs()
    {
        SomeErrors.Normalised("""{"message":"hello"}""").LogEntry.ShouldBe(new LogEntry(null, "hello", null));
        var entry = SomeErrors.Normalised("""{"logentry":{"message":"user %s","params":["jane"]}}""").LogEntry!;
        (entry.Message, entry.Formatted).ShouldBe(("user %s", "user jane"));
    }

    [Fact]
    public void An_empty_entry_is_none() =>
        SomeErrors.Normalised("""{"logentry":{"message":"","formatted":""}}""").LogEntry.ShouldBeNull();

    [Theory]
    [InlineData(8392, 8392)]
    [InlineData(8393, 8192)]
    public void A_message_is_cut_only_when_it_is_much_too_long(int length, int kept) =>
        SomeErrors.Normalised($$"""{"message":"{{new string('m', length)}}"}""").LogEntry!.Formatted!.Length.ShouldBe(kept);
}
