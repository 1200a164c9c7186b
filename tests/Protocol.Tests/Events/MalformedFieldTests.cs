using System.Text;
using Tocsin.Protocol.Events;
using static Protocol.Tests.Events.Reading;

namespace Protocol.Tests.Events;

/// <summary>What costs a field, and never the event.</summary>
public class MalformedFieldTests
{
    [Theory]
    [InlineData("""{"event_id":"zzz"}""", "event_id", "\"zzz\"")]
    [InlineData("""{"event_id":7}""", "event_id", "7")]
    [InlineData("""{"timestamp":"soon"}""", "timestamp", "\"soon\"")]
    [InlineData("""{"timestamp":1795198759432}""", "timestamp", "1795198759432")]
    [InlineData("""{"level":"loud"}""", "level", "\"loud\"")]
    [InlineData("""{"level":{"a":1}}""", "level", "{\"a\":1}")]
    [InlineData("""{"logger":["a"]}""", "logger", "[\"a\"]")]
    [InlineData("""{"release":{}}""", "release", "{}")]
    [InlineData("""{"user":"bob"}""", "user", "\"bob\"")]
    [InlineData("""{"user":["bob"]}""", "user", "[\"bob\"]")]
    [InlineData("""{"extra":7}""", "extra", "7")]
    [InlineData("""{"contexts":{"os":"linux"}}""", "contexts.os", "\"linux\"")]
    [InlineData("""{"exception":"boom"}""", "exception", "\"boom\"")]
    [InlineData("""{"exception":["boom"]}""", "exception.values.0", "\"boom\"")]
    [InlineData("""{"exception":{"type":"A","thread_id":[]}}""", "exception.values.0.thread_id", "[]")]
    [InlineData(
        """{"sentry.interfaces.Exception":{"values":[{"stacktrace":{"frames":[{},{"lineno":"x"}]}}]}}""",
        "exception.values.0.stacktrace.frames.1.lineno",
        "\"x\""
    )]
    [InlineData("""{"stacktrace":[{"in_app":"maybe"}]}""", "stacktrace.frames.0.in_app", "\"maybe\"")]
    [InlineData("""{"breadcrumbs":[{},{"data":"x"}]}""", "breadcrumbs.values.1.data", "\"x\"")]
    [InlineData("""{"tags":{"a":{"b":1}}}""", "tags.a", "{\"b\":1}")]
    [InlineData("""{"tags":["a"]}""", "tags.0", "\"a\"")]
    [InlineData("""{"request":{"headers":"x"}}""", "request.headers", "\"x\"")]
    [InlineData("""{"fingerprint":["a",["b"]]}""", "fingerprint.1", "[\"b\"]")]
    [InlineData("""{"time_spent":1.5}""", "time_spent", "1.5")]
    public void A_value_of_the_wrong_type_is_set_aside_with_a_note(string json, string path, string value)
    {
        var read = Read(json.Insert(1, "\"culprit\":\"before\",").Insert(json.Length - 1 + 19, ",\"platform\":\"after\""));
        read.Culprit.ShouldBe("before");
        read.Platform.ShouldBe("after");
        var note = read.OnlyNote();
        note.Path.ShouldBe(path);
        note.Kind.ShouldBe("invalid_data");
        note.Value.ShouldBe(value);
        note.Reason.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void A_tag_whose_value_is_refused_keeps_its_place() =>
        Read("""{"tags":[["a",["x"]],["b","2"]]}""").Tags.ShouldBe([new("a", null), new("b", "2")]);

    [Fact]
    public void Unknown_attributes_are_noted_up_to_fifty()
    {
        var read = Read("{" + string.Join(',', Enumerable.Range(0, 80).Select(i => $"\"unknown{i}\":{i}")) + "}");
        read.Notes.Count.ShouldBe(50);
        read.Notes[0].ShouldBe(new FieldNote("unknown0", "invalid_attribute", "0", Reason: "unknown attribute"));
    }

    [Fact]
    public void A_long_value_is_kept_by_its_beginning()
    {
        var note = Read($$"""{"user":"{{new string('x', 5000)}}"}""").OnlyNote();
        note.Length.ShouldBe(5002);
        note.Value!.Length.ShouldBeInRange(1024, 1040);
    }

    [Fact]
    public void A_deep_value_is_kept_by_its_beginning()
    {
        var deep = new string('[', 17) + new string(']', 17);
        Read($$"""{"user":{{deep}}}""").OnlyNote().Value.ShouldBe($"\"{deep}\"");
        var flat = "[" + string.Join(',', Enumerable.Repeat("[]", 50)) + "]";
        Read($$"""{"user":{{flat}}}""").OnlyNote().Value.ShouldBe(flat);
    }

    [Fact]
    public void What_a_client_says_it_removed_is_no_deeper_and_no_longer()
    {
        var deep = new string('[', 500) + new string(']', 500);
        Note(deep).Value.ShouldBe($"\"{deep}\"");
        Note($"[{new string('1', 50_000)}]").Value!.Length.ShouldBe(1026);

        static FieldNote Note(string value) => Read("{\"_meta\":{\"user\":{\"\":{\"val\":" + value + "}}}}").OnlyNote();
    }

    [Fact]
    public void A_name_without_end_is_told_by_its_beginning()
    {
        var deep = new string('[', 60) + new string(']', 60);
        var vars = $"{{\"{new string('x', 100_000)}\":{deep}}}";
        var read = Read($$"""{"{{new string('é', 5000)}}":1,"stacktrace":[{"vars":{{vars}} }]}""");
        read.Notes.Count.ShouldBe(2);
        read.Notes.ShouldAllBe(note => note.Path.Length <= 1024);
    }

    [Fact]
    public void Countless_faults_make_a_bounded_number_of_notes()
    {
        var read = Read($$"""{"breadcrumbs":[{{string.Join(',', Enumerable.Repeat("7", 1000))}}]}""");
        read.Notes.Count.ShouldBe(201);
        read.Notes[^1].Reason.ShouldBe("800 more notes left out");
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("-Infinity")]
    public void Pythons_numbers_that_JSON_lacks_become_texts(string number)
    {
        var read = Read($$$"""{"extra":{"a":{{{number}}},"NaN":"NaN \" {{{number}}}"},"message":"m"}""");
        read.Extra!["a"]!.GetValue<string>().ShouldBe(number);
        read.Extra["NaN"]!.GetValue<string>().ShouldBe($"NaN \" {number}");
        EventReader.TryScan(Encoding.UTF8.GetBytes($$$"""{"extra":{{{number}}}}"""), out _, out _).ShouldBeTrue();
    }

    [Fact]
    public void Raw_control_characters_and_wild_escapes_in_texts_are_mended() =>
        Read("{\"extra\":{\"a\":\"x\ny\",\"b\":\"C:\\dir\\u12\"}}")
            .Extra!.ToJsonString()
            .ShouldBe("""{"a":"x\ny","b":"C:\\dir\\u12"}""");

    [Fact]
    public void Half_surrogate_pairs_become_replacement_characters()
    {
        var read = Read(
            """{"message":"a\ud83d b\ude00 \ud83d\ude00","tags":{"k\ud800":"\udfff"},"extra":{"\udc00":["\ud83d"]}}"""
        );
        read.LogEntry!.Message.ShouldBe("a\uFFFD b\uFFFD \U0001F600");
        read.Tags.ShouldBe([new("k\uFFFD", "\uFFFD")]);
        read.Extra!.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })
            .ShouldBe("{\"\uFFFD\":[\"\uFFFD\"]}");
    }

    [Fact]
    public void Bytes_that_are_no_UTF8_become_replacement_characters()
    {
        byte[] json = [.. "{\"message\":\"a"u8, 0xFF, 0xC3, .. "b\"}"u8];
        Read(json).LogEntry!.Message.ShouldBe("a\uFFFD\uFFFDb");
    }

    [Fact]
    public void A_byte_order_mark_and_trailing_white_space_do_no_harm() =>
        Read("\uFEFF {\"message\":\"m\"} \r\n\0").LogEntry!.Message.ShouldBe("m");

    [Fact]
    public void The_null_character_is_a_character() => Read("""{"message":"a\u0000b"}""").LogEntry!.Message.ShouldBe("a\0b");

    [Fact]
    public void Of_equal_names_the_last_wins_and_of_equal_tags_the_first()
    {
        var read = Read("""{"release":"1","release":"2","extra":{"a":1,"a":2},"tags":{"a":"1","a":"2"}}""");
        read.Release.ShouldBe("2");
        read.Extra!.ToJsonString().ShouldBe("""{"a":2}""");
        read.Tags.ShouldBe([new("a", "1")]);
    }

    [Theory]
    [InlineData("extra", "{\"a\":", "}")]
    [InlineData("extra", "[", "]")]
    [InlineData("contexts", "{\"a\":", "}")]
    [InlineData("exception", "{\"values\":", "}")]
    [InlineData("exception", "[", "]")]
    [InlineData("_meta", "{\"a\":", "}")]
    [InlineData("unheard_of", "[", "]")]
    public void Bottomless_nesting_is_cut_off_without_harm(string attribute, string open, string close)
    {
        const int depth = 100_000;
        var json =
            $"{{\"{attribute}\":"
            + string.Concat(Enumerable.Repeat(open, depth))
            + "1"
            + string.Concat(Enumerable.Repeat(close, depth))
            + ",\"platform\":\"python\"}";
        var bytes = Encoding.UTF8.GetBytes(json);
        var read = Read(bytes);
        read.Platform.ShouldBe("python");
        EventWriter.Write(read).Length.ShouldBeLessThan(10_000);
        EventReader.TryScan(bytes, out _, out _).ShouldBeTrue();
    }

    [Fact]
    public void What_lies_too_deep_is_noted()
    {
        var depth = 80;
        var json =
            $$$"""{"extra":{{{string.Concat(Enumerable.Repeat("[", depth))}}}1{{{string.Concat(Enumerable.Repeat("]", depth))}}}}""";
        var note = Read(json).OnlyNote();
        note.Reason.ShouldBe("nested too deeply");
        note.Path.ShouldStartWith("extra.0.0.0.");
        note.Value!.ShouldContain("[[1]]");
    }

    [Fact]
    public void Numbers_that_no_type_holds_stay_readable() =>
        Read("""{"extra":{"a":1e999,"b":18446744073709551616,"c":-0.5,"d":1}}""")
            .Extra!.ToJsonString()
            .ShouldBe("""{"a":"1e999","b":1.8446744073709552E+19,"c":-0.5,"d":1}""");

    [Theory]
    [InlineData("", "empty request body")]
    [InlineData("  ", "empty request body")]
    [InlineData("nonsense", "invalid JSON data: expected an object")]
    [InlineData("[]", "invalid JSON data: expected an object")]
    [InlineData("\"text\"", "invalid JSON data: expected an object")]
    [InlineData("null", "invalid JSON data: expected an object")]
    public void Only_what_is_no_object_is_refused(string json, string message)
    {
        Refused(json).Message.ShouldBe(message);
        Refused(json).Status.ShouldBe(400);
        EventReader.TryScan(Encoding.UTF8.GetBytes(json), out _, out var refusal).ShouldBeFalse();
        refusal.ShouldBe(Refused(json));
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{}{}")]
    [InlineData("{} x")]
    [InlineData("""{"message":"a" "platform":"b"}""")]
    [InlineData("""{"message":}""")]
    [InlineData("""{"message":"a",}""")]
    [InlineData("""{"extra":{"a":[1,2}}""")]
    [InlineData("""{"message":"a""")]
    [InlineData("""{message:1}""")]
    [InlineData("""{"a":NaN""")]
    public void Broken_JSON_is_refused_with_its_cause(string json)
    {
        Refused(json).Message.ShouldStartWith("invalid JSON data: ");
        Refused(json).Reason.ShouldBe("invalid_json");
        EventReader.TryScan(Encoding.UTF8.GetBytes(json), out _, out var refusal).ShouldBeFalse();
        refusal!.Reason.ShouldBe("invalid_json");
    }

    [Fact]
    public void The_scan_allocates_nothing_for_good_JSON()
    {
        var json = Encoding.UTF8.GetBytes(
            """{"extra":{"a":[1,2,{"event_id":"x","type":"y"}]},"type":"transaction","event_id":"9ec79c33ec9942ab8353589fcb2e04dc"}"""
        );
        EventReader.TryScan(json, out var scan, out _).ShouldBeTrue();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            EventReader.TryScan(json, out scan, out _);
        }
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        scan.Type.ShouldBe("transaction");
        scan.Id.ToString().ShouldBe("9ec79c33ec9942ab8353589fcb2e04dc");
    }
}
