using System.Net;
using System.Text;

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

        disk.Fill();

        await server.UntilAsync(() => Task.FromResult(load.Refused.ContainsKey(HttpStatusCode.ServiceUnavailable)), "a refusal");
        using (var refused = await PostAsync(server))
        {
            refused.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            refused.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        }
        foreach (var issue in await server.IssuesAsync(""))
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
    static Task<HttpResponseMessage> PostAsync(ServerProcess server) =>
        server.Api.PostAsync(
            new Uri(server.Address, $"api/{ServerProcess.ProjectId}/envelope/?sentry_key={ServerProcess.Key}"),
            new StringContent("{}\n{\"type\":\"session\"}\n{}\n", Encoding.UTF8, "text/plain")
        );
}
