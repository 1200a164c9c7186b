using System.Text.Json.Nodes;
using Tocsin.Protocol.Traces;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>A span's events as JSON, for its attribute <c>span.events</c>: <c>[{"name", "time", "attributes"}]</c>, time in seconds since 1970.</summary>
static class SpanEventText
{
    const int Most = 128;

    public static string Of(IReadOnlyList<SpanEvent> events)
    {
        var list = new JsonArray();
        foreach (var one in events.Take(Most))
        {
            var attributes = new JsonObject();
            foreach (var (key, value) in one.Attributes)
            {
                attributes.TryAdd(key, NodeOf(value));
            }
            list.Add(
                new JsonObject
                {
                    ["name"] = one.Name,
                    ["time"] = one.Time / 1e6,
                    ["attributes"] = attributes,
                }
            );
        }
        return list.ToJsonString();
    }

    static JsonNode? NodeOf(in AttributeValue value) =>
        value.Type switch
        {
            AttributeType.Whole => value.Whole,
            AttributeType.Real when double.IsFinite(value.Number!.Value) => value.Number,
            AttributeType.Truth => value.Truth,
            AttributeType.Json => JsonNode.Parse(value.ToString()),
            _ => value.ToString(),
        };
}
