using System.Text.Json;
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

    [Fact]
    public void A_name_full_of_dots_makes_no_deep_tree()
    {
        var name = string.Join('.', Enumerable.Repeat("a", 500));
        var tree = NoteMapping.Tree([new($"tags.{name}", "value_too_long", Reason: "too long")], []);
        JsonDocument.Parse(tree.ToJsonString()).Dispose();
    }
}
