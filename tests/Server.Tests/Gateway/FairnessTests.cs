using System.Net;
using System.Text;
using Faults;
using Microsoft.Extensions.DependencyInjection;
using Tocsin.Journal.Files;
using Tocsin.Server.Gateway;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Gateway.Quotas;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Server.Tests.Gateway;

/// <summary>What a project's flood means for another one's requests, without a clock: what hangs, hangs until the test lets it go.</summary>
public sealed class FairnessTests
{
    const string QuietKey = "00112233445566778899aabbccddeeff";
    const long Quiet = 43;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_project_whose_bodies_hang_is_refused_unread_and_counted_while_another_passes()
    {
        await using var gateway = await StartAsync(new() { Held = 1 << 20, BodyGrace = TimeSpan.FromHours(1) });
        var share = gateway.Services.GetRequiredService<BodyBudget>().Of(SomeGateway.Project);
        var hanging = new List<RawHttp>();
        while (!share.IsSpent)
        {
            hanging.Add(await HangAsync(gateway));
        }

        var refused = await gateway.SendAsync(Event("refused"));
        var passed = await SendQuietAsync(gateway, "passed");

        refused.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldBe(TimeSpan.FromSeconds(5));
        refused.Headers.GetValues("X-Sentry-Rate-Limits").ShouldBe(["5::project:in_flight"]);
        passed.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.KeptAsync()).ShouldHaveSingleItem().Receipt.ProjectId.ShouldBe(Quiet);
        var count = (await gateway.RefusedAsync()).ShouldHaveSingleItem();
        (count.ProjectId, count.Outcome, count.Reason, count.Quantity).ShouldBe(
            (SomeGateway.Project, OutcomeKind.RateLimited, "in_flight", 1)
        );

        hanging.ForEach(one => one.Abort());
        await UntilAsync(() => gateway.HeldBytes == 0);
        (await gateway.SendAsync(Event("again"))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_body_that_is_still_received_takes_no_turn()
    {
        await using var gateway = await StartAsync(new() { AtOnce = 1, BodyGrace = TimeSpan.FromHours(1) });
        // So much that it is decoded while it comes, each piece in a turn of its own.
        using var hanging = await HangAsync(gateway, 100_000);

        (await SendQuietAsync(gateway, "another's")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.SendAsync(Event("its own"))).StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Services.GetRequiredService<Turns>().Waiting.ShouldBe(0);
    }

    [Fact]
    public async Task A_flood_waits_behind_itself_and_another_project_s_request_behind_one_of_it()
    {
        var files = new FaultyFileLayer(new DiskFileLayer());
        await using var gateway = await StartAsync(new() { AtOnce = 1 }, files);
        var turns = gateway.Services.GetRequiredService<Turns>();
        using var disk = new ManualResetEventSlim();
        var synced = files.Count(FileOperation.Sync);
        files.Plant(FileOperation.Sync, FileFault.Held(disk));
        List<Task<HttpResponseMessage>> sent = [gateway.SendAsync(Event("loud 1"))];
        await UntilAsync(() => files.Count(FileOperation.Sync) > synced);
        foreach (var number in Enumerable.Range(2, 4))
        {
            sent.Add(gateway.SendAsync(Event($"loud {number}")));
            await UntilAsync(() => turns.Waiting == number - 1);
        }
        sent.Add(SendQuietAsync(gateway, "quiet"));
        await UntilAsync(() => turns.Waiting == 5);

        disk.Set();
        files.Heal();

        (await Task.WhenAll(sent)).ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        string[] order = ["loud 1", "loud 2", "quiet", "loud 3", "loud 4", "loud 5"];
        (await gateway.KeptAsync()).Select(kept => Encoding.UTF8.GetString(kept.Body)).ShouldBe(order.Select(Event));
    }

    [Fact]
    public async Task Who_leaves_while_waiting_for_a_turn_is_not_stored()
    {
        var files = new FaultyFileLayer(new DiskFileLayer());
        await using var gateway = await StartAsync(new() { AtOnce = 1 }, files);
        var turns = gateway.Services.GetRequiredService<Turns>();
        using var disk = new ManualResetEventSlim();
        var synced = files.Count(FileOperation.Sync);
        files.Plant(FileOperation.Sync, FileFault.Held(disk));
        var first = gateway.SendAsync(Event("first"));
        await UntilAsync(() => files.Count(FileOperation.Sync) > synced);
        using var leaving = new RawHttp(gateway.Address);
        await leaving.SendAsync(Head(Event("left").Length) + Event("left"));
        await UntilAsync(() => turns.Waiting == 1);

        leaving.Abort();

        await UntilAsync(() => turns.Waiting == 0);
        disk.Set();
        files.Heal();
        (await first).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendQuietAsync(gateway, "last")).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.KeptAsync()).Select(kept => Encoding.UTF8.GetString(kept.Body)).ShouldBe([Event("first"), Event("last")]);
    }

    static async Task<SomeGateway> StartAsync(GatewayOptions options, FaultyFileLayer? files = null)
    {
        var gateway = await SomeGateway.StartAsync(options, files);
        await gateway.Projects.Commands.CreateAsync(
            new NewProject(gateway.Projects.Organization, "Quiet") { Id = Quiet, PublicKey = QuietKey },
            Stop
        );
        return gateway;
    }

    /// <summary>A request of the loud project whose body does not end; most of it is in memory when this returns.</summary>
    static async Task<RawHttp> HangAsync(SomeGateway gateway, int begun = 60_000)
    {
        var before = gateway.HeldBytes;
        var hanging = new RawHttp(gateway.Address);
        await hanging.SendAsync(Head(2 * begun) + "{}\n{\"type\":\"event\"}\n" + new string(' ', begun));
        await UntilAsync(() => gateway.HeldBytes >= before + begun);
        return hanging;
    }

    static string Head(int length) =>
        $"POST /api/42/envelope/ HTTP/1.1\r\nHost: localhost\r\nX-Sentry-Auth: {SomeGateway.Auth}\r\nContent-Length: {length}\r\n\r\n";

    static string Event(string message) => $"{{}}\n{{\"type\":\"event\"}}\n{{\"message\":\"{message}\"}}\n";

    static Task<HttpResponseMessage> SendQuietAsync(SomeGateway gateway, string message) =>
        gateway.PostAsync(
            $"/api/{Quiet}/envelope/",
            Encoding.UTF8.GetBytes(Event(message)),
            ("X-Sentry-Auth", $"Sentry sentry_version=7, sentry_key={QuietKey}")
        );

    static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }
}
