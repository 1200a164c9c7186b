using System.Net;
using System.Text;
using Tocsin.Protocol.Envelopes;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Server.Tests.Gateway;

public sealed class QuotaTests
{
    const string Event = "{}\n{\"type\":\"event\"}\n{}\n";
    const string Session = "{\"type\":\"session\"}\n{}\n";

    [Fact]
    public async Task A_key_over_its_limit_is_told_how_long_to_wait_and_for_what()
    {
        await using var gateway = await SomeGateway.StartAsync();
        await gateway.LimitKeyAsync(2, 60);

        var first = await gateway.SendAsync(Event);
        var second = await gateway.SendAsync(Event);
        var third = await gateway.SendAsync(Event);

        first.StatusCode.ShouldBe(HttpStatusCode.OK);
        Limits(first).ShouldBeNull();
        second.StatusCode.ShouldBe(HttpStatusCode.OK);
        Limits(second).ShouldBe("30:default;error;security:key:key_quota");
        third.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        Limits(third).ShouldBe("30:default;error;security:key:key_quota");
        RetryAfter(third).ShouldBe("30");
        (await third.Content.ReadAsStringAsync()).ShouldStartWith(
            """{"detail":"Sentry dropped data due to a quota or internal rate limit being reached."""
        );
        (await gateway.KeptAsync()).Count.ShouldBe(2);
        var count = (await gateway.RefusedAsync()).ShouldHaveSingleItem();
        (count.Outcome, count.Reason, count.Category, count.Quantity).ShouldBe(
            (OutcomeKind.RateLimited, "key_quota", "error", 1)
        );
    }

    [Fact]
    public async Task Tokens_come_back_evenly_while_time_passes()
    {
        await using var gateway = await SomeGateway.StartAsync();
        await gateway.LimitKeyAsync(2, 60);
        await gateway.SendAsync(Event);
        await gateway.SendAsync(Event);

        gateway.Time.Advance(TimeSpan.FromSeconds(29));
        var early = await gateway.SendAsync(Event);
        gateway.Time.Advance(TimeSpan.FromSeconds(1));
        var due = await gateway.SendAsync(Event);
        var tooSoon = await gateway.SendAsync(Event);
        gateway.Time.Advance(TimeSpan.FromHours(1));
        HttpStatusCode[] later =
        [
            (await gateway.SendAsync(Event)).StatusCode,
            (await gateway.SendAsync(Event)).StatusCode,
            (await gateway.SendAsync(Event)).StatusCode,
        ];

        RetryAfter(early).ShouldBe("1");
        due.StatusCode.ShouldBe(HttpStatusCode.OK);
        RetryAfter(tooSoon).ShouldBe("30");
        later.ShouldBe([HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.TooManyRequests]);
    }

    [Fact]
    public async Task Nobody_waits_longer_than_five_minutes()
    {
        await using var gateway = await SomeGateway.StartAsync();
        await gateway.LimitKeyAsync(1, 86_400);
        await gateway.SendAsync(Event);

        RetryAfter(await gateway.SendAsync(Event)).ShouldBe("300");
    }

    [Fact]
    public async Task Only_errors_and_their_files_are_taken_out_of_an_envelope()
    {
        await using var gateway = await SomeGateway.StartAsync();
        await gateway.LimitKeyAsync(1, 60);
        await gateway.SendAsync(Event);

        var mixed = await gateway.SendAsync(Event + "{\"type\":\"attachment\",\"length\":1}\na\n" + Session);
        var transaction = await gateway.SendAsync("{}\n{\"type\":\"transaction\"}\n{}\n");
        var report = await gateway.SendAsync("{}\n{\"type\":\"client_report\"}\n{}\n");

        mixed.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        transaction.StatusCode.ShouldBe(HttpStatusCode.OK);
        Limits(transaction).ShouldBe("60:default;error;security:key:key_quota");
        report.StatusCode.ShouldBe(HttpStatusCode.OK);
        var kept = await gateway.KeptAsync();
        kept.Select(record => string.Join(' ', record.Receipt.Refused)).ShouldBe(["", "0 1", "", ""]);
        (await gateway.RefusedAsync())
            .Select(count => (count.Category, count.Quantity))
            .ShouldBe([("error", 1), ("attachment", 1), ("attachment_item", 1)], ignoreOrder: true);
    }

