using System.Text;
using System.Text.Json.Nodes;
using Tocsin.Protocol.Events;

namespace Protocol.Tests.Events;

public sealed class RawBagTests
{
    /// <summary>What <c>extra</c> keeps of an object, as a tree, variables and data of breadcrumbs must keep as a text.</summary>
    public static TheoryData<string> Objects =>
        [
            """{}""",
            """{"a":1,"b":"two","c":[true,null,{"d":1.5}],"e":{"f":{}}}""",
            """ { "a" : [ 1 , 2 ] } """,
            """{"a":1,"b":2,"a":3}""",
            """{"a":{"x":1},"b":{"x":2,"y":{"x":3}}}""",
            """{"a":{"x":1,"x":2}}""",
            """{"a":1,"\u0061":2}""",
            """{"quote":"say \"a\"\n","tag":"\u003Cb\u003E","umlaut":"\u00e4ä"}""",
            """{"whole":"\ud83d\ude00","half":"\ud83d"}""",
            """{"back":"\\ud83d"}""",
            """{"nul":"\u0000"}""",
            """{"large":123456789012345678901234567890,"larger":1e999,"small":0.1,"negative":-7}""",
            """[1,"two"]""",
            """[]""",
            """null""",
            """{"":"nameless"}""",
        ];

    [Theory]
    [MemberData(nameof(Objects))]
    public void A_bag_kept_as_text_says_what_one_kept_as_a_tree_says(string json)
    {
        var e = Read(json);
        var tree = e.Extra?.ToJsonString();
        e.Exceptions[0].StackTrace!.Frames[0].Vars?.ToObject().ToJsonString().ShouldBe(tree);
        e.Breadcrumbs[0].Data?.ToObject().ToJsonString().ShouldBe(tree);
    }

    [Theory]
    [MemberData(nameof(Objects))]
    public void A_bag_is_read_again_as_it_was_written(string json)
    {
        var first = Read(json);
        EventReader.TryRead(EventWriter.Write(first), out var second, out _).ShouldBeTrue();
        Data(second!)?.ToJsonString().ShouldBe(Data(first)?.ToJsonString());

        static JsonObject? Data(ErrorEvent e) => e.Breadcrumbs[0].Data?.ToObject();
    }

    [Fact]
    public void A_bag_without_faults_keeps_its_very_bytes()
    {
        const string Plain = """{"b":"\u003Cx\u003E","a":[1.0,2e3,{"b":null}],"n":123456789012345678}""";
        Encoding.UTF8.GetString(Read(Plain).Breadcrumbs[0].Data!.Text.Span).ShouldBe(Plain);
    }

    [Fact]
    public void What_lies_too_deep_is_set_aside_and_the_rest_stays()
    {
        var deep = string.Concat(Enumerable.Repeat("""{"a":""", 60)) + "1" + new string('}', 60);
        var e = Read($$"""{"deep":{{deep}},"flat":1}""");
        e.Notes.Count(note => note.Reason == "nested too deeply").ShouldBe(3);
        e.Breadcrumbs[0].Data!.ToObject()["flat"]!.GetValue<long>().ShouldBe(1);
    }

    [Fact]
    public void A_bag_of_very_many_names_is_whole()
    {
        var many = "{" + string.Join(',', Enumerable.Range(0, 500).Select(i => $"\"n{i}\":{i}")) + "}";
        Read(many).Breadcrumbs[0].Data!.ToObject().Count.ShouldBe(500);
    }

    static ErrorEvent Read(string bag)
    {
        var json =
            $$"""{"extra":{{bag}},"breadcrumbs":[{"data":{{bag}} }],"""
            + $$"""  "exception":[{"type":"E","stacktrace":{"frames":[{"function":"f","vars":{{bag}} }]} }]}""";
        EventReader.TryRead(Encoding.UTF8.GetBytes(json), out var read, out _).ShouldBeTrue();
        return read!;
    }
}
