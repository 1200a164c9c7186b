using System.Text.Json;
using System.Text.Json.Nodes;

namespace Protocol.Tests.Events;

/// <summary>Values of a JSON tree as the tests expect them, found without the product's reader.</summary>
static class JsonStrings
{
    /// <summary>Text with half surrogate pairs replaced, which the framework refuses to give out.</summary>
    public static string? Text(JsonNode? node) =>
        node?.GetValueKind() switch
        {
            null or JsonValueKind.Null => null,
            JsonValueKind.String => Mended(node),
            _ => node.ToJsonString(),
        };

    public static string? Level(JsonNode? node) =>
        Text(node) switch
        {
            "log" => "info",
            "40" => "error",
            var level => level,
        };

    static string Mended(JsonNode node)
    {
        try
        {
            return node.GetValue<string>();
        }
        catch (InvalidOperationException)
        {
            var raw = node.GetValue<JsonElement>().GetRawText();
            return JsonSerializer.Deserialize<string>(raw.Replace("\\ud800", "\\ufffd", StringComparison.OrdinalIgnoreCase))!;
        }
    }
}