    [Fact]
    public async Task Of_a_browsers_reports_those_that_find_no_room_are_taken_out()
    {
        await using var gateway = await SomeGateway.StartAsync();
        await gateway.LimitKeyAsync(3, 60);
        await gateway.SendAsync(Event);

        var answer = await gateway.PostAsync(
            "/api/42/security/",
            "[{},{},{},{}]"u8.ToArray(),
            ("X-Sentry-Auth", SomeGateway.Auth)
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.KeptAsync())[^1].Receipt.Refused.ShouldBe([2, 3]);
        (await gateway.RefusedAsync())
            .ShouldHaveSingleItem()
            .ShouldSatisfyAllConditions(
                count => (count.Outcome, count.Category, count.Quantity).ShouldBe((OutcomeKind.RateLimited, "security", 2)),
                count => count.Reason.ShouldBe("key_quota")
            );
    }

    [Theory]
    [InlineData("/api/42/store/")]
    [InlineData("/api/42/security/")]
    public async Task A_door_for_errors_only_refuses_before_the_body_is_read(string path)
    {
        await using var gateway = await SomeGateway.StartAsync();
        await gateway.LimitKeyAsync(1, 60);
        await gateway.SendAsync(Event);
        using var http = new RawHttp(gateway.Address);

        await http.SendAsync(
            $"POST {path} HTTP/1.1\r\nHost: x\r\nX-Sentry-Auth: {SomeGateway.Auth}\r\nContent-Length: 60000\r\n\r\n"
        );

        var answer = (await http.ReceiveAsync()).ShouldNotBeNull();
        answer.Status.ShouldBe(429);
        answer.Headers["Retry-After"].ShouldBe("60");
    }

