using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using Protocol.Tests.Samples;

namespace Server.Tests.Corpus;

/// <summary>
/// Every trace that real clients were seen to send, through the whole server and its API: one waterfall with the edges that the clients stated,
/// whichever order the requests come in.
/// </summary>
public sealed class WaterfallTests
{
    static readonly JsonSerializerOptions Deep = new() { MaxDepth = 1_000 };

    static readonly IReadOnlyList<Capture> Captures = [.. Capture.All.Where(capture => SentSpan.Of(capture).Any())];

    static readonly ILookup<string, SentSpan> Traces = Captures.SelectMany(SentSpan.Of).ToLookup(span => span.TraceId);

    /// <param name="seed">Of a shuffle; null: in the order of their capture.</param>
    [Theory]
    [InlineData(null)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(20261121)]
    public async Task Every_captured_trace_is_one_waterfall_with_the_edges_that_were_sent(int? seed)
    {
        Traces.Count.ShouldBeGreaterThan(70);
        await using var server = await WholeServer.StartAsync();
        await SendAsync(server, seed);

        foreach (var trace in Traces)
        {
            await WaterfallAsync(server, trace);
            await ForestAsync(server, trace);
        }
    }

    static async Task SendAsync(WholeServer server, int? seed)
    {
        var requests = Captures.Select(SentRequest.WithKey).OrderBy(request => request.At).ToArray();
        if (seed is { } order)
        {
            // All at one time: what came days later in the captures may come first here.
            server.Clock.MoveTo(requests[^1].At);
            new Random(order).Shuffle(requests);
        }
        foreach (var request in requests)
        {
            if (seed is null)
            {
                server.Clock.MoveTo(request.At);
            }
            (await request.SendAsync(server.Address)).Status.ShouldBe(200, $"{request}");
        }
        await server.DrainAsync();
    }

    /// <summary>The flat list that the page draws.</summary>
    static async Task WaterfallAsync(WholeServer server, IGrouping<string, SentSpan> trace)
    {
        var shown = (await server.Api.GetFromJsonAsync<JsonObject>($"organizations/acme/traces/{trace.Key}/"))!;

        shown["truncated"]!.GetValue<bool>().ShouldBeFalse();
        shown["partial"]!.GetValue<bool>().ShouldBeFalse();
        shown["spans"]!
            .AsArray()
            .Select(span => $"{SentEvent.Text(span!["parent_span_id"])} > {SentEvent.Text(span["span_id"])}")
            .Order(StringComparer.Ordinal)
            .ShouldBe(
                trace.Select(span => $"{span.ParentSpanId} > {span.SpanId}").Distinct().Order(StringComparer.Ordinal),
                trace.Key
            );
    }

    /// <summary>Sentry's form: each span inside its parent, or at the top where the parent was not sent.</summary>
    static async Task ForestAsync(WholeServer server, IGrouping<string, SentSpan> trace)
    {
        var ids = trace.Select(span => span.SpanId).ToHashSet();
        using var answer = await server.Api.GetAsync($"organizations/acme/trace/{trace.Key}/");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, trace.Key);
        var forest = (await answer.Content.ReadFromJsonAsync<JsonArray>(Deep))!;

        Edges(forest, null)
            .Order(StringComparer.Ordinal)
            .ShouldBe(
                trace
                    .Select(span => $"{(ids.Contains(span.ParentSpanId ?? "") ? span.ParentSpanId : null)} > {span.SpanId}")
                    .Distinct()
                    .Order(StringComparer.Ordinal),
                trace.Key
            );
    }

    static IEnumerable<string> Edges(JsonArray nodes, string? parent) =>
        nodes
            .Where(node => SentEvent.Text(node!["event_type"]) == "span")
            .SelectMany(node =>
            {
                var id = SentEvent.Text(node!["event_id"]);
                return Edges(node["children"]!.AsArray(), id).Prepend($"{parent} > {id}");
            });
}
