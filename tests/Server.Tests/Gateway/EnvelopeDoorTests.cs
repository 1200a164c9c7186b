using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Server.Tests.Hosting;
using Tocsin.Protocol;
using Tocsin.Server.Gateway;
using Tocsin.Server.Gateway.Bodies;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Gateway;

public sealed class EnvelopeDoorTests
{
    const string Id = "0123456789abcdef0123456789abcdef";
    const string OtherId = "fedcba9876543210fedcba9876543210";

    [Fact]
    public async Task An_accepted_envelope_is_in_the_journal_as_it_was_received()
    {
        await using var gateway = await SomeGateway.StartAsync();
        var body = Coded.Gzip(Encoding.UTF8.GetBytes(Event(Id)));

        var answer = await gateway.PostAsync(
            "/api/42/envelope/",
            body,
            ("X-Sentry-Auth", SomeGateway.Auth),
            ("Content-Encoding", "gzip"),
            ("X-Forwarded-For", "203.0.113.7, 10.0.0.1"),
            ("User-Agent", "Mozilla/5.0"),
            ("Sec-CH-UA-Platform", "\"Linux\""),
            ("Referer", "https://shop.example/cart?x=1")
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe($$"""{"id":"{{Id}}"}""");
        answer.Content.Headers.ContentType!.ToString().ShouldBe("application/json");
        var (receipt, kept) = (await gateway.KeptAsync()).ShouldHaveSingleItem();
        kept.ShouldBe(body);
        receipt.ShouldBe(
            new Receipt
            {
                Door = Door.Envelope,
                ProjectId = 42,
                KeyId = receipt.KeyId,
                Received = 1_795_176_000_000_000,
                EventId = Parse(Id),
                Encoding = "gzip",
                Client = "test/1.0",
                RemoteAddress = IPAddress.Parse("203.0.113.7"),
                UserAgent = "Mozilla/5.0",
                Origin = "https://shop.example",
                ClientHints = receipt.ClientHints,
                Refused = receipt.Refused,
            }
        );
        receipt.ClientHints.ShouldNotBeNull()["sec-ch-ua-platform"].ShouldBe("\"Linux\"");
    }

    [Theory]
    [InlineData($$"""{"event_id":"{{Id}}"}""", $$"""{"event_id":"{{OtherId}}"}""", Id)]
    [InlineData("""{"event_id":"01234567-89AB-CDEF-0123-456789ABCDEF"}""", "{}", Id)]
    [InlineData("{}", $$"""{"message":{"event_id":"x"},"event_id":"{{Id}}"}""", Id)]
    public async Task The_id_of_the_header_wins_over_the_payload(string header, string payload, string expected)
    {
        await using var gateway = await SomeGateway.StartAsync();
        foreach (var coding in (string[])["", "gzip", "br"])
        {
            var plain = Encoding.UTF8.GetBytes(
                $"{header}\n{{\"type\":\"attachment\",\"length\":70000}}\n{new string('a', 70000)}\n{{\"type\":\"event\"}}\n{payload}\n"
            );
            ContentCodings.TryParse(coding, out var codings).ShouldBeTrue();
            var body = codings.Count == 0 ? plain : Coded.As(codings[0], plain);
            var answer = await gateway.PostAsync(
                "/api/42/envelope/",
                body,
                ("X-Sentry-Auth", SomeGateway.Auth),
                ("Content-Encoding", coding)
            );
            (await answer.Content.ReadAsStringAsync()).ShouldBe($$"""{"id":"{{expected}}"}""");
        }
        (await gateway.KeptAsync()).ShouldAllBe(record => record.Receipt.EventId == Parse(expected));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"event_id":"00000000000000000000000000000000"}""")]
    public async Task An_event_without_an_id_gets_one(string header)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.SendAsync($"{header}\n{{\"type\":\"event\"}}\n{{}}");

        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var id = Parse(json.RootElement.GetProperty("id").GetString()!);
        id.IsNil.ShouldBeFalse();
        (await gateway.KeptAsync()).ShouldHaveSingleItem().Receipt.EventId.ShouldBe(id);
    }

    [Theory]
    [InlineData("{}\n{\"type\":\"client_report\"}\n{}", "{}")]
    [InlineData($"{{\"event_id\":\"{Id}\"}}\n{{\"type\":\"log\",\"item_count\":0}}\n{{\"items\":[]}}", $"{{\"id\":\"{Id}\"}}")]
    [InlineData("{}\n{\"type\":\"something_new\",\"length\":3}\nabc\n\n\n", "{}")]
    public async Task An_envelope_without_an_event_gets_no_id_of_ours(string envelope, string body)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.SendAsync(envelope);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(body);
        (await gateway.KeptAsync()).Count.ShouldBe(1);
    }

    [Fact]
    public async Task An_envelope_without_items_is_a_success_that_is_counted()
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.SendAsync("{}\n");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.KeptAsync()).ShouldBeEmpty();
        var count = (await gateway.RefusedAsync()).ShouldHaveSingleItem();
        (count.Outcome, count.Reason, count.Quantity).ShouldBe((OutcomeKind.Invalid, "empty_envelope", 1));
    }

    [Theory]
    [InlineData("", "empty request body", null)]
    [InlineData("\n", "invalid event envelope", "missing envelope header")]
    [InlineData("[]\n", "invalid event envelope", "invalid envelope header")]
    [InlineData("{\"sent_at\":\"x\",\"sent_at\":\"y\"}\n", "invalid event envelope", "invalid envelope header")]
    [InlineData("{}\nnonsense\n{}", "invalid event envelope", "invalid item header")]
    [InlineData("{}\n{\"length\":2}\n{}", "invalid event envelope", "invalid item header")]
    [InlineData("{}\n{\"type\":\"event\",\"length\":9}\n{}", "invalid event envelope", "unexpected end of file")]
    [InlineData(
        "{}\n{\"type\":\"event\",\"length\":2}\n{} \n",
        "invalid event envelope",
        "missing newline after header or payload"
    )]
    [InlineData("{}\n{\"type\":\"integration\",\"length\":0}\n", "invalid event envelope", "invalid item header")]
    public async Task A_broken_envelope_is_refused_with_its_cause(string envelope, string detail, string? cause)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.SendAsync(envelope);

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        json.RootElement.GetProperty("detail").GetString().ShouldBe(detail);
        json.RootElement.TryGetProperty("causes", out var causes).ShouldBe(cause is not null);
        if (cause is not null)
        {
            causes.EnumerateArray().Select(text => text.GetString()).ShouldBe([cause]);
        }
        answer.Headers.GetValues("X-Sentry-Error").ShouldBe([detail]);
        (await gateway.KeptAsync()).ShouldBeEmpty();
        (await gateway.RefusedAsync()).Sum(count => count.Quantity).ShouldBe(1);
    }

    [Theory]
    [InlineData("event", "event")]
    [InlineData("event", "transaction")]
    [InlineData("transaction", "feedback")]
    [InlineData("security", "raw_security")]
    public async Task An_envelope_holds_one_event_at_most(string first, string second)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.SendAsync(
            $"{{\"event_id\":\"{Id}\"}}\n{{\"type\":\"{first}\"}}\n{{}}\n{{\"type\":\"{second}\"}}\n{{}}\n"
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"envelope exceeded size limits for type '{second}'");
        (await gateway.KeptAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_minidump_comes_with_the_event_that_it_belongs_to()
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.SendAsync(
            Event(Id) + "{\"type\":\"attachment\",\"attachment_type\":\"event.minidump\",\"length\":4}\nMDMP\n"
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task An_item_beyond_its_limit_is_named_and_counted()
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.SendAsync($"{{}}\n{{\"type\":\"event\"}}\n{{\"x\":\"{new string('x', 1 << 20)}\"}}");

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(
            "{\"detail\":\"envelope exceeded size limits for type 'event' (https://develop.sentry.dev/sdk/envelopes/#size-limits)\"}"
        );
        var count = (await gateway.RefusedAsync()).ShouldHaveSingleItem();
        (count.Outcome, count.Reason).ShouldBe((OutcomeKind.Invalid, "too_large:event"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain;charset=UTF-8")]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("nonsense")]
    public async Task The_content_type_decides_nothing(string? contentType)
    {
        await using var gateway = await SomeGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/42/envelope/")
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(Event(Id))),
        };
        request.Headers.Add("X-Sentry-Auth", SomeGateway.Auth);
        if (contentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        var answer = await gateway.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.KeptAsync()).ShouldHaveSingleItem().Receipt.ContentType.ShouldBe(contentType);
    }

    [Theory]
    [InlineData("", "/api/42/envelope/")]
    [InlineData("", "/api/42/envelope")]
    [InlineData("/errors/here", "/errors/here/api/42/envelope/")]
    [InlineData("/errors/here", "/api/42/envelope/")]
    [InlineData("", "//api/42/envelope/")]
    [InlineData("", "///api//42///envelope//")]
    [InlineData("/errors/here", "/errors//here//api/42/envelope/")]
    [InlineData("", "/sentry/api/42/envelope/")]
    [InlineData("", "/errors//here/api/42/envelope/")]
    [InlineData("/errors", "/here/api/42/envelope")]
    public async Task Slash_and_prefix_do_not_matter(string prefix, string path)
    {
        await using var gateway = await SomeGateway.StartAsync(prefix: prefix);

        // From its address on: alone, a path with two slashes in front would name a host.
        var answer = await gateway.PostAsync(
            gateway.Address.GetLeftPart(UriPartial.Authority) + path,
            Encoding.UTF8.GetBytes(Event(Id)),
            ("X-Sentry-Auth", SomeGateway.Auth)
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("203.0.113.7:51234, 10.0.0.1", "203.0.113.7")]
    [InlineData("[2001:db8::7]:443", "2001:db8::7")]
    [InlineData("unknown, 203.0.113.7", "127.0.0.1")]
    [InlineData("203.0.113.7:nonsense", "127.0.0.1")]
    public async Task The_client_is_the_first_that_the_proxies_name(string chain, string address)
    {
        await using var gateway = await SomeGateway.StartAsync();

        await gateway.SendAsync(Event(Id), ("X-Forwarded-For", chain));

        (await gateway.KeptAsync()).ShouldHaveSingleItem().Receipt.RemoteAddress!.ToString().ShouldBe(address);
    }

    [Theory]
    [InlineData("GET", "/api/42/envelope/", 405)]
    [InlineData("PUT", "/api/42/envelope/", 405)]
    [InlineData("DELETE", "/api/42/store/", 405)]
    [InlineData("GET", "/api/42/security/", 405)]
    [InlineData("POST", "/api/42/nowhere/", 404)]
    [InlineData("GET", "/api/42/", 404)]
    public async Task Wrong_methods_and_paths_are_told(string method, string path, int status)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.Client.SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldStartWith("{\"detail\":\"");
        if (status == 405)
        {
            answer.Content.Headers.Allow.ShouldContain("POST");
        }
    }

    [Theory]
    [InlineData("GET", "/api/42/nowhere/", HttpStatusCode.NotFound)]
    [InlineData("POST", "/api/42/nowhere/", HttpStatusCode.NotFound)]
    [InlineData("PUT", "/api/0/organizations/", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/42/envelope/", HttpStatusCode.MethodNotAllowed)]
    [InlineData("POST", "/nowhere/", HttpStatusCode.NotFound)]
    [InlineData("POST", "/sentry/api/42/nowhere/", HttpStatusCode.NotFound)]
    public async Task In_the_whole_server_no_other_route_answers_for_ours(string method, string path, HttpStatusCode status)
    {
        await using var host = await TocsinHost.StartAsync();

        var answer = await host.App.GetTestClient().SendAsync(new HttpRequestMessage(new HttpMethod(method), path));

        answer.StatusCode.ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldStartWith("{\"detail\":");
    }

    [Fact]
    public async Task What_clients_send_does_not_wait_for_the_routes_of_people()
    {
        var described = 0;
        await using var host = await TocsinHost.StartAsync(map: app => app.MapGet("/people", () => "").Add(_ => described++));
        using var client = host.App.GetTestClient();
        using var body = new StringContent("{\"message\":\"first\"}");

        var sent = await client.PostAsync($"http://tocsin.example/api/1/store/?sentry_key={TocsinHost.Key}", body);
        var then = described;
        await client.GetAsync("http://tocsin.example/api/0/");

        sent.StatusCode.ShouldBe(HttpStatusCode.OK);
        then.ShouldBe(0);
        described.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Who_is_not_allowed_as_an_origin_gets_a_success_and_an_outcome()
    {
        await using var gateway = await SomeGateway.StartAsync();
        await gateway.ChangeOptionsAsync(options => options with { AllowedDomains = ["*.shop.example"] });

        var foreign = await gateway.SendAsync(
            Event(Id) + "{\"type\":\"attachment\",\"length\":5}\naaaaa",
            ("Origin", "https://evil.example")
        );
        var own = await gateway.SendAsync(Event(OtherId), ("Origin", "https://www.shop.example"));
        var server = await gateway.SendAsync(Event(OtherId));

        foreign.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await foreign.Content.ReadAsStringAsync()).ShouldContain(Id);
        own.StatusCode.ShouldBe(HttpStatusCode.OK);
        server.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.KeptAsync()).Count.ShouldBe(2);
        (await gateway.RefusedAsync())
            .Select(count => (count.Outcome, count.Reason, count.Category, count.Quantity))
            .ShouldBe(
                [
                    (OutcomeKind.Invalid, "cors", "error", 1),
                    (OutcomeKind.Invalid, "cors", "attachment", 5),
                    (OutcomeKind.Invalid, "cors", "attachment_item", 1),
                ],
                ignoreOrder: true
            );
    }

    static EventId Parse(string text) => EventId.TryParse(text, out var id) ? id : throw new ArgumentException(text);

    static string Event(string id) => $"{{\"event_id\":\"{id}\"}}\n{{\"type\":\"event\"}}\n{{\"message\":\"hello\"}}\n";
}
