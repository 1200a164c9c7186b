using System.Net;
using System.Text.Json.Nodes;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Corpus;

/// <summary>What is broken on purpose gets the documented status with its cause, leaves a trace in the statistics, and hurts nobody else.</summary>
public sealed class BrokenRequestTests
{
    [Fact]
    public async Task Every_broken_request_is_answered_with_its_cause_and_counted()
    {
        await using var server = await WholeServer.StartAsync();
        using var client = new HttpClient { BaseAddress = server.Address };
        foreach (var broken in BrokenRequest.All)
        {
            using var request = broken.ToMessage();
            using var answer = await client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();
            ((int)answer.StatusCode).ShouldBe(broken.Status, $"{broken}: {text}");
            var body = JsonNode.Parse(text)!;
            body["detail"]!.GetValue<string>().ShouldStartWith(broken.Detail, customMessage: broken.Name);
            body["causes"]?.AsArray().Single()!.GetValue<string>().ShouldBe(broken.Cause, broken.Name);
            (body["causes"] is null).ShouldBe(broken.Cause is null, $"{broken}: {text}");
            answer.Headers.GetValues("X-Sentry-Error").Single().ShouldBe(body["detail"]!.GetValue<string>(), broken.Name);
        }
        await server.DrainAsync();
        var outcomes = await server.OutcomesAsync();
        outcomes.ShouldAllBe(row => row.Kind == OutcomeKind.Invalid && row.Reason.Length > 0);
        outcomes.Sum(row => row.Quantity).ShouldBe(BrokenRequest.All.Count(broken => broken.IsCounted));
        BrokenRequest.All.Count.ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task A_payload_that_is_no_event_is_taken_and_shown_as_invalid()
    {
        await using var server = await WholeServer.StartAsync();
        using var client = new HttpClient { BaseAddress = server.Address };
        string[] payloads = ["", "hello", "[]", "{\"message\":", "{} {}", "\0"];
        foreach (var payload in payloads)
        {
            using var content = new StringContent($"{{}}\n{{\"type\":\"event\",\"length\":{payload.Length}}}\n{payload}\n");
            using var answer = await client.PostAsync($"/api/42/envelope/?sentry_key={WholeServer.Key}", content);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, payload);
        }
        await server.DrainAsync();
        var outcomes = await server.OutcomesAsync();
        outcomes.ShouldAllBe(row => row.Kind == OutcomeKind.Invalid && row.Category == "error");
        outcomes.Sum(row => row.Quantity).ShouldBe(payloads.Length);
    }
}
