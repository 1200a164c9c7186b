using Tocsin.Protocol.Events;
using static Protocol.Tests.Events.Reading;

namespace Protocol.Tests.Events;

/// <summary>The shapes in which clients send the same thing; none of them is a fault.</summary>
public class EventShapeTests
{
    [Theory]
    [InlineData("""{"exception":{"values":[{"type":"A"},null,{"type":"B","value":"x"}]}}""")]
    [InlineData("""{"exception":[{"type":"A"},{"type":"B","value":"x"}]}""")]
    [InlineData("""{"exception":{"0":{"type":"A"},"2":{"type":"B","value":"x"}}}""")]
    [InlineData("""{"exception":{"values":{"0":{"type":"A"},"1":{"type":"B","value":"x"}}}}""")]
    [InlineData("""{"sentry.interfaces.Exception":{"values":[{"type":"A"},{"type":"B","value":"x"}]}}""")]
    [InlineData(
        """{"exception":{"values":[]},"sentry.interfaces.Exception":[{"type":"A"},{"type":"B","value":"x"}],"exception":null}"""
    )]
    public void Exceptions_come_as_values_list_or_numbered_object(string json)
    {
        var read = Read(json);
        read.Exceptions.ShouldBe([new() { Type = "A" }, new() { Type = "B", Value = "x" }]);
        read.Notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"exception":{"type":"A","value":"x"}}""")]
    [InlineData("""{"exception":{"values":{"type":"A","value":"x"}}}""")]
    [InlineData("""{"exception":{"value":"x","type":"A","module":null,"unheard":1}}""")]
    public void A_single_exception_may_stand_alone(string json) =>
        Read(json).Exceptions.ShouldBe([new() { Type = "A", Value = "x" }]);

    [Theory]
    [InlineData("\"text\"", "text")]
    [InlineData("42", "42")]
    [InlineData("true", "true")]
    [InlineData("null", null)]
    [InlineData("{\"a\": [1]}", "{\"a\": [1]}")]
    public void A_thrown_value_may_be_anything(string value, string? expected) =>
        Read($$$"""{"exception":[{"type":"A","value":{{{value}}}}]}""").Exceptions[0].Value.ShouldBe(expected);

    [Theory]
    [InlineData("""{"exception":{"values":null}}""")]
    [InlineData("""{"exception":[]}""")]
    [InlineData("""{"exception":{}}""")]
    [InlineData(
        """{"exception":null,"threads":null,"breadcrumbs":null,"stacktrace":null,"tags":null,"user":null,"request":null}"""
    )]
    [InlineData(
        """{"tags":[],"extra":[],"contexts":[],"user":[],"request":[],"modules":[],"sdk":[],"debug_meta":[],"_meta":[]}"""
    )]
    [InlineData(
        """{"platform":null,"level":null,"timestamp":null,"event_id":null,"release":null,"fingerprint":null,"message":null}"""
    )]
    [InlineData(
        """{"request":{},"user":{},"contexts":{"a":null,"b":[]},"stacktrace":{"frames":null},"breadcrumbs":{"values":[null]}}"""
    )]
    public void Null_and_empty_mean_absent_everywhere(string json)
    {
        var read = Read(json);
        EventComparison.ShouldBeSame(read, new ErrorEvent());
    }

    [Theory]
    [InlineData("""{"tags":{"a":"1","b":2,"c":true,"d":null,"a":"again"}}""")]
    [InlineData("""{"tags":[["a","1"],["b",2],["c",true],["d",null],["a","again"],null]}""")]
    [InlineData("""{"tags":[{"key":"a","value":"1"},{"value":2,"key":"b"},{"key":"c","value":true},{"key":"d","value":null}]}""")]
    public void Tags_come_as_object_pairs_or_objects(string json)
    {
        var read = Read(json);
        read.Tags.ShouldBe([new("a", "1"), new("b", "2"), new("c", "true")]);
        read.Notes.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"message":"hi"}""", "hi", null)]
    [InlineData("""{"logentry":"hi"}""", "hi", null)]
    [InlineData("""{"logentry":{"message":"hi %s","params":["x"]}}""", "hi %s", null)]
    [InlineData("""{"message":{"formatted":"hi x"}}""", null, "hi x")]
    [InlineData("""{"message":"hi","logentry":{"message":"hi"}}""", "hi", null)]
    [InlineData(
        """{"message":"hi x","sentry.interfaces.Message":{"message":"hi %s","params":["x"],"formatted":null}}""",
        "hi %s",
        "hi x"
    )]
    [InlineData("""{"sentry.interfaces.Message":{"message":"hi %s"},"message":"hi x"}""", "hi %s", "hi x")]
    [InlineData("""{"message":7}""", "7", null)]
    public void The_message_is_a_text_an_object_or_both(string json, string? message, string? formatted)
    {
        var entry = Read(json).LogEntry.ShouldNotBeNull();
        (entry.Message, entry.Formatted).ShouldBe((message, formatted));
    }

    [Theory]
    [InlineData("\"fatal\"", "fatal")]
    [InlineData("\"critical\"", "fatal")]
    [InlineData("\"ERROR\"", "error")]
    [InlineData("\"warn\"", "warning")]
    [InlineData("\"log\"", "info")]
    [InlineData("\"trace\"", "debug")]
    [InlineData("10", "debug")]
    [InlineData("20", "info")]
    [InlineData("25", "info")]
    [InlineData("30", "warning")]
    [InlineData("40", "error")]
    [InlineData("\"40\"", "error")]
    [InlineData("50", "fatal")]
    public void Levels_have_names_aliases_and_numbers(string level, string expected)
    {
        Read($$$"""{"level":{{{level}}}}""").Level.ShouldBe(expected);
        Read($$$"""{"breadcrumbs":[{"level":{{{level}}}}]}""").Breadcrumbs[0].Level.ShouldBe(expected);
    }

    [Theory]
    [InlineData("1795198759.4325798")]
    [InlineData("\"2026-11-20T18:19:19.43258\"")]
    [InlineData("\"2026-11-20T20:19:19.4325801+02:00\"")]
    [InlineData("\"1795198759.43258\"")]
    public void A_time_is_text_or_number(string time) =>
        Read($$$"""{"timestamp":{{{time}}}}""")
            .Timestamp.ShouldBe(new DateTimeOffset(2026, 11, 20, 18, 19, 19, TimeSpan.Zero).AddTicks(4325800));

    [Fact]
    public void Numbers_and_truth_values_stand_for_texts()
    {
        var read = Read(
            """{"release":1.10,"dist":7,"environment":true,"user":{"id":12345678901234567890},"fingerprint":[1,"a",false,null]}"""
        );
        read.Release.ShouldBe("1.10");
        read.Dist.ShouldBe("7");
        read.Environment.ShouldBe("true");
        read.User!.Id.ShouldBe("12345678901234567890");
        read.Fingerprint.ShouldBe(["1", "a", "false"]);
        read.Notes.ShouldBeEmpty();
    }

    [Fact]
    public void A_fingerprint_may_be_a_single_text() =>
        Read("""{"fingerprint":"{{ default }}"}""").Fingerprint.ShouldBe(["{{ default }}"]);

    [Fact]
    public void A_frame_is_read_with_everything_it_can_hold()
    {
        var frame = Read(
            """
            {"stacktrace":{"lang":"c","frames_omitted":[3,7],"registers":{"rip":"0x1"},"frames":[
              {"filename":"a.c","abs_path":"/a.c","module":"m","function":"f","raw_function":"f()","symbol":"_f","package":"/lib","platform":"native",
               "lineno":"12","colno":3.0,"in_app":"true","context_line":"x","pre_context":["a",null],"post_context":null,"vars":[1],
               "image_addr":4096,"instruction_addr":"0x1010","symbol_addr":null,"addr_mode":"rel:0","function_id":"0x1","trust":"cfi",
               "source_link":"https://x","debug_id":"d","stack_start":1,"parent_index":0,"sample_count":2,"lock":{"type":1},"data":{"sourcemap":"s"}}]}}
            """
        )
            .StackTrace!.Frames.ShouldHaveSingleItem();
        frame.Line.ShouldBe(12);
        frame.Column.ShouldBe(3);
        frame.InApp.ShouldBe(true);
        frame.StackStart.ShouldBe(true);
        frame.PreContext.ShouldBe(["a", ""]);
        frame.Vars!.ToObject().ToJsonString().ShouldBe("""{"0":1}""");
        frame.ImageAddr.ShouldBe("0x1000");
        typeof(Frame)
            .GetProperties()
            .Where(property => property.GetValue(frame) is null)
            .Select(property => property.Name)
            .ShouldBe(["SymbolAddr"]);
    }

    [Fact]
    public void A_bare_list_of_frames_is_a_stack() =>
        Read("""{"sentry.interfaces.Stacktrace":[{"function":"f"}]}""").StackTrace!.Frames[0].Function.ShouldBe("f");

    [Fact]
    public void A_mechanism_may_be_no_more_than_its_type() =>
        Read("""{"exception":[{"type":"A","mechanism":"onerror"}]}""").Exceptions[0].Mechanism!.Type.ShouldBe("onerror");

    [Theory]
    [InlineData("\"?a=1&b=x+y%21&c&=\"")]
    [InlineData("[[\"a\",\"1\"],[\"b\",\"x y!\"],[\"c\",\"\"],[\"\",\"\"]]")]
    [InlineData("{\"a\":1,\"b\":\"x y!\",\"c\":\"\",\"\":\"\"}")]
    public void A_query_is_text_pairs_or_object(string query) =>
        Read($$$"""{"request":{"query_string":{{{query}}}}}""")
            .Request!.Query.ShouldBe([new("a", "1"), new("b", "x y!"), new("c", ""), new("", "")]);

    [Fact]
    public void Query_and_fragment_leave_the_URL()
    {
        var request = Read("""{"request":{"url":"https://x/y?a=1#top"}}""").Request!;
        (request.Url, request.Fragment).ShouldBe(("https://x/y", "top"));
        request.Query.ShouldBe([new("a", "1")]);
        Read("""{"request":{"query_string":"b=2","url":"https://x/y?a=1"}}""").Request!.Query.ShouldBe([new("b", "2")]);
    }

    [Fact]
    public void Headers_may_be_lists_as_PHP_sends_them()
    {
        var request = Read(
            """{"request":{"headers":{"Host":["a"],"Via":["x","y"],"X":null,"N":7},"cookies":"a=1; b=x=y; c"}}"""
        ).Request!;
        request.Headers.ShouldBe([new("Host", "a"), new("Via", "x"), new("Via", "y"), new("X", null), new("N", "7")]);
        request.Cookies.ShouldBe([new("a", "1"), new("b", "x=y"), new("c", "")]);
    }

    [Fact]
    public void What_a_user_has_beside_the_known_goes_to_its_data()
    {
        var user = Read("""{"user":{"id":"1","plan":"pro","data":{"plan":"old","x":1}}}""").User!;
        user.Data!.ToJsonString().ShouldBe("""{"plan":"old","x":1}""");
        user.Id.ShouldBe("1");
    }

    [Fact]
    public void Modules_are_names_with_versions_in_any_shape()
    {
        Read("""{"modules":{"a":"1","b":null,"c":2}}""")
            .Modules.ShouldBe(
                new Dictionary<string, string?>
                {
                    ["a"] = "1",
                    ["b"] = null,
                    ["c"] = "2",
                }
            );
        Read("""{"modules":[{"name":"a","version":"1"}]}""").Modules.ShouldBe(new Dictionary<string, string?> { ["a"] = "1" });
    }

    [Fact]
    public void A_security_report_names_its_type_when_the_event_does_not()
    {
        var read = Read("""{"sentry.interfaces.Csp":{"effective_directive":"img-src"}}""");
        read.Type.ShouldBe("csp");
        read.SecurityReport!["effective_directive"]!.GetValue<string>().ShouldBe("img-src");
    }

    [Fact]
    public void Attributes_of_transactions_and_servers_are_passed_over() =>
        Read("""{"spans":[{}],"measurements":{},"project":"42","_metrics":{},"version":"7","start_timestamp":1}""")
            .Notes.ShouldBeEmpty();

    [Fact]
    public void The_id_is_read_with_and_without_dashes() =>
        Read("""{"event_id":"9EC79C33-ec99-42ab-8353-589fcb2e04dc"}""")
            .Id.ToString()
            .ShouldBe("9ec79c33ec9942ab8353589fcb2e04dc");

    [Fact]
    public void An_address_may_need_all_its_bits()
    {
        var read = Read("""{"stacktrace":[{"function":"f","instruction_addr":18446744073709551615,"image_addr":-1}]}""");
        var frame = read.StackTrace!.Frames.ShouldHaveSingleItem();
        (frame.InstructionAddr, frame.ImageAddr).ShouldBe(("0xffffffffffffffff", "-1"));
        read.Notes.ShouldBeEmpty();
    }
}
