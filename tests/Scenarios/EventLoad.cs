using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Bench.Load;

namespace Scenarios;

/// <summary>
/// Clients that post small events as fast as they are acknowledged, and the ledger of what they know: what they tried, and what was
/// acknowledged. An event's kind and user follow from its id, so that every count can be worked out again.
/// </summary>
sealed class EventLoad(ServerProcess server)
{
    const int Kinds = 7;

    readonly ConcurrentDictionary<string, byte> acked = new();
    readonly ConcurrentDictionary<string, byte> attempted = new();

    public IReadOnlyCollection<string> Acked => [.. acked.Keys];

    /// <summary>How long each acknowledgement took; another in its place begins anew.</summary>
    public Latencies Acks { get; set; } = new();

    /// <summary>Answers other than a success, with how often they were given.</summary>
    public ConcurrentDictionary<HttpStatusCode, int> Refused { get; } = new();

    /// <summary>Until it is told to stop; a server that goes away is no error.</summary>
    public Task RunAsync(int senders, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, senders).Select(_ => Task.Run(() => SendAsync(stop), CancellationToken.None)));

    /// <summary>
    /// Everything acknowledged is stored; nothing is stored twice, or that was never sent; events and users of each issue are counted
    /// as its stored events say.
    /// </summary>
    /// <param name="strangers">Events that are stored and were sent by others.</param>
    public async Task AuditAsync(int strangers = 0)
    {
        await SettleAsync(acked.Count + strangers);
        var idsOf = new List<(JsonElement Issue, IReadOnlyList<string> Ids)>();
        foreach (var issue in await server.IssuesAsync("kind"))
        {
            idsOf.Add((issue, await server.EventIdsAsync(issue)));
        }
        List<string> stored = [.. idsOf.SelectMany(one => one.Ids)];
        acked.Keys.Except(stored).ShouldBeEmpty("acked but lost");
        stored.ShouldBeUnique("stored twice");
        stored.Except(attempted.Keys).ShouldBeEmpty("never sent");
        foreach (var (issue, ids) in idsOf)
        {
            issue.Text("count").ShouldBe($"{ids.Count}", issue.Text("title"));
            issue.GetProperty("userCount").GetInt32().ShouldBe(ids.Select(UserOf).Distinct().Count(), issue.Text("title"));
        }
        (await CountedAsync()).ShouldBe(stored.Count + strangers);
        (await AcceptedAsync()).ShouldBe(stored.Count + strangers, "the statistics count each event once");
    }

    /// <summary>What the telemetry says that became of errors; the issues' counts come from the metadata.</summary>
    async Task<long> AcceptedAsync()
    {
        var statistics = await server.Api.GetFromJsonAsync<JsonElement>(
            "organizations/default/stats_v2/?field=sum(quantity)&category=error&outcome=accepted&statsPeriod=2d"
        );
        return statistics
            .GetProperty("groups")
            .EnumerateArray()
            .Single()
            .GetProperty("totals")
            .GetProperty("sum(quantity)")
            .GetInt64();
    }

    /// <summary>
    /// Until all that was acknowledged is counted, or nothing more arrives. What was cut off in the middle may have become durable without
    /// an ack; it gets its time, too.
    /// </summary>
    async Task SettleAsync(int expected)
    {
        var (counted, unchanged) = (-1, Stopwatch.StartNew());
        while (unchanged.Elapsed < (counted < expected ? TimeSpan.FromSeconds(60) : TimeSpan.FromMilliseconds(500)))
        {
            await Task.Delay(100);
            var now = await CountedAsync();
            if (now != counted)
            {
                (counted, unchanged) = (now, Stopwatch.StartNew());
            }
        }
    }

    async Task<int> CountedAsync() => (await server.IssuesAsync("")).Sum(issue => int.Parse(issue.Text("count"), null));

    async Task SendAsync(CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        while (!stop.IsCancellationRequested)
        {
            var id = Guid.NewGuid().ToString("N");
            attempted[id] = 0;
            var begun = Stopwatch.GetTimestamp();
            try
            {
                using var answer = await http.PostAsync(
                    $"api/{ServerProcess.ProjectId}/envelope/?sentry_key={ServerProcess.Key}",
                    new StringContent(Envelope(id), Encoding.UTF8, "text/plain"),
                    stop
                );
                if (answer.IsSuccessStatusCode)
                {
                    acked[id] = 0;
                    Acks.Add(Stopwatch.GetElapsedTime(begun));
                }
                else
                {
                    Refused.AddOrUpdate(answer.StatusCode, 1, (_, times) => times + 1);
                }
            }
            catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException or IOException)
            {
                // Gone in the middle: not acknowledged, so it may be there or not, but at most once.
                await Task.Delay(5, CancellationToken.None);
            }
        }
    }

    static string UserOf(string id) => id[..2];

    static string Envelope(string id)
    {
        var kind = id[0] % Kinds;
        var payload =
            $$$"""{"message":"kind {{{(char)('a' + kind)}}}","fingerprint":["{{{kind}}}"],"user":{"id":"{{{UserOf(id)}}}"},"platform":"other"}""";
        return $$"""{"event_id":"{{id}}"}""" + "\n{\"type\":\"event\"}\n" + payload;
    }
}
