using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Capture = Protocol.Tests.Samples.Capture;

namespace Server.Tests.Corpus;

/// <summary>What a captured event says, read from its bytes without any of the product's readers.</summary>
sealed partial record SentEvent(string Name, JsonObject Json, JsonObject Summary)
{
    static readonly Dictionary<int, string> Levels = new()
    {
        [10] = "debug",
        [20] = "info",
        [30] = "warning",
        [40] = "error",
        [50] = "fatal",
    };

    /// <summary>Null: there is none in the request, the server makes one.</summary>
    public string? Id => Text(Json["event_id"])?.Replace("-", "", StringComparison.Ordinal);

    public IReadOnlyList<(string? Type, string? Value)> Exceptions =>
        (Json["exception"] ?? Json["sentry.interfaces.Exception"]) switch
        {
            JsonArray values => [.. values.Select(One)],
            JsonObject with when with["values"] is JsonArray values => [.. values.Select(One)],
            JsonObject single => [One(single)],
            _ => [],
        };

    /// <summary>Formatted by the client, or by who reads it.</summary>
    public string? Message =>
        (Json["logentry"] ?? Json["sentry.interfaces.Message"] ?? Json["message"]) switch
        {
            JsonObject entry => Text(entry["formatted"])
                ?? Formatted(Text(entry["message"])!, entry["params"] as JsonArray ?? []),
            { } text => Text(text),
            _ => null,
        };

    public string Level =>
        Json["level"] switch
        {
            JsonValue value when value.TryGetValue(out int number) => Levels[number],
            { } text => Text(text) is "log" ? "info" : Text(text)!,
            _ => "error",
        };

    public string? Release => Text(Json["release"]);
    public string? Environment => Text(Json["environment"]);
    public JsonObject? User => (Json["user"] ?? Json["sentry.interfaces.User"]) as JsonObject;

    public IReadOnlyDictionary<string, string> Tags =>
        (
            Json["tags"] switch
            {
                JsonObject tags => tags.Select(tag => (tag.Key, Value: tag.Value)),
                JsonArray pairs => pairs.Select(pair => (Key: pair![0]!.GetValue<string>(), Value: pair[1])),
                _ => [],
            }
        )
            .Where(tag => tag.Value is not null)
            .ToDictionary(tag => tag.Key, tag => Text(tag.Value)!);

    public static IEnumerable<SentEvent> Of(Capture capture) =>
        capture.Kind switch
        {
            "envelope" => capture
                .Items.Zip(Payloads(capture))
                .Where(item => item.First["type"]!.GetValue<string>() == "event")
                .Select(item => new SentEvent($"{capture}", Parse(item.Second), item.First["summary"]!.AsObject())),
            "store" => [new($"{capture}", Parse(Stored(capture.Body())), capture.Manifest["summary"]!.AsObject())],
            _ => [],
        };

    /// <summary>What makes two errors the same to a developer: thrown along the same lines, or the same words, or the client says so.</summary>
    public string Place =>
        Json["fingerprint"] is JsonArray fingerprint ? $"{fingerprint.ToJsonString()} {Lines}"
        : Lines.Length > 0 ? string.Join(',', Exceptions.Select(exception => exception.Type)) + Lines
        : Message ?? "";

    string Lines =>
        string.Join(
            '\n',
            Stacks(Json["exception"])
                .Concat(Stacks(Json["threads"]))
                .Append(Json["stacktrace"])
                .SelectMany(stack => stack?["frames"] as JsonArray ?? [])
                .Select(frame =>
                    $"{frame!["module"] ?? frame["filename"]} {frame["function"]} {frame["lineno"]} {frame["in_app"]}"
                )
        );

    static IEnumerable<JsonNode?> Stacks(JsonNode? holders) =>
        (holders as JsonArray ?? holders?["values"] as JsonArray ?? []).Select(holder => holder!["stacktrace"]);

    static string Formatted(string template, JsonArray parameters) =>
        parameters.Aggregate(
            template,
            (text, parameter) =>
                text.IndexOf("%s", StringComparison.Ordinal) is >= 0 and var at
                    ? text[..at] + Text(parameter) + text[(at + 2)..]
                    : text
        );

    /// <summary>Null stays null, text is itself, all else is its JSON.</summary>
    public static string? Text(JsonNode? node) =>
        node switch
        {
            null => null,
            JsonValue value when value.TryGetValue(out string? text) => text,
            _ => node.ToJsonString(),
        };

    static (string?, string?) One(JsonNode? exception) => (Text(exception!["type"]), Text(exception["value"]));

    /// <summary>Half a surrogate pair is no text; what stands for it is the replacement character.</summary>
    public static JsonObject Parse(byte[] json) =>
        JsonNode.Parse(HalfPair.Replace(Encoding.UTF8.GetString(json), "\\ufffd"))!.AsObject();

    [GeneratedRegex(@"\\u[dD][89abAB]..(?!\\u[dD][c-fC-F])|(?<!\\u[dD][89abAB]..)\\u[dD][c-fC-F]..")]
    static partial Regex HalfPair { get; }

    public static IEnumerable<byte[]> Payloads(Capture capture)
    {
        var body = capture.Body();
        var at = Array.IndexOf(body, (byte)'\n') + 1;
        foreach (var item in capture.Items)
        {
            at = Array.IndexOf(body, (byte)'\n', at) + 1;
            var length = item["payload_bytes"]!.GetValue<int>();
            yield return body[at..(at + length)];
            at += length + 1;
        }
    }

    static byte[] Stored(byte[] body)
    {
        if (body[0] == '{')
        {
            return body;
        }
        using var packed = new MemoryStream(Convert.FromBase64String(Encoding.ASCII.GetString(body)));
        using var plain = new MemoryStream();
        using var inflated = new ZLibStream(packed, CompressionMode.Decompress);
        inflated.CopyTo(plain);
        return plain.ToArray();
    }
}
