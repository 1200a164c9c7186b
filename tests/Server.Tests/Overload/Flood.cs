using System.Net;
using System.Text;
using Faults;
using Microsoft.Extensions.DependencyInjection;
using Server.Tests.Gateway;
using Tocsin.Journal.Files;
using Tocsin.Server.Gateway;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Gateway.Quotas;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Server.Tests.Overload;

/// <summary>
/// One project's flood beside another's few events: more at once than goes at once, bodies that hang, more than is digested. What it costs the
/// other project, the memory and the ledger is found without a clock: what hangs, hangs until it is let go.
/// </summary>
sealed class Flood : IAsyncDisposable
{
    public static readonly GatewayOptions Options = new()
    {
        AtOnce = 1,
        Held = 1 << 20,
        FairFrom = 64 << 10,
        BodyGrace = TimeSpan.FromHours(1),
        LedgerInterval = TimeSpan.FromDays(1),
    };

    const string OtherKey = "00112233445566778899aabbccddeeff";
    const long Other = 43;
    const int AtOnce = 5;
    const int Begun = 60_000;

    /// <summary>Two and a half times what bodies may hold.</summary>
    const int MostHanging = 40;

    /// <summary>Four times what may wait before somebody is asked to come back.</summary>
    const int MostWaiting = 16;

    readonly SomeGateway gateway;
    readonly FaultyFileLayer files;
    readonly WatchedJournal journal;
    readonly List<string> faults = [];
    int refused;

    Flood(SomeGateway gateway, FaultyFileLayer files, WatchedJournal journal)
    {
        this.gateway = gateway;
        this.files = files;
        this.journal = journal;
    }

    /// <param name="plant">A mistake, in the place of what the gateway is made of.</param>
    /// <param name="forgets">Whether refusals are counted and not written.</param>
    public static async Task<IReadOnlyList<string>> FaultsAsync(Action<IServiceCollection>? plant = null, bool forgets = false)
    {
        await using var flood = await StartAsync(plant, forgets);
        await flood.CrowdAsync();
        await flood.HangAsync();
        await flood.FillAsync();
        await flood.CountAsync();
        return flood.faults;
    }

    static async Task<Flood> StartAsync(Action<IServiceCollection>? plant, bool forgets)
    {
        var files = new FaultyFileLayer(new DiskFileLayer());
        WatchedJournal? journal = null;
        var gateway = await SomeGateway.StartAsync(Options, files, around: inner => journal = new(inner, forgets), adjust: plant);
        await gateway.Projects.Commands.CreateAsync(
            new NewProject(gateway.Projects.Organization, "Other") { Id = Other, PublicKey = OtherKey },
            CancellationToken.None
        );
        return new(gateway, files, journal!);
    }

    /// <summary>While the disk syncs, the flood's events come before the other's one.</summary>
    async Task CrowdAsync()
    {
        var turns = gateway.Services.GetRequiredService<Turns>();
        var before = journal.Begun;
        using var disk = new ManualResetEventSlim();
        files.Plant(FileOperation.Sync, FileFault.Held(disk));
        var sent = new List<Task<HttpStatusCode>>();
        while (sent.Count < AtOnce)
        {
            sent.Add(FloodAsync());
            await UntilAsync(() => journal.Begun - before + turns.Waiting == sent.Count);
        }
        sent.Add(OtherAsync());
        await UntilAsync(() => journal.Begun - before + turns.Waiting == sent.Count);

        disk.Set();
        files.Heal();

        Expect(
            (await Task.WhenAll(sent)).All(status => status == HttpStatusCode.OK),
            "an event was refused for which there was room"
        );
        var behind = (await gateway.KeptAsync()).FindIndex(kept => kept.Receipt.ProjectId == Other);
        // One is on its way, and one may go before.
        Expect(behind <= 2, $"the other project waited behind {behind} events of the flood");
    }

    /// <summary>The flood's bodies do not end, until the server takes no more of them.</summary>
    async Task HangAsync()
    {
        var share = gateway.Services.GetRequiredService<BodyBudget>().Of(SomeGateway.Project);
        var hanging = new List<RawHttp>();
        while (!share.IsSpent && hanging.Count < MostHanging)
        {
            hanging.Add(await HangOneAsync());
        }

        Expect(gateway.HeldBytes <= Options.Held, $"bodies hold {gateway.HeldBytes} bytes of {Options.Held}");
        ExpectRefused(await FloodAsync(), "who fills the memory with bodies was let in");
        Expect(await OtherAsync() == HttpStatusCode.OK, "the other project was refused beside bodies that hang");
        hanging.ForEach(one => one.Abort());
        await UntilAsync(() => gateway.HeldBytes == 0);
    }

    async Task<RawHttp> HangOneAsync()
    {
        var before = gateway.HeldBytes;
        var hanging = new RawHttp(gateway.Address);
        await hanging.SendAsync(
            $"POST /api/{SomeGateway.Project}/envelope/ HTTP/1.1\r\nHost: localhost\r\nX-Sentry-Auth: {SomeGateway.Auth}\r\n"
                + $"Content-Length: {2 * Begun}\r\n\r\n"
                + "{}\n{\"type\":\"event\"}\n"
                + new string(' ', Begun)
        );
        await UntilAsync(() => gateway.HeldBytes >= before + Begun);
        return hanging;
    }

    /// <summary>Nobody digests what the flood sends.</summary>
    async Task FillAsync()
    {
        var status = HttpStatusCode.OK;
        for (var sent = 0; sent < MostWaiting && status == HttpStatusCode.OK; sent++)
        {
            gateway.Time.Advance(TimeSpan.FromSeconds(1));
            status = await FloodAsync(new('x', 16 << 10));
        }

        ExpectRefused(status, "who fills the journal was let in");
        Expect(await OtherAsync() == HttpStatusCode.OK, "the other project was refused for the backlog of the flood");
    }

    async Task CountAsync()
    {
        var counted = (await gateway.RefusedAsync())
            .Where(count => count.Outcome == OutcomeKind.RateLimited)
            .Sum(count => count.Quantity);
        Expect(counted == refused, $"{refused} were refused, {counted} are counted");
    }

    void ExpectRefused(HttpStatusCode status, string otherwise)
    {
        Expect(status == HttpStatusCode.TooManyRequests, otherwise);
        refused += status == HttpStatusCode.TooManyRequests ? 1 : 0;
    }

    void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            faults.Add(otherwise);
        }
    }

    Task<HttpStatusCode> FloodAsync(string message = "flood") => SendAsync(SomeGateway.Project, SomeGateway.Key, message);

    Task<HttpStatusCode> OtherAsync() => SendAsync(Other, OtherKey, "other");

    async Task<HttpStatusCode> SendAsync(long project, string key, string message)
    {
        using var answer = await gateway.PostAsync(
            $"/api/{project}/envelope/",
            Encoding.UTF8.GetBytes($"{{}}\n{{\"type\":\"event\"}}\n{{\"message\":\"{message}\"}}\n"),
            ("X-Sentry-Auth", $"Sentry sentry_version=7, sentry_key={key}")
        );
        return answer.StatusCode;
    }

    static async Task UntilAsync(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(5, patience.Token);
        }
    }

    public ValueTask DisposeAsync() => gateway.DisposeAsync();
}
