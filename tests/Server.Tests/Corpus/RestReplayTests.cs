using System.Text.Json.Nodes;
using Protocol.Tests.Samples;

namespace Server.Tests.Corpus;

/// <summary>What sentry-cli and sentry-api-python asked of the API, in the order in which they did.</summary>
public sealed class RestReplayTests
{
    /// <summary>Parts of a path whose rooms this release does not have yet, with what they are for. They are missing honestly, as 404.</summary>
    static readonly (string Part, string Room)[] Later =
    [
        ("/chunk-upload/", "uploads of source maps and debug files"),
        ("/artifactbundle/", "source maps"),
        ("/files/difs/", "debug files"),
        ("/code-mappings/", "repositories"),
        ("/monitors/", "monitors"),
        ("/rules/", "alerts"),
    ];

    /// <summary>Explore is there, and says of a room that is not that it does not know it.</summary>
    const string LaterDataset = "dataset=logs";

    /// <summary>These name a release that stands by then. What answered the captured requests remembered none; Sentry says 208.</summary>
    static readonly string[] Again =
    [
        "cli3-releases-archive/001",
        "cli3-releases-restore/001",
        "cli3-setcommits-auto/002",
        "cli3-setcommits-local/002",
    ];

    [Fact]
    public async Task Every_call_is_answered_as_its_client_needs_it()
    {
        await using var server = await WholeServer.StartAsync();
        await SendSomeErrorsAsync(server);
        var wrong = new List<string>();
        var later = 0;
        foreach (var request in Capture.OfKind("rest").Select(capture => new SentRequest(capture)).OrderBy(request => request.At))
        {
            server.Clock.MoveTo(request.At);
            var answer = await request.SendAsync(server.Address);
            var isLater = Later.Any(room => request.Path.Contains(room.Part, StringComparison.Ordinal));
            later += isLater ? 1 : 0;
            var expected =
                isLater ? 404
                : request.Url.ToString().Contains(LaterDataset, StringComparison.Ordinal) ? 400
                : Again.Contains($"{request}") ? 208
                : request.Capture.Head["response"]!["status"]!.GetValue<int>();
            if (answer.Status != expected || isLater && JsonNode.Parse(answer.Body)!["detail"] is null)
            {
                wrong.Add($"{request} {request.Method} {request.Url}: {answer.Status} instead of {expected} {answer.Body}");
            }
        }
        wrong.ShouldBeEmpty();
        later.ShouldBe(23);
    }

    /// <summary>The first issue is the one that sentry-cli resolves and mutes.</summary>
    static async Task SendSomeErrorsAsync(WholeServer server)
    {
        foreach (var capture in Capture.OfKind("store").Take(3))
        {
            (await new SentRequest(capture).SendAsync(server.Address)).Status.ShouldBe(200);
        }
        await server.DrainAsync();
    }
}
