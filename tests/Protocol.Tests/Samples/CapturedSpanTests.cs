using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Protocol.Tests.Traces;
using Tocsin.Protocol.Traces;

namespace Protocol.Tests.Samples;

/// <summary>Every transaction and span item of a real client, held against a second, naive reading of its JSON.</summary>
public class CapturedSpanTests
{
    public static TheoryData<CapturedSpans> Items => [.. CapturedSpans.All()];

    [Fact]
    public void The_corpus_is_complete()
    {
        CapturedSpans.All().Count(item => item.Type == "transaction").ShouldBeGreaterThan(35);
        CapturedSpans.All().Count(item => item.Type == "span").ShouldBeGreaterThan(60);
    }

    [Theory]
    [MemberData(nameof(Items), DisableDiscoveryEnumeration = true)]
    public void Each_span_has_the_ids_name_op_times_and_status_of_its_body(CapturedSpans captured)
    {
        var (read, sent) = Pairs(captured);
        read.Count.ShouldBe(sent.Count);
        foreach (var (span, body) in read.Zip(sent))
        {
            HexId.Format(span.TraceId).ShouldBe(Text(body["trace_id"]));
            HexId.Format(span.SpanId).ShouldBe(Text(body["span_id"]));
            (span.ParentSpanId is { } parent ? HexId.Format(parent) : null).ShouldBe(Text(body["parent_span_id"]));
            span.Name.ShouldBe(Text(body["name"] ?? body["description"]));
            span.Op.ShouldBe(Text(body["op"] ?? Attribute(body, "sentry.op")));
            span.Origin.ShouldBe(Text(body["origin"] ?? Attribute(body, "sentry.origin")));
            span.Start.ShouldBe(Microseconds(body["start_timestamp"]));
            span.End.ShouldBe(Microseconds(body["end_timestamp"] ?? body["timestamp"] ?? sent[0]["timestamp"]));
            (span.Status is null or "unknown").ShouldBe(Text(body["status"]) is null or "unknown_error");
            (span.Status == "ok").ShouldBe(Text(body["status"]) == "ok");
        }
    }

    [Theory]
    [MemberData(nameof(Items), DisableDiscoveryEnumeration = true)]
    public void Each_span_has_the_attributes_measurements_and_links_of_its_body(CapturedSpans captured)
    {
        var (read, sent) = Pairs(captured);
        foreach (var (span, body) in read.Zip(sent))
        {
            var values = span.Attributes.ToDictionary(held => held.Key, held => held.Value);
            foreach (var (key, value) in (body["data"] as JsonObject ?? []).Where(pair => pair.Value is not null))
            {
                values[key].ToString().ShouldBe(AsText(value!), $"{captured}: {key}");
            }
            foreach (var (key, value) in body["attributes"] as JsonObject ?? [])
            {
                values[key].ToString().ShouldBe(AsText(value!["value"]!), $"{captured}: {key}");
                values[key].Type.ShouldBe(TypeOf(Text(value["type"])!), $"{captured}: {key}");
            }
            span.Measurements.Select(measured => (measured.Name, measured.Value, measured.Unit))
                .ShouldBe(
                    (body["measurements"] as JsonObject ?? []).Select(measured =>
                        (measured.Key, measured.Value!["value"]!.GetValue<double>(), Text(measured.Value["unit"]))
                    )
                );
            span.Links.Select(link => (HexId.Format(link.TraceId), HexId.Format(link.SpanId)))
                .ShouldBe((body["links"] as JsonArray ?? []).Select(link => (Text(link!["trace_id"])!, Text(link["span_id"])!)));
        }
    }

    [Theory]
    [MemberData(nameof(Items), DisableDiscoveryEnumeration = true)]
    public void Nothing_in_it_is_set_aside_and_its_segment_is_known(CapturedSpans captured)
    {
        if (captured.Type == "transaction")
        {
            var read = SpanReading.Transaction(captured.Json);
            read.Event.Notes.Where(note => note.Kind.Length > 0 && note.Reason != "not finished").ShouldBeEmpty();
            read.Children.ShouldAllBe(child => child.SegmentId == read.Segment.SpanId && !child.IsSegment);
            return;
        }
        var batch = SpanReading.Batch(captured.Json);
        batch.Notes.ShouldBeEmpty();
        batch.Refused.ShouldBeEmpty();
        // What goes beside a transaction, in the same envelope, leaves its segment to that.
        batch.Spans.Where(span => span.SegmentId is null).ShouldAllBe(span => span.Op == "gen_ai.chat");
        batch.Spans.ShouldAllBe(span => span.IsSegment == (span.SegmentId == span.SpanId));
    }

    /// <summary>The spans as read, and their JSON as one and the same shape: a transaction's own is put together.</summary>
    static (IReadOnlyList<Span> Read, IReadOnlyList<JsonObject> Sent) Pairs(CapturedSpans captured)
    {
        var node = captured.Node;
        if (captured.Type == "span")
        {
            var items = node["items"] is JsonArray list ? list.Select(item => item!.AsObject()) : [node];
            return (SpanReading.Batch(captured.Json).Spans, [.. items]);
        }
        var read = SpanReading.Transaction(captured.Json);
        var segment = node["contexts"]!["trace"]!.DeepClone().AsObject();
        segment["description"] = node["transaction"]?.DeepClone();
        segment["start_timestamp"] = node["start_timestamp"]!.DeepClone();
        segment["timestamp"] = node["timestamp"]!.DeepClone();
        segment["measurements"] = node["measurements"]?.DeepClone();
        return ([read.Segment, .. read.Children], [segment, .. node["spans"]?.AsArray().Select(span => span!.AsObject()) ?? []]);
    }

    static JsonNode? Attribute(JsonObject body, string key) => body["attributes"]?[key]?["value"] ?? body["data"]?[key];

    static string? Text(JsonNode? node) => node?.GetValue<string>() is { Length: > 0 } text ? text : null;

    static long Microseconds(JsonNode? node) =>
        node!.GetValueKind() == JsonValueKind.Number
            ? (long)Math.Round(node.GetValue<double>() * 1e6)
            : DateTimeOffset.Parse(node.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).Ticks
                / 10
                - DateTimeOffset.UnixEpoch.Ticks / 10;

    static string AsText(JsonNode node) =>
        node.GetValueKind() switch
        {
            JsonValueKind.String => node.GetValue<string>(),
            JsonValueKind.Number => node.GetValue<double>().ToString("R", CultureInfo.InvariantCulture),
            _ => node.ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }),
        };

    static AttributeType TypeOf(string wire) =>
        wire switch
        {
            "string" => AttributeType.Text,
            "integer" => AttributeType.Whole,
            "double" => AttributeType.Real,
            "boolean" => AttributeType.Truth,
            _ => AttributeType.Json,
        };
}
