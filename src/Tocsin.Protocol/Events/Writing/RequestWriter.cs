using System.Text.Json;
using Tocsin.Protocol.Json;

namespace Tocsin.Protocol.Events.Writing;

static class RequestWriter
{
    public static void Write(Utf8JsonWriter writer, EventRequest request)
    {
        writer.WriteStartObject();
        writer.Optional("method", request.Method);
        writer.Optional("url", request.Url);
        writer.OptionalList("query_string", request.Query, Pairs.Write);
        writer.Optional("fragment", request.Fragment);
        writer.OptionalList("headers", request.Headers, Pairs.Write);
        writer.OptionalList("cookies", request.Cookies, Pairs.Write);
        writer.Optional("data", request.Data);
        writer.Optional("inferred_content_type", request.InferredContentType);
        writer.Optional("env", request.Env);
        writer.Optional("api_target", request.ApiTarget);
        writer.Optional("protocol", request.Protocol);
        writer.WriteEndObject();
    }
}
