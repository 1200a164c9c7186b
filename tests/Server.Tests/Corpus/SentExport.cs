using System.Globalization;
using System.Text.Json.Nodes;
using Protocol.Tests.Samples;

namespace Server.Tests.Corpus;

/// <summary>
/// The spans of a captured export of OpenTelemetry, read without any of the product's readers. Op and status are what the conventions say that
/// the captured clients follow; a client that follows another one fails here until its convention is written down.
/// </summary>
static class SentExport
{
    const int Server = 2;
    const int Client = 3;
    const int Error = 2;

    public static IEnumerable<SentSpan> Of(Capture capture) =>
        capture.Body() is [(byte)'{', ..] and var json
            ? OfJson($"{capture}", SentEvent.Parse(json))
            : OfProto($"{capture}", new(capture.Body()));

    static IEnumerable<SentSpan> OfProto(string source, NaiveProto export) =>
        from scope in export.All(1, 2)
        from span in scope.All(2)
        select Named(
            new()
            {
                Source = source,
                IsExported = true,
                TraceId = span.Hex(1)!,
                SpanId = span.Hex(2)!,
                ParentSpanId = span.Hex(4),
                Name = span.Text(5),
                Start = span.Number(7) / 1e9m,
                End = span.Number(8) / 1e9m,
            },
            scope.All(1).SingleOrDefault()?.Text(1),
            (int)span.Number(6),
            (int)(span.All(15).SingleOrDefault()?.Number(3) ?? 0),
            span.All(9).ToDictionary(attribute => attribute.Text(1)!, attribute => Text(attribute.All(2).Single()))
        );

    static IEnumerable<SentSpan> OfJson(string source, JsonObject export) =>
        from resource in export["resourceSpans"]!.AsArray()
        from scope in resource!["scopeSpans"]!.AsArray()
        from span in scope!["spans"]!.AsArray()
        select Named(
            new()
            {
                Source = source,
                IsExported = true,
                TraceId = SentEvent.Text(span["traceId"])!,
                SpanId = SentEvent.Text(span["spanId"])!,
                ParentSpanId = SentEvent.Text(span["parentSpanId"]) is { Length: > 0 } parent ? parent : null,
                Name = SentEvent.Text(span["name"]),
                Start = decimal.Parse(SentEvent.Text(span["startTimeUnixNano"])!, CultureInfo.InvariantCulture) / 1e9m,
                End = decimal.Parse(SentEvent.Text(span["endTimeUnixNano"])!, CultureInfo.InvariantCulture) / 1e9m,
            },
            SentEvent.Text(scope["scope"]!["name"]),
            span["kind"]!.GetValue<int>(),
            span["status"]!["code"]!.GetValue<int>(),
            span["attributes"]!
                .AsArray()
                .ToDictionary(
                    attribute => SentEvent.Text(attribute!["key"])!,
                    attribute => SentEvent.Text(attribute!["value"]!.AsObject().Single().Value)
                )
        );

    static SentSpan Named(SentSpan span, string? scope, int kind, int status, Dictionary<string, string?> attributes)
    {
        var code = attributes.GetValueOrDefault("http.response.status_code");
        return span with
        {
            Op =
                attributes.ContainsKey("db.system.name") ? "db"
                : attributes.ContainsKey("http.request.method") || scope == "Microsoft.AspNetCore" ? Http(kind)
                : null,
            Code = code,
            Status = (status, code) switch
            {
                (Error, null or "500") => "error",
                (0, null) => "ok",
                (0, _) => null,
                _ => throw new NotSupportedException($"{span.Source} {span.SpanId}: status {status}, answer {code}"),
            },
        };
    }

    static string Http(int kind) =>
        kind switch
        {
            Server => "http.server",
            Client => "http.client",
            _ => throw new NotSupportedException($"kind {kind}"),
        };

    /// <summary>Texts and whole numbers; null for all else.</summary>
    static string? Text(NaiveProto value) =>
        value.Text(1) ?? (value.One(3) is null ? null : value.Number(3).ToString(CultureInfo.InvariantCulture));
}