    [Fact]
    public async Task A_key_over_its_requests_is_refused_unread_whatever_it_sends()
    {
        await using var gateway = await SomeGateway.StartAsync(new() { KeyRequests = new(1, 10) });
        (await gateway.SendAsync("{}\n" + Session)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var http = new RawHttp(gateway.Address);

        await http.SendAsync(
            $"POST /api/42/envelope/ HTTP/1.1\r\nHost: x\r\nX-Sentry-Auth: {SomeGateway.Auth}\r\nContent-Length: 60000\r\n\r\n"
        );

        var answer = (await http.ReceiveAsync()).ShouldNotBeNull();
        answer.Status.ShouldBe(429);
        answer.Headers["X-Sentry-Rate-Limits"].ShouldBe("10::key:key_requests");
    }

    [Fact]
    public async Task A_tunnel_is_no_way_around_the_limit_on_requests()
    {
        await using var gateway = await SomeGateway.StartAsync(new() { KeyRequests = new(1, 10) });
        var envelope = Encoding.UTF8.GetBytes($"{{\"dsn\":\"https://{SomeGateway.Key}@x.example/42\"}}\n{Session}");
        (await gateway.PostAsync("/tunnel", envelope)).StatusCode.ShouldBe(HttpStatusCode.OK);

        var second = await gateway.PostAsync("/tunnel", envelope);

        second.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        Limits(second).ShouldBe("10::key:key_requests");
        (await gateway.KeptAsync()).Count.ShouldBe(1);
        (await gateway.RefusedAsync()).ShouldHaveSingleItem().Reason.ShouldBe("key_requests");
    }

    [Fact]
    public async Task The_projects_limit_holds_for_all_its_keys_and_costs_a_refused_key_nothing()
    {
        await using var gateway = await SomeGateway.StartAsync();
        await gateway.ChangeOptionsAsync(options => options with { Quota = new RateLimit(2, 10) });
        await gateway.LimitKeyAsync(3, 10);
        await gateway.SendAsync(Event);
        await gateway.SendAsync(Event);

        Limits(await gateway.SendAsync(Event)).ShouldBe("5:default;error;security:project:project_quota");
        await gateway.ChangeOptionsAsync(options => options with { Quota = null });
        (await gateway.SendAsync(Event)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.SendAsync(Event)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task The_servers_limit_holds_for_keys_without_their_own()
    {
        await using var gateway = await SomeGateway.StartAsync(new() { KeyQuota = new(1, 10) });
        await gateway.SendAsync(Event);
        (await gateway.SendAsync(Event)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        await gateway.LimitKeyAsync(2, 10);
        (await gateway.SendAsync(Event)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Errors_in_exported_spans_take_from_the_limit_on_errors_and_their_spans_stay()
    {
        await using var gateway = await SomeGateway.StartAsync();
        await gateway.LimitKeyAsync(2, 60);
        (string, string)[] headers = [("X-Sentry-Auth", SomeGateway.Auth), ("Content-Type", SomeExport.Protobuf)];

        var plain = await gateway.PostAsync("/v1/traces", SomeExport.Spans(5), headers);
        var failing = await gateway.PostAsync("/v1/traces", SomeExport.Thrown(4), headers);

        Limits(plain).ShouldBeNull("spans are no errors");
        failing.StatusCode.ShouldBe(HttpStatusCode.OK, "the client would send the spans again");
        Limits(failing).ShouldBe("30:default;error;security:key:key_quota");
        (await gateway.SendAsync(Event)).StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        (await gateway.KeptAsync()).Select(record => string.Join(' ', record.Receipt.Refused)).ShouldBe(["", "3 4"]);
        (await gateway.RefusedAsync()).Sum(count => count.Quantity).ShouldBe(2 + 1);
    }

    [Theory]
    [InlineData("/api/42/minidump/", 200)]
    [InlineData("/api/42/unreal/" + SomeGateway.Key + "/", 200)]
    public async Task A_crash_uploader_never_sees_a_429(string path, int status)
    {
        await using var gateway = await SomeGateway.StartAsync();
        await gateway.LimitKeyAsync(1, 60);
        await gateway.SendAsync(Event);
        (string, string)[] headers = path.Contains("unreal", StringComparison.Ordinal)
            ? []
            : [("X-Sentry-Auth", SomeGateway.Auth)];

        var answer = await gateway.PostAsync(path, Encoding.ASCII.GetBytes("MDMP"), headers);

        ((int)answer.StatusCode).ShouldBe(status);
        (await gateway.KeptAsync()).Count.ShouldBe(1);
        (await gateway.RefusedAsync()).ShouldHaveSingleItem().Reason.ShouldBe("key_quota");
    }

    [Fact]
    public async Task The_ledger_writes_a_flood_of_refusals_as_one_line()
    {
        await using var gateway = await SomeGateway.StartAsync(
            new()
            {
                Envelope = new EnvelopeLimits { Envelope = 1000 },
                LedgerInterval = TimeSpan.FromSeconds(1),
            }
        );
        await gateway.LimitKeyAsync(1, 600);
        await gateway.SendAsync(Event);
        for (var i = 0; i < 50; i++)
        {
            await gateway.SendAsync(Event);
        }
        await gateway.SendAsync(new string('x', 2000));
        var before = gateway.Journal.End;

        gateway.Time.Advance(TimeSpan.FromSeconds(1));

        for (var i = 0; i < 200 && gateway.Journal.End == before; i++)
        {
            await Task.Delay(10);
        }
        gateway.Journal.End.ShouldBeGreaterThan(before);
        (await gateway.RefusedAsync())
            .Select(count => (count.Outcome, count.Reason, count.Category, count.Quantity))
            .ShouldBe(
                [(OutcomeKind.RateLimited, "key_quota", "error", 50), (OutcomeKind.Invalid, "too_large:envelope", "default", 1)],
                ignoreOrder: true
            );
    }

    static string? Limits(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("X-Sentry-Rate-Limits", out var values) ? values.Single() : null;

    static string? RetryAfter(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Retry-After", out var values) ? values.Single() : null;
}
