using System.Text.Json.Nodes;
using Protocol.Tests.Events;

namespace Protocol.Tests.Samples;

/// <summary>What the shapes of the corpus hold, read from the framework's JSON tree with none of the product's code.</summary>
sealed record NaiveEvent(
    IReadOnlyList<string?> ExceptionValues,
    IReadOnlyList<int> FrameCounts,
    IReadOnlyList<(string?, string?, long?, bool?)> Frames,
    int Threads,
    int Breadcrumbs,
    IReadOnlyList<(string, string?)> Tags,
    (string?, string?, string?, string?) User,
    string? SdkName,
    bool HasTimestamp,
    IReadOnlyList<string> Contexts,
    int Extras,
    int Modules
)
{
    public static NaiveEvent Read(byte[] json)
    {
        var root = JsonNode.Parse(json)!.AsObject();
        var exceptions = Values(root["exception"]);
        var frames = exceptions.Select(exception => exception["stacktrace"]?["frames"]?.AsArray() ?? []).ToList();
        var user = root["user"] as JsonObject;
        return new(
            [.. exceptions.Select(exception => JsonStrings.Text(exception["value"]))],
            [.. frames.Select(list => list.Count)],
            [
                .. frames
                    .SelectMany(list => list)
                    .Select(frame =>
                        (
                            JsonStrings.Text(frame!["filename"]),
                            JsonStrings.Text(frame["function"]),
                            frame["lineno"]?.GetValue<long>(),
                            frame["in_app"]?.GetValue<bool>()
                        )
                    ),
            ],
            Values(root["threads"]).Count,
            Values(root["breadcrumbs"]).Count,
            [.. ReadTags(root["tags"])],
            (Text(user, "id"), Text(user, "email"), Text(user, "username"), Text(user, "ip_address")),
            Text(root["sdk"] as JsonObject, "name"),
            root.ContainsKey("timestamp"),
            [
                .. (root["contexts"] as JsonObject ?? [])
                    .Where(context => context.Value is JsonObject)
                    .Select(context => context.Key),
            ],
            (root["extra"] as JsonObject)?.Count ?? 0,
            (root["modules"] as JsonObject)?.Count ?? 0
        );
    }

    static string? Text(JsonObject? parent, string name) => JsonStrings.Text(parent?[name]);

    static List<JsonNode> Values(JsonNode? node) =>
        node switch
        {
            JsonArray array => [.. array.OfType<JsonNode>()],
            JsonObject wrapper when wrapper["values"] is JsonArray values => [.. values.OfType<JsonNode>()],
            JsonObject single when single.Count > 0 && !single.ContainsKey("values") => [single],
            _ => [],
        };

    static IEnumerable<(string, string?)> ReadTags(JsonNode? tags) =>
        tags switch
        {
            JsonObject named => named.Where(tag => tag.Value is not null).Select(tag => (tag.Key, JsonStrings.Text(tag.Value))),
            JsonArray pairs => pairs.Select(pair => (pair![0]!.GetValue<string>(), JsonStrings.Text(pair[1]))),
            _ => [],
        };
}
