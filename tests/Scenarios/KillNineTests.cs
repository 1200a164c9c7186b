using System.Collections.Concurrent;
using System.Text;

namespace Scenarios;

/// <summary>A 200 means durable: the server is killed under load again and again; every acked event is there once, none is counted twice.</summary>
public sealed class KillNineTests
{
    static readonly int Kills = Environment.GetEnvironmentVariable("TOCSIN_LONG") == "1" ? 1000 : 50;
    const int Senders = 8;
    const int IssueKinds = 7;

    [Fact]
    public async Task Every_acked_event_is_stored_once_over_kills_and_restarts()
    {
        await using var server = await ServerProcess.StartAsync(withAdmin: false);
        var acked = new ConcurrentDictionary<string, byte>();
        var attempted = new ConcurrentDictionary<string, byte>();
        var random = new Random(20261120);

        for (var kill = 0; kill < Kills; kill++)
        {
            using var stop = new CancellationTokenSource();
            var senders = Enumerable.Range(0, Senders).Select(_ => SendAsync(server, acked, attempted, stop.Token)).ToList();
            await Task.Delay(random.Next(20, 250));
            await server.KillAsync();
            await stop.CancelAsync();
            await Task.WhenAll(senders);
            await server.StartAgainAsync();
        }

        acked.Count.ShouldBeGreaterThan(Kills);
        await server.UntilAsync(async () => await StoredAsync(server) >= acked.Count, "the backlog to be digested", seconds: 60);
        await Task.Delay(500);
        var stored = await StoredIdsAsync(server);
        stored.Count.ShouldBe(stored.Distinct().Count());
        acked.Keys.Except(stored).ShouldBeEmpty("acked but lost");
        stored.Except(attempted.Keys).ShouldBeEmpty("never sent");
        (await StoredAsync(server)).ShouldBe(stored.Count, "the issues count each stored event once");
    }

    static async Task SendAsync(
        ServerProcess server,
        ConcurrentDictionary<string, byte> acked,
        ConcurrentDictionary<string, byte> attempted,
        CancellationToken stop
    )
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        while (!stop.IsCancellationRequested)
        {
            var id = Guid.NewGuid().ToString("N");
            attempted[id] = 0;
            var kind = id[0] % IssueKinds;
            var payload =
                $$$"""{"message":"kind {{{(char)('a' + kind)}}}","fingerprint":["{{{kind}}}"],"user":{"id":"{{{id[..2]}}}"},"platform":"other"}""";
            var envelope = $$"""{"event_id":"{{id}}"}""" + "\n{\"type\":\"event\"}\n" + payload;
            try
            {
                using var answer = await http.PostAsync(
                    $"api/{ServerProcess.ProjectId}/envelope/?sentry_key={ServerProcess.Key}",
                    new StringContent(envelope, Encoding.UTF8, "text/plain"),
                    stop
                );
                if (answer.IsSuccessStatusCode)
                {
                    acked[id] = 0;
                }
            }
            catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException or IOException)
            {
                // Killed in the middle: not acked, so it may be there or not, but at most once.
            }
        }
    }

    static async Task<int> StoredAsync(ServerProcess server) =>
        (await server.IssuesAsync("")).Sum(issue => int.Parse(issue.Text("count"), null));

    static async Task<List<string>> StoredIdsAsync(ServerProcess server)
    {
        var ids = new List<string>();
        foreach (var issue in await server.IssuesAsync(""))
        {
            await foreach (var page in server.PagesAsync($"organizations/default/issues/{issue.Text("id")}/events/"))
            {
                ids.AddRange(page.EnumerateArray().Select(stored => stored.Text("eventID")));
            }
        }
        return ids;
    }
}
