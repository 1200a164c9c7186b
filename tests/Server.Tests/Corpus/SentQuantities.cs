using System.Text.Json.Nodes;
using Protocol.Tests.Samples;

namespace Server.Tests.Corpus;

/// <summary>What a captured request counts as, by the protocol's table and without the product's own.</summary>
static class SentQuantities
{
    public static IEnumerable<(string Category, long Quantity)> Of(Capture capture) =>
        capture.Kind switch
        {
            "envelope" => capture.Items.Zip(SentEvent.Payloads(capture), OfItem).SelectMany(quantities => quantities),
            "store" or "minidump" => [("error", 1)],
            "security" => [("security", 1)],
            "otlp" => [(OfSignal(capture), 1)],
            _ => [],
        };

    /// <summary>What clients say that they lost before they could send it.</summary>
    public static IEnumerable<(string Category, long Quantity)> Lost(Capture capture) =>
        capture.Kind != "envelope"
            ? []
            : capture
                .Items.Zip(SentEvent.Payloads(capture))
                .Where(item => Type(item.First) == "client_report")
                .SelectMany(item => SentEvent.Parse(item.Second)["discarded_events"]!.AsArray())
                .Select(loss => (loss!["category"]!.GetValue<string>(), loss["quantity"]!.GetValue<long>()));

    public static string Type(JsonNode? item) => item!["type"]!.GetValue<string>();

    /// <summary>The last word of an OTLP path: traces, logs or metrics.</summary>
    public static string Signal(Capture capture) => SentEvent.Text(capture.Manifest["path"])!.Split('/')[^1];

    static string OfSignal(Capture capture) =>
        Signal(capture) switch
        {
            "traces" => "span",
            "logs" => "log_item",
            _ => "trace_metric",
        };

    static IEnumerable<(string Category, long Quantity)> OfItem(JsonObject item, byte[] payload) =>
        Type(item) switch
        {
            "event" => [("error", 1)],
            "transaction" => [("transaction", 1)],
            "attachment" => [("attachment", Math.Max(1, payload.Length)), ("attachment_item", 1)],
            "session" or "sessions" => [("session", 1)],
            "feedback" => [("feedback", 1)],
            "profile" => [("profile", 1)],
            "profile_chunk" when SentEvent.Text(item["summary"]!["platform"]) is "javascript" => [("profile_chunk_ui", 1)],
            "profile_chunk" => [("profile_chunk", 1)],
            "replay_event" or "replay_recording" => [("replay", 1)],
            "check_in" => [("monitor", 1)],
            "span" => [("span", Contained(payload))],
            "log" => [("log_item", Contained(payload)), ("log_byte", payload.Length)],
            "trace_metric" => [("trace_metric", Contained(payload))],
            "client_report" => [],
            var other => throw new NotSupportedException(other),
        };

    static long Contained(byte[] payload) => SentEvent.Parse(payload)["items"] is JsonArray items ? items.Count : 1;
}
