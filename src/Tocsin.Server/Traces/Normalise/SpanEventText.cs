using System.Text.Json.Nodes;
using Tocsin.Protocol.Traces;

namespace Tocsin.Server.Traces.Normalise;

/// <summary>A span's events as JSON, for its attribute <c>span.events</c>: <c>[{"name", "time", "attributes"}]</c>, time in seconds since 1970.</summary>
static class SpanEventText
{
    const int Most = 128;

    /// <summary>As many of the first as there is room for, each whole. Left: how many are not among them.</summary>
    public static (string Text, int Left) Of(IReadOnlyList<SpanEvent> events)
    {
        var list = new List<string>();
        var length = 2;
        foreach (var one in events.Take(Most))
        {
            var text = TextOf(one);
            length += text.Length + 1;
            if (length > AttributeText.LongestValue)
            {
                break;
            }
            list.Add(text);
        }
        return ($"[{string.Join(',', list)}]", events.Count - list.Count);
    }

    static string TextOf(SpanEvent one)
    {
        var attributes = new JsonObject();
        foreach (var (key, value) in one.Attributes)
        {
            attributes.TryAdd(key, NodeOf(value));
        }
        return new JsonObject
        {
            ["name"] = one.Name,
            ["time"] = one.Time / 1e6,
            ["attributes"] = attributes,
        }.ToJsonString();
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
