using System.Text.Json;
using Tocsin.Protocol.Events;
using Tocsin.Server.Errors.Shapes;

namespace Server.Tests.Errors;

public class NoteMappingTests
{
    [Fact]
    public void A_note_stands_at_its_field_under_the_entry_that_shows_it()
    {
        var tree = NoteMapping.Tree(
            [new("exception.values.0.value", "", Length: 9000, Rule: "!limit", Remark: "s"), new("extra.a", "invalid_data")],
            ["logentry", "exception"]
        );
        tree["entries"]!["1"]!["data"]!["values"]!["0"]!["value"]![""]!["len"]!.GetValue<long>().ShouldBe(9000);
        tree["context"]!["a"]![""]!["err"]![0]!.GetValue<string>().ShouldBe("invalid_data");
    }

    [Theory]
    [InlineData("[1,null]", "[1,null]")]
    [InlineData("\"1.0/beta\"", "\"1.0/beta\"")]
    [InlineData("{\"cut", "\"{\\u0022cut\"")]
    public void What_was_set_aside_is_shown_as_it_was_sent(string noted, string shown)
    {
        var note = new FieldNote("release", "invalid_data", noted, Reason: "slashes");
        NoteMapping.Error(note).Data.ToJsonString().ShouldContain($"\"value\":{shown}");
        var remark = NoteMapping.Tree([note], [])["release"]![""]!;
        remark["val"]!.ToJsonString().ShouldBe(shown);
        remark["err"]!.ToJsonString().ShouldBe("""[["invalid_data",{"reason":"slashes"}]]""");
    }

    [Fact]
    public void What_two_clocks_said_stands_beside_the_name_of_the_error()
    {
        var note = new FieldNote("timestamp", "clock_drift", Reason: """{"sdk_time":"a","server_time":"b"}""");
        NoteMapping.Error(note).Data["server_time"]!.GetValue<string>().ShouldBe("b");
        NoteMapping.Tree([note], [])["timestamp"]![""]!["err"]!
            .ToJsonString()
            .ShouldBe("""[["clock_drift",{"sdk_time":"a","server_time":"b"}]]""");
    }

    [Fact]
    public void A_name_full_of_dots_makes_no_deep_tree()
    {
        var name = string.Join('.', Enumerable.Repeat("a", 500));
        var tree = NoteMapping.Tree([new($"tags.{name}", "value_too_long", Reason: "too long")], []);
        JsonDocument.Parse(tree.ToJsonString()).Dispose();
    }
}
