using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Protocol.Tests.Samples;

namespace Server.Tests.Corpus;

/// <summary>A service that exports its spans with OpenTelemetry and sends its errors with Sentry's SDK: one trace, each error on its span.</summary>
public sealed class JoinedTraceTests
{
    [Theory]
    [InlineData("aspnetcore-otlp", "310c5c162840f89fcf8b9512a30780dd", 4, 5)]
    [InlineData("aspnetcore-otlp", "0763f14f694d7a76a81279fe3ae49665", 1, 1)]
    [InlineData("dotnet-otel", "cb947623ff8e4f2bf9f7b26994171a0e", 3, 1)]
    public async Task Each_error_of_an_envelope_stands_on_its_span_of_the_export(
        string client,
        string trace,
        int spans,
        int errors
    )
    {
        var captures = Capture.All.Where(capture => capture.Case == client).ToList();
        var sent = captures.SelectMany(SentSpan.Of).Where(span => span.TraceId == trace).Select(span => span.SpanId).ToList();
        var reported = captures
            .SelectMany(SentEvent.Of)
            .Select(one => (one.Id, Context: one.Json["contexts"]?["trace"]))
            .Where(one => SentEvent.Text(one.Context?["trace_id"]) == trace)
            .Select(one => (Error: one.Id, Span: SentEvent.Text(one.Context!["span_id"])))
            .ToList();
        var thrown = captures.SelectMany(SentQuantities.Thrown).Select(one => one.Span).Where(sent.Contains).ToList();
        (sent.Count, reported.Count + thrown.Count).ShouldBe((spans, errors));
        reported.ShouldAllBe(one => sent.Contains(one.Span!));
        await using var server = await WholeServer.StartAsync();

        foreach (var request in captures.Select(capture => new SentRequest(capture)).OrderBy(request => request.At))
        {
            server.Clock.MoveTo(request.At);
            (await request.SendAsync(server.Address)).Status.ShouldBe(200, $"{request}");
        }
        await server.DrainAsync();

        var shown = (await server.Api.GetFromJsonAsync<JsonObject>($"organizations/acme/traces/{trace}/"))!;
        shown["spans"]!.AsArray().Select(span => SentEvent.Text(span!["span_id"])!).ShouldBe(sent, ignoreOrder: true);
        Errors(shown["errors"]!.AsArray(), one => SentEvent.Text(one["span_id"]), reported, thrown);

        var forest = (await server.Api.GetFromJsonAsync<JsonArray>($"organizations/acme/trace/{trace}/"))!;
        Spans(forest).Select(span => SentEvent.Text(span["event_id"])!).ShouldBe(sent, ignoreOrder: true);
        var placed = Spans(forest)
            .SelectMany(span =>
                span["errors"]!.AsArray().Select(error => new JsonObject { ["event_id"] = Id(error!), ["on"] = Id(span) })
            );
        Errors([.. placed], one => SentEvent.Text(one["on"]), reported, thrown);
    }

    /// <param name="shown">Each once, and no other.</param>
    /// <param name="spanOf">Where an error is shown.</param>
    /// <param name="reported">In envelopes: with the id that the client gave it.</param>
    /// <param name="thrown">In spans: the server gives them their ids.</param>
    static void Errors(
        JsonArray shown,
        Func<JsonNode, string?> spanOf,
        IReadOnlyList<(string? Error, string? Span)> reported,
        IReadOnlyList<string> thrown
    )
    {
        var places = shown.Select(error => (Error: Id(error!), Span: spanOf(error!))).ToList();
        places.Where(one => reported.Any(sent => sent.Error == one.Error)).ShouldBe(reported, ignoreOrder: true);
        places
            .Where(one => reported.All(sent => sent.Error != one.Error))
            .Select(one => one.Span!)
            .ShouldBe(thrown, ignoreOrder: true);
    }

    static IEnumerable<JsonNode> Spans(JsonArray nodes) =>
        nodes
            .Where(node => SentEvent.Text(node!["event_type"]) == "span")
            .SelectMany(node => Spans(node!["children"]!.AsArray()).Prepend(node!));

    static string? Id(JsonNode node) => SentEvent.Text(node["event_id"]);
}
