using System.Text;
using System.Text.Json;
using Tocsin.Protocol.Events;
using static Protocol.Tests.Events.Reading;

namespace Protocol.Tests.Events;

public class MetaTests
{
    [Fact]
    public void What_a_client_shortened_or_removed_becomes_notes()
    {
        var read = Read(
            """
            {"_meta":{
              "":{"len":9},
              "extra":{"big":{"":{"len":5000,"rem":[["!limit","x",509,512]]}}},
              "user":{"email":{"":{"err":["invalid_data",["value_too_long",{"reason":"too long"}]],"val":"a@b"}}},
              "timestamp":{"":{"err":[["clock_drift",{"sdk_time":"a","server_time":"b"}]]}}}}
            """
        );
        read.Notes.ShouldBe([
            new("", "", Length: 9),
            new("extra.big", "", Length: 5000, Rule: "!limit", Remark: "x"),
            new("user.email", "invalid_data", "\"a@b\""),
            new("user.email", "value_too_long", Reason: "too long"),
            new("timestamp", "clock_drift", Reason: """{"sdk_time":"a","server_time":"b"}"""),
        ]);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"a":7,"":[],"b":{"":7},"c":{"":{"err":7,"rem":null,"len":null,"val":null,"chunks":[{}]}}}""")]
    public void Broken_annotations_are_passed_over(string meta)
    {
        var read = Read($$$"""{"_meta":{{{meta}}},"platform":"python"}""");
        read.Notes.ShouldBeEmpty();
        read.Platform.ShouldBe("python");
    }

    [Fact]
    public void Notes_are_written_as_the_tree_beside_the_event()
    {
        var notes = new FieldNote[]
        {
            new("release", "invalid_data", "{\"a\": 1}", Reason: "expected a string"),
            new("logentry.formatted", "", Length: 9000, Rule: "!limit", Remark: "s"),
            new("user.email", "value_too_long"),
            new("user.email", "invalid_data"),
        };
        var json = Encoding.UTF8.GetString(EventWriter.Write(new ErrorEvent { Notes = notes }));
        json.ShouldBe(
            """
            {"_meta":{"release":{"":{"err":[["invalid_data",{"reason":"expected a string"}]],"val":{"a": 1}}},
            "logentry":{"formatted":{"":{"rem":[["!limit","s"]],"len":9000}}},
            "user":{"email":{"":{"err":["value_too_long","invalid_data"]}}}}}
            """.ReplaceLineEndings("")
        );
        Read(json).Notes.ShouldBe(notes);
    }

    /// <summary>What readers elsewhere take is 64 levels.</summary>
    [Theory]
    [InlineData(70)]
    [InlineData(2000)]
    public void A_name_full_of_dots_makes_no_deep_tree(int dots)
    {
        var name = string.Concat(Enumerable.Repeat("a.", dots))[..^1];
        var notes = new FieldNote[] { new($"tags.{name}", "value_too_long", Length: 300), new("extra.a.b", "invalid_data") };
        var json = EventWriter.Write(new ErrorEvent { Notes = notes });
        JsonDocument.Parse(json).Dispose();
        var read = Read(json).Notes;
        read[1].ShouldBe(notes[1]);
        notes[0].Path.ShouldStartWith(read[0].Path);
        read[0].Path.Length.ShouldBeGreaterThan(Math.Min(notes[0].Path.Length, 1000) - 1);
    }

    [Fact]
    public void What_lay_too_deep_is_still_told_when_the_event_is_read_again()
    {
        var read = Read($$"""{"extra":{{new string('[', 80)}}{{new string(']', 80)}}}""");
        var json = EventWriter.Write(read);
        JsonDocument.Parse(json).Dispose();
        Read(json).OnlyNote().ShouldBe(read.OnlyNote());
    }

    [Fact]
    public void Faults_that_another_server_found_are_notes_too() =>
        Read("""{"errors":[{"type":"invalid_data","name":"timestamp","value":"soon"}]}""")
            .OnlyNote()
            .ShouldBe(new("timestamp", "invalid_data", "\"soon\""));
}
