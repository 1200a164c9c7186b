using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Protocol.Tests.Samples;

namespace Server.Tests.Corpus;

/// <summary>Every request of the corpus that is no call of the REST API, sent once in the order of their capture, each at its own time.</summary>
public sealed class ReplayedCorpus : IAsyncLifetime
{
    WholeServer? server;

    internal WholeServer Server => server!;
    internal List<(SentRequest Request, Gateway.RawAnswer Answer)> Answers { get; } = [];

    /// <summary>By the id that was answered; of several events with one id the first, as only that is stored.</summary>
    internal Dictionary<string, SentEvent> Events { get; } = [];

    /// <summary>The events as the API shows them.</summary>
    internal Dictionary<string, JsonObject> Stored { get; } = [];

    /// <summary>The ids in the project's list of events, page by page.</summary>
    internal List<string> Listed { get; } = [];

    public async ValueTask InitializeAsync()
    {
        server = await WholeServer.StartAsync();
        var requests = Capture.All.Where(capture => capture.Kind != "rest").Select(capture => new SentRequest(capture));
        foreach (var request in requests.OrderBy(request => request.At))
        {
            server.Clock.MoveTo(request.At);
            var answer = await request.SendAsync(server.Address);
            Answers.Add((request, answer));
            foreach (var sent in SentEvent.Of(request.Capture))
            {
                Events.TryAdd(JsonNode.Parse(answer.Body)!["id"]!.GetValue<string>(), sent);
            }
        }
        await server.DrainAsync();
        foreach (var id in Events.Keys)
        {
            using var answer = await server.Api.GetAsync($"projects/acme/shop/events/{id}/");
            if (answer.IsSuccessStatusCode)
            {
                Stored[id] = (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
            }
        }
        for (var (page, at) = (new JsonArray(), 0); at == 0 || page.Count > 0; at += page.Count)
        {
            page = (await server.Api.GetFromJsonAsync<JsonArray>($"projects/acme/shop/events/?per_page=100&cursor=0:{at}:0"))!;
            Listed.AddRange(page.Select(row => row!["eventID"]!.GetValue<string>()));
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }
    }
}
