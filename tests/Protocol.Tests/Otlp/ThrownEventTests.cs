using Protocol.Tests.Events;
using Tocsin.Protocol.Events;
using Tocsin.Protocol.Otlp;

namespace Protocol.Tests.Otlp;

public class ThrownEventTests
{
    [Fact]
    public void An_exception_of_a_span_is_an_error_in_its_trace()
    {
        var read = SomeThrow.Event(
            "nodejs",
            ("exception.type", "RangeError"),
            ("exception.message", "bad index"),
            ("exception.escaped", "true"),
            ("cart", "c1")
        );
        (read.Type, read.Level, read.Platform, read.Release, read.Environment).ShouldBe(
            ("error", "error", "node", "1.2.3", "prod")
        );
        read.Timestamp.ShouldBe(DateTimeOffset.UnixEpoch.AddMicroseconds(SomeOtlp.Start / 1000));
        read.Transaction.ShouldBe("GET /cart");
        read.Sdk!.Name.ShouldBe("opentelemetry.nodejs");
        var exception = read.Exceptions.ShouldHaveSingleItem();
        (exception.Type, exception.Value).ShouldBe(("RangeError", "bad index"));
        (exception.Mechanism!.Type, exception.Mechanism.Handled).ShouldBe(("opentelemetry", false));
        var trace = read.Contexts!["trace"]!;
        trace["trace_id"]!.GetValue<string>().ShouldBe(SomeOtlp.Trace);
        trace["span_id"]!.GetValue<string>().ShouldBe("00000000000000a2");
        trace["parent_span_id"]!.GetValue<string>().ShouldBe("00000000000000a1");
        read.Contexts["otel"]!["resource"]!["service.name"]!.GetValue<string>().ShouldBe("shop");
        read.Extra!.ToJsonString().ShouldBe("""{"cart":"c1"}""");
        read.User!.Id.ShouldBe("u1");
        (read.Request!.Method, read.Request.Url).ShouldBe(("POST", "https://shop.example:8443/cart"));
    }

    [Theory]
    [InlineData("java", "java.lang.IllegalStateException", "IllegalStateException", "java.lang")]
    [InlineData("python", "shop.CartError", "CartError", "shop")]
    [InlineData("python", "ValueError", "ValueError", null)]
    [InlineData("dotnet", "System.InvalidOperationException", "System.InvalidOperationException", null)]
    public void The_package_stands_apart_where_its_clients_put_it_apart(string language, string sent, string type, string? module)
    {
        var exception = SomeThrow.Event(language, ("exception.type", sent)).Exceptions.Single();
        (exception.Type, exception.Module, exception.Mechanism!.Handled).ShouldBe((type, module, null));
    }

    [Fact]
    public void The_same_exception_sent_twice_is_the_same_error_and_another_is_another()
    {
        var service = SomeThrow.Service(null, ("exception.type", "E"));
        var (again, other) = (SomeThrow.Service(null, ("exception.type", "E")), service.Exceptions[0] with { Ordinal = 7 });
        var id = ThrownEvent.Of(service.Resource, service.Exceptions[0], null).Id;
        id.ShouldNotBeNull();
        ThrownEvent.Of(again.Resource, again.Exceptions[0], null).Id.ShouldBe(id);
        ThrownEvent.Of(service.Resource, other, null).Id.ShouldNotBe(id);
    }

    [Fact]
    public void In_brief_it_leaves_out_what_others_say_too()
    {
        var service = SomeThrow.Service("java", ("exception.type", "a.B"));
        var brief = ThrownEvent.Of(service.Resource, service.Exceptions[0], service.Spans[0], isBrief: true);
        (brief.Release, brief.Environment, brief.Platform).ShouldBe(("1.2.3", "prod", "java"));
        (brief.Transaction, brief.Request, brief.User).ShouldBe((null, null, null));
        brief.Contexts!.ShouldHaveSingleItem().Key.ShouldBe("trace");
        brief.Exceptions.ShouldHaveSingleItem().Type.ShouldBe("B");
    }

    [Fact]
    public void It_is_written_and_read_as_any_event()
    {
        var sent = SomeThrow.Event("java", ("exception.type", "a.B"), ("exception.stacktrace", "a.B: x\n\tat a.C.d(C.java:1)"));
        EventComparison.ShouldBeSame(Reading.Read(EventWriter.Write(sent)), sent);
    }

    [Fact]
    public void An_exception_without_anything_is_still_one() =>
        SomeThrow.Event(null).Exceptions.ShouldHaveSingleItem().Type.ShouldBe("Error");
}
