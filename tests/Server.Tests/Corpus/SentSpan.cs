using System.Globalization;
using System.Text.Json.Nodes;
using Protocol.Tests.Samples;

namespace Server.Tests.Corpus;

/// <summary>What a captured span says, read from its bytes without any of the product's readers. Times in seconds.</summary>
sealed record SentSpan
{
    public required string Source { get; init; }

    /// <summary>By OpenTelemetry.</summary>
    public bool IsExported { get; init; }
    public required string TraceId { get; init; }
    public required string SpanId { get; init; }
    public string? ParentSpanId { get; init; }
    public string? Name { get; init; }
    public string? Op { get; init; }
    public required decimal Start { get; init; }
    public required decimal End { get; init; }
    public string? Status { get; init; }

    /// <summary>The HTTP status code; null when the span was no call, or got no answer.</summary>
    public string? Code { get; init; }
    public IReadOnlyDictionary<string, double> Measurements { get; init; } = new Dictionary<string, double>();

    public static IEnumerable<SentSpan> Of(Capture capture) =>
        capture.Kind switch
        {
            "envelope" => capture
                .Items.Zip(SentEvent.Payloads(capture), (item, payload) => OfItem($"{capture}", item, payload))
                .SelectMany(spans => spans),
            "otlp" when SentQuantities.Signal(capture) == "traces" => SentExport.Of(capture),
            _ => [],
        };

    static IEnumerable<SentSpan> OfItem(string source, JsonObject item, byte[] payload) =>
        item["type"]!.GetValue<string>() switch
        {
            "transaction" => OfTransaction(source, SentEvent.Parse(payload)),
            "span" when SentEvent.Parse(payload) is var span => span["items"] is JsonArray items
                ? items.Select(one => Streamed(source, one!.AsObject()))
                : [Single(source, span)],
            _ => [],
        };

    static IEnumerable<SentSpan> OfTransaction(string source, JsonObject json)
    {
        var trace = json["contexts"]!["trace"]!.AsObject();
        yield return Single(source, trace) with
        {
            Name = SentEvent.Text(json["transaction"]),
            Start = Seconds(json["start_timestamp"]),
            End = Seconds(json["timestamp"]),
            Measurements = Measured(json["measurements"]),
        };
        foreach (var span in json["spans"]?.AsArray() ?? [])
        {
            // A span that was never finished ends with its transaction.
            var child = Single(source, span!.AsObject());
            yield return child.End == 0 ? child with { End = Seconds(json["timestamp"]) } : child;
        }
    }

    static SentSpan Single(string source, JsonObject json) =>
        new()
        {
            Source = source,
            TraceId = SentEvent.Text(json["trace_id"])!,
            SpanId = SentEvent.Text(json["span_id"])!,
            ParentSpanId = SentEvent.Text(json["parent_span_id"]),
            Name = SentEvent.Text(json["description"]),
            Op = SentEvent.Text(json["op"]) ?? SentEvent.Text(json["data"]?["sentry.op"]),
            Start = Seconds(json["start_timestamp"]),
            End = Seconds(json["timestamp"]),
            Status = SentEvent.Text(json["status"]),
            Code =
                SentEvent.Text(json["data"]?["http.response.status_code"])
                ?? SentEvent.Text(json["data"]?["http.status_code"])
                ?? SentEvent.Text(json["tags"]?["http.status_code"]),
            Measurements = Measured(json["measurements"]),
        };

    static SentSpan Streamed(string source, JsonObject json) =>
        new()
        {
            Source = source,
            TraceId = SentEvent.Text(json["trace_id"])!,
            SpanId = SentEvent.Text(json["span_id"])!,
            ParentSpanId = SentEvent.Text(json["parent_span_id"]),
            Name = SentEvent.Text(json["name"]),
            Op = SentEvent.Text(json["attributes"]!["sentry.op"]?["value"]),
            Start = Seconds(json["start_timestamp"]),
            End = Seconds(json["end_timestamp"]),
            // What was thrown stands there too.
            Status =
                SentEvent.Text(json["attributes"]!["sentry.status.message"]?["value"]) is { } text
                && !text.Contains(' ', StringComparison.Ordinal)
                    ? text
                    : SentEvent.Text(json["status"]),
            Measurements = json["attributes"]!
                .AsObject()
                .Where(pair => pair.Key.StartsWith("browser.web_vital.", StringComparison.Ordinal) && IsVital(pair.Key))
                .ToDictionary(pair => pair.Key.Split('.')[2], pair => pair.Value!["value"]!.GetValue<double>()),
        };

    static bool IsVital(string key) => key.Split('.') is [_, _, "lcp" or "fcp" or "cls" or "inp" or "ttfb", "value"];

    static Dictionary<string, double> Measured(JsonNode? json) =>
        (json as JsonObject ?? []).ToDictionary(pair => pair.Key, pair => pair.Value!["value"]!.GetValue<double>());

    static decimal Seconds(JsonNode? time) =>
        time switch
        {
            null => 0,
            JsonValue value when value.TryGetValue(out decimal number) => number,
            _ => DateTimeOffset.Parse(time.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal)
                is var at
                ? (at - DateTimeOffset.UnixEpoch).Ticks / 1e7m
                : 0,
        };
}
