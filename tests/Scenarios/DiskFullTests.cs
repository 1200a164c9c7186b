using System.Net;
using System.Text;
using System.Text.Json;

namespace Scenarios;

public sealed class DiskFullTests
{
    [Fact]
    public async Task A_full_disk_stops_taking_and_nothing_else_and_heals_by_itself()
    {
        using var disk = SmallDisk.TryMount(megabytes: 256);
        Assert.SkipWhen(disk is null, "Mounting a small disk needs root with CAP_SYS_ADMIN.");
        await using var server = await ServerProcess.StartUnclaimedAsync(("TOCSIN_DATA", disk.Data));
        var load = new EventLoad(server);
        using var stop = new CancellationTokenSource();
        var sending = load.RunAsync(senders: 4, stop.Token);
        await server.UntilAsync(() => Task.FromResult(load.Acked.Count > 100), "some load");
        IReadOnlyList<JsonElement> stored = [];
        await server.UntilAsync(
            async () =>
            {
                stored = await server.IssuesAsync("");
                return stored.Count > 0 && await AllAsync(stored, async issue => (await server.EventIdsAsync(issue)).Count > 0);
            },
            "issues with their events"
        );

        disk.Fill();

        await server.UntilAsync(() => Task.FromResult(load.Refused.ContainsKey(HttpStatusCode.ServiceUnavailable)), "a refusal");
        using (var refused = await PostAsync(server))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        }
        // An issue of a later batch may wait for its rows.
        foreach (var issue in stored)
        {
            (await server.EventIdsAsync(issue)).ShouldNotBeEmpty();
            (await server.LatestEventAsync(issue)).Text("groupID").ShouldBe(issue.Text("id"));
        }
        // What was acknowledged before waits for its stores, which the disk refuses, too; they are tried again and again.
        await Task.Delay(TimeSpan.FromSeconds(3));
        load.Refused.Keys.ShouldBe([HttpStatusCode.ServiceUnavailable]);

        disk.Free();

        await server.UntilAsync(
            async () =>
            {
                using var answer = await PostAsync(server);
                return answer.StatusCode == HttpStatusCode.OK;
            },
            "the server to take events again"
        );
        await stop.CancelAsync();
        await sending;
        await load.AuditAsync();
    }

    /// <summary>Nothing that is stored: an envelope of a kind that has no room yet.</summary>
    static async Task<bool> AllAsync(IEnumerable<JsonElement> issues, Func<JsonElement, Task<bool>> holds)
    {
        foreach (var issue in issues)
        {
            if (!await holds(issue))
            {
                return false;
            }
        }
        return true;
    }

    static Task<HttpResponseMessage> PostAsync(ServerProcess server) =>
        server.Api.PostAsync(
            new Uri(server.Address, $"api/{ServerProcess.ProjectId}/envelope/?sentry_key={ServerProcess.Key}"),
            new StringContent("{}\n{\"type\":\"session\"}\n{}\n", Encoding.UTF8, "text/plain")
        );
}
