using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Text;
using Faults;
using Microsoft.Extensions.DependencyInjection;
using Tocsin.Journal.Files;
using Tocsin.Protocol.Envelopes;
using Tocsin.Server.Gateway;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Gateway;

public sealed class TransportTests
{
    const string Event = "{}\n{\"type\":\"event\"}\n{}";

    static string Head(string more) =>
        $"POST /api/42/envelope/ HTTP/1.1\r\nHost: x\r\nX-Sentry-Auth: {SomeGateway.Auth}\r\n{more}\r\n";

    [Fact]
    public async Task A_chunked_body_is_read_to_its_end()
    {
        await using var gateway = await SomeGateway.StartAsync();
        using var http = new RawHttp(gateway.Address);
        await http.SendAsync(Head("Transfer-Encoding: chunked\r\n"));
        foreach (var part in Event)
        {
            await http.SendChunkAsync(new[] { (byte)part });
        }
        await http.SendAsync("0\r\n\r\n");

        (await http.ReceiveAsync()).ShouldNotBeNull().Status.ShouldBe(200);

        Encoding.UTF8.GetString((await gateway.KeptAsync()).ShouldHaveSingleItem().Body).ShouldBe(Event);
    }

    [Theory]
    [InlineData("Content-Length: 1000\r\n", "{}\n{\"type\":\"event\"}\n{}")]
    [InlineData("Transfer-Encoding: chunked\r\n", "5\r\n{}\n{\"\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n", "12\r\n{}\n{\"type\":\"even")]
    public async Task Of_a_body_that_breaks_off_nothing_is_kept(string length, string part)
    {
        await using var gateway = await SomeGateway.StartAsync();
        using var http = new RawHttp(gateway.Address);
        await http.SendAsync(Head(length) + part);
        await Task.Delay(100);

        http.Abort();

        await WaitUntilAsync(() => Held(gateway) == 0);
        (await gateway.SendAsync(Event)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.KeptAsync()).Count.ShouldBe(1);
    }

