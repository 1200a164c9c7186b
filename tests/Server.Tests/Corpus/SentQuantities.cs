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
            "otlp" => OfExport(capture),
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

    /// <summary>Of an export of traces in protobuf: what its spans say was thrown, as type and span.</summary>
    public static IEnumerable<(string Type, string Span)> Thrown(Capture capture) =>
        capture.Kind == "otlp" && Signal(capture) == "traces"
            ? from span in new NaiveProto(capture.Body()).All(1, 2, 2)
            from happened in span.All(11)
            where happened.Text(2) == "exception"
            let type = happened.All(3).Single(attribute => attribute.Text(1) == "exception.type")
            select (type.All(2).Single().Text(1)!, span.Hex(2)!)
            : [];

    static IEnumerable<(string Category, long Quantity)> OfExport(Capture capture) =>
        Signal(capture) switch
        {
            "traces" =>
            [
                ("span", new NaiveProto(capture.Body()).All(1, 2, 2).Count()),
                .. Thrown(capture).Select(_ => ("error", 1L)),
            ],
            "logs" => [("log_item", Records(capture, "Logs", "logRecords")), ("log_byte", capture.Body().Length)],
            _ => [("trace_metric", Records(capture, "Metrics", "metrics"))],
        };

    static int Records(Capture capture, string signal, string records) =>
        SentEvent.Parse(capture.Body())[$"resource{signal}"]!
            .AsArray()
            .SelectMany(resource => resource![$"scope{signal}"]!.AsArray())
            .Sum(scope => scope![records]!.AsArray().Count);

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
