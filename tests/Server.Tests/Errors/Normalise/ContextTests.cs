using System.Text.Json.Nodes;

namespace Server.Tests.Errors.Normalise;

public class ContextTests
{
    [Theory]
    [InlineData("runtime", ".NET 8.0.1", ".NET|8.0.1|")]
    [InlineData("runtime", ".NET Core 3.1.2", ".NET Core|3.1.2|")]
    [InlineData("runtime", ".NET Framework 4.8.4250.0", ".NET Framework|4.8.4250.0|")]
    [InlineData("runtime", "Microsoft .NET Framework 4.7", ".NET Framework|4.7|")]
    [InlineData("runtime", "Mono 5.10.1.47 (tarball)", "Mono|5.10.1.47|")]
    [InlineData("os", "Microsoft Windows 10.0.17763", "Windows|10.0|17763")]
    [InlineData("os", "macOS 10.14.2 (18C54)", "macOS|10.14.2|18C54")]
    [InlineData("os", "Darwin 17.7.0 Darwin Kernel Version 17.7.0", "Darwin|17.7.0|")]
    [InlineData("os", "Linux 4.19.1-arch1", "Linux|4.19.1|")]
    [InlineData("os", "Android OS 9 / API-28 (PQ1A.181105.017/4962)", "Android|9|PQ1A.181105.017")]
    [InlineData("os", "TempleOS 5", "||")]
    public void What_a_system_says_of_itself_is_read(string context, string description, string expected)
    {
        var read = Context(context, $$"""{"raw_description":"{{description}}"}""");
        $"{read["name"]}|{read["version"]}|{read["build"]}".ShouldBe(expected);
    }

    [Theory]
    [InlineData("server-os", "os", "Linux 5.3.0-24-generic #0 SMP", "Linux 5.3.0")]
    [InlineData("server-runtime", "runtime", ".NET Core 3.1.3", ".NET Core 3.1.3")]
    [InlineData("os", "app", "Linux 5.3.0", " ")]
    public void The_type_tells_a_system_whatever_its_name(string name, string type, string description, string expected)
    {
        var read = Context(name, $$"""{"type":"{{type}}","raw_description":"{{description}}"}""");
        $"{read["name"]} {read["version"]}".ShouldBe(expected);
    }

    [Fact]
    public void A_name_that_was_sent_stays() =>
        Context("os", """{"name":"Mine","raw_description":"Linux 6.1"}""")["name"]!.GetValue<string>().ShouldBe("Mine");

    [Fact]
    public void Each_context_knows_its_type()
    {
        Context("cart", """{"items":3}""")["type"]!.GetValue<string>().ShouldBe("cart");
        Context("main", """{"type":"os"}""")["type"]!.GetValue<string>().ShouldBe("os");
    }

    [Fact]
    public void A_trace_is_spelt_as_it_is_found()
    {
        var trace = Context(
            "trace",
            """{"trace_id":"4C79F60C-1121-4EB3-8604-F4AE0781BFB2","span_id":"ABCDEF0123456789","parent_span_id":"","op":"http"}"""
        );
        trace["trace_id"]!.GetValue<string>().ShouldBe("4c79f60c11214eb38604f4ae0781bfb2");
        trace["span_id"]!.GetValue<string>().ShouldBe("abcdef0123456789");
        trace.ContainsKey("parent_span_id").ShouldBeFalse();
        (trace["op"]!.GetValue<string>(), trace["status"]!.GetValue<string>()).ShouldBe(("http", "unknown"));
    }

    [Fact]
    public void An_id_that_names_no_trace_is_noted_and_the_event_stays()
    {
        var e = SomeErrors.Normalised("""{"contexts":{"trace":{"trace_id":"zz","span_id":7,"status":"404"}}}""");
        e.Contexts!["trace"]!.ToJsonString().ShouldBe("""{"status":"not_found","type":"trace"}""");
        e.Notes.ShouldHaveSingleItem().Path.ShouldBe("contexts.trace.trace_id");
    }

    static JsonObject Context(string name, string json) =>
        SomeErrors.Normalised($$$"""{"contexts":{"{{{name}}}":{{{json}}}}}""").Contexts![name]!.AsObject();
}