    [Theory]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nnonsense\r\n\r\n")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n\r\n")]
    [InlineData("Content-Length: x\r\n\r\n")]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n\r\n12345")]
    public async Task A_badly_framed_request_is_a_400(string rest)
    {
        await using var gateway = await SomeGateway.StartAsync();
        using var http = new RawHttp(gateway.Address);

        await http.SendAsync(Head("").TrimEnd() + "\r\n" + rest);

        (await http.ReceiveAsync()).ShouldNotBeNull().Status.ShouldBe(400);
        (await gateway.KeptAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_proxy_may_name_the_whole_address_whatever_the_host_header_says()
    {
        await using var gateway = await SomeGateway.StartAsync();
        using var http = new RawHttp(gateway.Address);

        await http.SendAsync(
            Head($"Content-Length: {Event.Length}\r\n").Replace("POST /", "POST http://errors.example/", StringComparison.Ordinal)
                + Event
        );

        (await http.ReceiveAsync()).ShouldNotBeNull().Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_header_in_Latin_1_does_not_cost_the_event()
    {
        await using var gateway = await SomeGateway.StartAsync();
        using var http = new RawHttp(gateway.Address);

        await http.SendAsync(
            Head($"User-Agent: Caf\u00e9/1\r\nReferer: http://shop.example/\u00fcber\r\nContent-Length: {Event.Length}\r\n")
                + Event
        );

        (await http.ReceiveAsync()).ShouldNotBeNull().Status.ShouldBe(200);
        (await gateway.KeptAsync()).ShouldHaveSingleItem().Receipt.UserAgent.ShouldBe("Caf\uFFFD/1");
    }

    [Fact]
    public async Task A_body_that_announces_too_much_is_refused_unread()
    {
        await using var gateway = await SomeGateway.StartAsync();
        foreach (var (encoding, length) in (List<(string, long)>)[("", (100 << 20) + 1), ("gzip", (20 << 20) + 1)])
        {
            using var http = new RawHttp(gateway.Address);
            await http.SendAsync(Head($"Content-Encoding: {encoding}\r\nContent-Length: {length}\r\n"));
            var answer = (await http.ReceiveAsync()).ShouldNotBeNull();
            answer.Status.ShouldBe(413);
            answer.Body.ShouldContain("envelope exceeded size limits for type 'envelope'");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("gzip")]
    public async Task A_chunked_body_is_cut_at_the_limit(string encoding)
    {
        var small = new EnvelopeLimits { Envelope = 1 << 20 };
        await using var gateway = await SomeGateway.StartAsync(new() { Compressed = 1 << 20, Envelope = small });
        using var http = new RawHttp(gateway.Address);
        await http.SendAsync(Head($"Content-Encoding: {encoding}\r\nTransfer-Encoding: chunked\r\n"));
        var beginning = "{}\n{\"type\":\"x\"}\n"u8.ToArray();
        var noise = Enumerable.Range(0, 50_000).Select(_ => (byte)Random.Shared.Next(' ', 256)).ToArray();
        await http.SendChunkAsync(encoding.Length == 0 ? beginning : [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3, .. Stored(beginning)]);
        for (var i = 0; i < 22; i++)
        {
            await http.SendChunkAsync(encoding.Length == 0 ? noise : Stored(noise));
        }

        var answer = (await http.ReceiveAsync()).ShouldNotBeNull();

        answer.Status.ShouldBe(413);
        await WaitUntilAsync(() => Held(gateway) == 0);
    }

    [Theory]
    [InlineData("gzip", "gzip: invalid data")]
    [InlineData("br", "br: invalid data")]
    [InlineData("zstd", "zstd: invalid data")]
    public async Task A_body_that_is_not_what_its_encoding_says_is_a_400(string encoding, string cause)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.PostAsync(
            "/api/42/envelope/",
            [.. Enumerable.Repeat((byte)0xA7, 100)],
            ("X-Sentry-Auth", SomeGateway.Auth),
            ("Content-Encoding", encoding)
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(
            $$"""{"detail":"failed to decode the request body","causes":["{{cause}}"]}"""
        );
    }

    [Theory]
    [InlineData("")]
    [InlineData("identity")]
    [InlineData("compress")]
    public async Task An_unknown_encoding_counts_as_none(string encoding)
    {
        await using var gateway = await SomeGateway.StartAsync();
        using var http = new RawHttp(gateway.Address);

        await http.SendAsync(Head($"Content-Encoding: {encoding}\r\nContent-Length: {Event.Length}\r\n") + Event);

        (await http.ReceiveAsync()).ShouldNotBeNull().Status.ShouldBe(200);
        (await gateway.KeptAsync()).ShouldHaveSingleItem().Receipt.Encoding.ShouldBe("");
    }

    [Fact]
    public async Task Large_attachments_pass_in_pieces()
    {
        await using var gateway = await SomeGateway.StartAsync();
        var file = new byte[30 << 20];
        Random.Shared.NextBytes(file);
        byte[] body =
        [
            .. Encoding.UTF8.GetBytes($"{{}}\n{{\"type\":\"attachment\",\"filename\":\"a\",\"length\":{file.Length}}}\n"),
            .. file,
        ];

        var answer = await gateway.PostAsync("/api/42/envelope/", body, ("X-Sentry-Auth", SomeGateway.Auth));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.KeptAsync()).ShouldHaveSingleItem().Body.AsSpan().SequenceEqual(body).ShouldBeTrue();
        Held(gateway).ShouldBe(0);
    }

    [Fact]
    public async Task When_too_much_is_in_memory_clients_are_asked_to_come_back()
    {
        await using var gateway = await SomeGateway.StartAsync(new() { Held = 128 * 1024 });
        using var slow = new RawHttp(gateway.Address);
        await slow.SendAsync(Head("Content-Length: 60000\r\n"));
        await slow.SendAsync(new byte[50_000]);
        await WaitUntilAsync(() => Held(gateway) > 32_000);

        var busy = await gateway.SendAsync($"{{}}\n{{\"type\":\"event\"}}\n{{\"x\":\"{new string('x', 50_000)}\"}}");
        slow.Abort();
        await WaitUntilAsync(() => Held(gateway) == 0);
        var later = await gateway.SendAsync(Event);

        busy.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        busy.Headers.RetryAfter.ShouldNotBeNull();
        later.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.RefusedAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_full_disk_is_a_503_until_there_is_room()
    {
        var files = new FaultyFileLayer(new DiskFileLayer());
        await using var gateway = await SomeGateway.StartAsync(files: files);
        (await gateway.SendAsync(Event)).StatusCode.ShouldBe(HttpStatusCode.OK);
        files.Plant(FileOperation.Write, FileFault.DiskFull);
        files.Plant(FileOperation.Create, FileFault.DiskFull);

        var full = await gateway.SendAsync(Event);
        var unhealthy = await gateway.Client.GetAsync(new Uri("/api/relay/healthcheck/ready/", UriKind.Relative));
        files.Heal();
        await WaitUntilAsync(() => gateway.Journal.State.Refusing is null);
        var later = await gateway.SendAsync(Event);

        full.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        full.Headers.RetryAfter.ShouldNotBeNull().Delta.ShouldBe(TimeSpan.FromSeconds(10));
        (await full.Content.ReadAsStringAsync()).ShouldBe("""{"detail":"events cannot be stored at the moment"}""");
        unhealthy.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        (await unhealthy.Content.ReadAsStringAsync()).ShouldBe("""{"is_healthy":false}""");
        later.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.KeptAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_client_that_leaves_while_its_event_is_synced_has_still_sent()
    {
        var files = new FaultyFileLayer(new DiskFileLayer());
        await using var gateway = await SomeGateway.StartAsync(files: files);
        using var gate = new ManualResetEventSlim();
        files.Plant(FileOperation.Sync, FileFault.Held(gate));
        var before = files.Count(FileOperation.Sync);
        using var http = new RawHttp(gateway.Address);
        await http.SendAsync(Head($"Content-Length: {Event.Length}\r\n") + Event);
        await WaitUntilAsync(() => files.Count(FileOperation.Sync) > before);

        http.Abort();
        gate.Set();

        await WaitUntilAsync(() => Held(gateway) == 0);
        (await gateway.KeptAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_body_that_trickles_is_cut_off()
    {
        await using var gateway = await SomeGateway.StartAsync(new() { BodyRate = 1024, BodyGrace = TimeSpan.FromSeconds(1.5) });
        using var http = new RawHttp(gateway.Address);
        await http.SendAsync(Head("Content-Length: 100000\r\n") + "{}\n");

        var answer = await http.ReceiveAsync(TimeSpan.FromSeconds(60));

        // Kestrel answers what it can and closes.
        (answer?.Status ?? 408).ShouldBe(408);
        await WaitUntilAsync(() => Held(gateway) == 0);
        (await gateway.KeptAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_hundred_clients_at_once_are_all_kept()
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(number => gateway.SendAsync(Numbered(number))));

        answers.ShouldAllBe(answer => answer.StatusCode == HttpStatusCode.OK);
        (await gateway.KeptAsync())
            .Select(record => Encoding.UTF8.GetString(record.Body))
            .ShouldBe(Enumerable.Range(0, 100).Select(Numbered), ignoreOrder: true);

        static string Numbered(int number) =>
            string.Create(CultureInfo.InvariantCulture, $"{{}}\n{{\"type\":\"event\"}}\n{{\"message\":\"{number}\"}}");
    }

    [Theory]
    [InlineData("/_health/", "ok")]
    [InlineData("/_health", "ok")]
    [InlineData("/health", "ok")]
    [InlineData("/health/ready", """{"is_healthy":true}""")]
    [InlineData("/api/relay/healthcheck/live/", """{"is_healthy":true}""")]
    [InlineData("/api/relay/healthcheck/ready/", """{"is_healthy":true}""")]
    public async Task Health_is_told_where_tools_look_for_it(string path, string body)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.Client.GetAsync(new Uri(path, UriKind.Relative));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(body);
    }

    [Fact]
    public async Task Health_is_told_without_a_body_too()
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.Client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/health/ready"));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType.ShouldNotBeNull().MediaType.ShouldBe("application/json");
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_worker_that_stands_still_is_not_ready()
    {
        await using var gateway = await SomeGateway.StartAsync();
        var worker = new PipelineHealth(
            gateway.Time,
            new() { StuckAfter = TimeSpan.Zero },
            gateway.Services.GetRequiredService<IMeterFactory>()
        );
        var readiness = new Readiness(gateway.Journal, worker);
        readiness.IsReady().ShouldBeTrue();

        worker.Begins("prepare");
        await WaitUntilAsync(() => !readiness.IsReady());

        worker.Waits();
        readiness.IsReady().ShouldBeTrue();
    }

    /// <summary>A block of deflate that is not compressed.</summary>
    static byte[] Stored(byte[] data) =>
        [0, (byte)data.Length, (byte)(data.Length >> 8), (byte)~data.Length, (byte)(~data.Length >> 8), .. data];

    static long Held(SomeGateway gateway) => gateway.Services.GetRequiredService<BodyBudget>().Held;

    static async Task WaitUntilAsync(Func<bool> condition)
    {
        for (var i = 0; i < 800 && !condition(); i++)
        {
            await Task.Delay(10);
        }
        condition().ShouldBeTrue();
    }
}
