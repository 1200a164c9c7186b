using Tocsin.Protocol.Events;
using Tocsin.Protocol.Otlp;

namespace Protocol.Tests.Otlp;

/// <summary>A span in which something was thrown, and the error that it becomes.</summary>
static class SomeThrow
{
    public static ErrorEvent Event(string? language, params (string Key, string Value)[] attributes)
    {
        var service = Service(language, attributes);
        return ThrownEvent.Of(service.Resource, service.Exceptions.ShouldHaveSingleItem(), service.Spans[0]);
    }

    public static ServiceSpans Service(string? language, params (string Key, string Value)[] attributes)
    {
        var happened = attributes.Aggregate(
            new ProtoMessage().Fixed64(1, SomeOtlp.Start).Of(2, "exception"),
            (message, attribute) => message.Of(3, SomeOtlp.Text(attribute.Key, attribute.Value))
        );
        var resource = new ProtoMessage()
            .Of(1, SomeOtlp.Text("service.name", "shop"))
            .Of(1, SomeOtlp.Text("service.version", "1.2.3"))
            .Of(1, SomeOtlp.Text("deployment.environment", "prod"));
        if (language is not null)
        {
            resource.Of(1, SomeOtlp.Text("telemetry.sdk.language", language));
        }
        var server = SomeOtlp
            .Span(0xa1, kind: 2)
            .Of(9, SomeOtlp.Text("http.request.method", "POST"))
            .Of(9, SomeOtlp.Text("url.scheme", "https"))
            .Of(9, SomeOtlp.Text("server.address", "shop.example"))
            .Of(9, SomeOtlp.Whole("server.port", 8443))
            .Of(9, SomeOtlp.Text("url.path", "/cart"))
            .Of(9, SomeOtlp.Text("enduser.id", "u1"));
        var inner = SomeOtlp.Span(0xa2, 0xa1, kind: 1).Of(11, happened);
        var scope = new ProtoMessage().Of(2, server).Of(2, inner);
        return SomeOtlp
            .Read(new ProtoMessage().Of(1, new ProtoMessage().Of(1, resource).Of(2, scope)))
            .Services.ShouldHaveSingleItem();
    }
}
