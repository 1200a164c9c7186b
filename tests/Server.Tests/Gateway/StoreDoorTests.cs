using System.Globalization;
using System.Net;
using System.Text;
using Tocsin.Server.Gateway;
using Tocsin.Server.Gateway.Bodies;

namespace Server.Tests.Gateway;

public sealed class StoreDoorTests
{
    const string Id = "0123456789abcdef0123456789abcdef";
    const string Json = $$"""{"event_id":"{{Id}}","message":"héllo + \u0026"}""";

    [Theory]
    [InlineData("json", "/api/42/store/")]
    [InlineData("base64", "/api/42/store/")]
    [InlineData("base64 zlib", "/api/42/store/")]
    [InlineData("base64 zlib", "/api/store/")]
    [InlineData("json", "/api/42/store")]
    public async Task A_legacy_body_is_taken_in_each_of_its_forms(string form, string path)
    {
        await using var gateway = await SomeGateway.StartAsync();
        var body = As(form);

        var answer = await gateway.PostAsync(path, body, ("X-Sentry-Auth", SomeGateway.Auth));

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await answer.Content.ReadAsStringAsync()).ShouldBe($$"""{"id":"{{Id}}"}""");
        var (receipt, kept) = (await gateway.KeptAsync()).ShouldHaveSingleItem();
        (receipt.Door, receipt.EventId?.ToString()).ShouldBe((Door.Store, Id));
        kept.ShouldBe(body);
    }

    [Theory]
    [InlineData("json")]
    [InlineData("base64")]
    [InlineData("base64 zlib")]
    public async Task An_image_request_may_carry_an_event(string form)
    {
        await using var gateway = await SomeGateway.StartAsync();
        var value = Uri.EscapeDataString(Encoding.UTF8.GetString(As(form)));

        var answer = await gateway.Client.GetAsync(
            new Uri($"/api/42/store/?sentry_version=7&sentry_key={SomeGateway.Key}&sentry_data={value}", UriKind.Relative)
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/gif");
        var pixel = await answer.Content.ReadAsByteArrayAsync();
        Encoding.ASCII.GetString(pixel, 0, 6).ShouldBe("GIF89a");
        pixel.Skip(6).Take(4).ShouldBe([1, 0, 1, 0]);
        var (receipt, kept) = (await gateway.KeptAsync()).ShouldHaveSingleItem();
        receipt.EventId?.ToString().ShouldBe(Id);
        Encoding.UTF8.GetString(kept).ShouldBe(Json);
    }

    [Fact]
    public async Task An_event_without_an_id_gets_one()
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.PostAsync("/api/42/store/", "{}"u8.ToArray(), ("X-Sentry-Auth", SomeGateway.Auth));

        var id = (await gateway.KeptAsync()).ShouldHaveSingleItem().Receipt.EventId.ShouldNotBeNull();
        (await answer.Content.ReadAsStringAsync()).ShouldBe($$"""{"id":"{{id}}"}""");
    }

    [Theory]
    [InlineData("", 400, "empty request body")]
    [InlineData(" \n", 400, "empty request body")]
    [InlineData("{\"a\":", 400, "invalid JSON data: ")]
    [InlineData("[1]", 400, "invalid JSON data: ")]
    [InlineData("<html>", 400, "invalid JSON data: ")]
    public async Task What_is_no_event_is_refused(string body, int status, string detail)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.PostAsync("/api/42/store/", Encoding.UTF8.GetBytes(body), ("X-Sentry-Auth", SomeGateway.Auth));

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(detail);
        (await gateway.KeptAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_large_event_is_too_large_in_every_form()
    {
        await using var gateway = await SomeGateway.StartAsync();
        var json = Encoding.UTF8.GetBytes($"{{\"x\":\"{new string('x', 2 << 20)}\"}}");
        byte[][] bodies =
        [
            json,
            Encoding.ASCII.GetBytes(Convert.ToBase64String(json)),
            Encoding.ASCII.GetBytes(Convert.ToBase64String(Coded.As(ContentCoding.Deflate, json))),
        ];
        foreach (var body in bodies)
        {
            var answer = await gateway.PostAsync("/api/42/store/", body, ("X-Sentry-Auth", SomeGateway.Auth));
            answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("type 'event'");
        }
    }

    [Fact]
    public async Task An_envelope_at_the_stores_address_is_one()
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.PostAsync(
            "/api/42/store/",
            Encoding.UTF8.GetBytes($"{{\"event_id\":\"{Id}\"}}\n{{\"type\":\"event\"}}\n{{}}"),
            ("X-Sentry-Auth", SomeGateway.Auth),
            ("Content-Type", "application/x-sentry-envelope")
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await gateway.KeptAsync()).ShouldHaveSingleItem().Receipt.Door.ShouldBe(Door.Envelope);
    }

    [Fact]
    public async Task A_security_report_keeps_what_its_address_says()
    {
        await using var gateway = await SomeGateway.StartAsync();
        foreach (var path in (string[])["security", "csp-report"])
        {
            var answer = await gateway.PostAsync(
                $"/api/42/{path}/?sentry_key={SomeGateway.Key}&sentry_release=web%403&sentry_environment=live",
                """{"csp-report":{}}"""u8.ToArray(),
                ("Content-Type", "application/csp-report")
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        var kept = await gateway.KeptAsync();
        kept.Select(record => record.Receipt.Door).ShouldBe([Door.Security, Door.Security]);
        kept[0]
            .Receipt.Parameters.ShouldNotBeNull()
            .ShouldBe(
                new Dictionary<string, string> { ["sentry_release"] = "web@3", ["sentry_environment"] = "live" },
                ignoreOrder: true
            );
        kept[0].Receipt.EventId.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("/api/42/integration/vercel/logs", Door.Drain, 200)]
    [InlineData("/api/42/integration/heroku/logs/", Door.Drain, 200)]
    [InlineData("/api/42/cron/nightly/?status=in_progress", Door.CheckIn, 202)]
    public async Task Every_other_door_keeps_the_body_for_its_room(string path, object door, int status)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.PostAsync(path, [1, 2, 3], ("X-Sentry-Auth", SomeGateway.Auth));

        ((int)answer.StatusCode).ShouldBe(status);
        var (receipt, body) = (await gateway.KeptAsync()).ShouldHaveSingleItem();
        receipt.Door.ShouldBe((Door)door);
        body.ShouldBe([1, 2, 3]);
        path.ShouldContain(receipt.Path.ShouldNotBeNull());
    }

    [Fact]
    public async Task Reports_that_a_browser_collected_are_kept_together()
    {
        await using var gateway = await SomeGateway.StartAsync();
        foreach (var (path, door) in (List<(string, Door)>)[("security", Door.Security), ("nel", Door.Nel)])
        {
            var body = Encoding.UTF8.GetBytes("[" + string.Join(", ", Enumerable.Repeat("{}", 100)) + "]");
            var answer = await gateway.PostAsync($"/api/42/{path}/", body, ("X-Sentry-Auth", SomeGateway.Auth));

            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            var kept = (await gateway.KeptAsync())[^1];
            kept.Receipt.Door.ShouldBe(door);
            kept.Body.ShouldBe(body);
        }
    }

    [Theory]
    [InlineData("security", 101, 1)]
    [InlineData("security", 1, 64 * 1024)]
    [InlineData("security", 100, 11 * 1024)]
    [InlineData("nel", 2, 64 * 1024)]
    public async Task More_than_browsers_report_is_too_large(string door, int reports, int length)
    {
        await using var gateway = await SomeGateway.StartAsync();
        var report = $"{{\"x\":\"{new string('x', length)}\"}}";
        var body = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Repeat(report, reports)) + "]");

        var answer = await gateway.PostAsync($"/api/42/{door}/", body, ("X-Sentry-Auth", SomeGateway.Auth));

        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        (await gateway.RefusedAsync()).ShouldHaveSingleItem().Reason.ShouldBe($"too_large:{door}");
    }

    [Theory]
    [InlineData("security", "nonsense")]
    [InlineData("csp-report", "{\"csp-report\":")]
    [InlineData("nel", "[{},")]
    [InlineData("nel", "{} {}")]
    public async Task A_report_that_is_no_JSON_is_refused(string door, string body)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.PostAsync(
            $"/api/42/{door}/",
            Encoding.UTF8.GetBytes(body),
            ("X-Sentry-Auth", SomeGateway.Auth),
            ("Content-Type", "application/reports+json")
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldStartWith("{\"detail\":\"invalid JSON data: ");
        (await gateway.KeptAsync()).ShouldBeEmpty();
        (await gateway.RefusedAsync()).ShouldHaveSingleItem().Reason.ShouldBe("invalid_json");
    }

    [Theory]
    [InlineData("/api/42/security/", "empty request body")]
    [InlineData("/api/42/events/nonsense/attachments/", "invalid event id")]
    [InlineData("/api/42/cron/nightly/", "missing field `status`")]
    public async Task What_a_door_needs_it_says(string path, string detail)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.PostAsync(path, [], ("X-Sentry-Auth", SomeGateway.Auth));

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldBe(
            string.Create(CultureInfo.InvariantCulture, $$"""{"detail":"{{detail}}"}""")
        );
    }

    static byte[] As(string form) =>
        form switch
        {
            "json" => Encoding.UTF8.GetBytes(Json),
            "base64" => Encoding.ASCII.GetBytes(Convert.ToBase64String(Encoding.UTF8.GetBytes(Json))),
            _ => Encoding.ASCII.GetBytes(Convert.ToBase64String(Coded.As(ContentCoding.Deflate, Encoding.UTF8.GetBytes(Json)))),
        };
}
