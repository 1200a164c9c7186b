using System.Globalization;
using System.Net;
using System.Text;
using Tocsin.Server.Gateway;

namespace Server.Tests.Gateway;

public sealed class AuthenticationTests
{
    const string Key = SomeGateway.Key;
    const string Envelope = "{}\n{\"type\":\"event\"}\n{}";

    /// <summary>Forms by letter: s X-Sentry-Auth, a Authorization Sentry, b Authorization Basic, q query, d DSN in the envelope.</summary>
    [Theory]
    [InlineData("s", 200)]
    [InlineData("a", 200)]
    [InlineData("b", 200)]
    [InlineData("q", 200)]
    [InlineData("d", 200)]
    [InlineData("sd", 200)]
    [InlineData("qd", 200)]
    [InlineData("", 401)]
    [InlineData("sq", 401)]
    [InlineData("sa", 401)]
    [InlineData("bq", 401)]
    [InlineData("sbq", 401)]
    public async Task One_form_of_authentication_and_no_more_lets_in(string forms, int status)
    {
        await using var gateway = await SomeGateway.StartAsync();
        var headers = new List<(string, string)>();
        if (forms.Contains('s', StringComparison.Ordinal))
        {
            headers.Add(("X-Sentry-Auth", SomeGateway.Auth));
        }
        if (forms.Contains('a', StringComparison.Ordinal))
        {
            headers.Add(("Authorization", $"sentry sentry_key={Key},sentry_version=7"));
        }
        if (forms.Contains('b', StringComparison.Ordinal))
        {
            headers.Add(("Authorization", "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes(Key + ":"))));
        }
        var query = forms.Contains('q', StringComparison.Ordinal) ? $"?sentry_version=7&sentry_key={Key}" : "";
        var dsn = forms.Contains('d', StringComparison.Ordinal) ? $"{{\"dsn\":\"https://{Key}@elsewhere.example/42\"}}" : "{}";

        var answer = await gateway.PostAsync(
            "/api/42/envelope/" + query,
            Encoding.UTF8.GetBytes($"{dsn}\n{{\"type\":\"event\"}}\n{{}}"),
            [.. headers]
        );

        ((int)answer.StatusCode).ShouldBe(status);
        (await gateway.KeptAsync()).Count.ShouldBe(status == 200 ? 1 : 0);
        if (status == 401)
        {
            (await answer.Content.ReadAsStringAsync()).ShouldContain(
                forms.Length == 0 ? "missing authorization information" : "multiple authorization payloads detected"
            );
        }
    }

    [Theory]
    [InlineData("Sentry sentry_version=7", 401, "bad x-sentry-auth header")]
    [InlineData("Sentry sentry_key=abc", 400, "bad sentry DSN public key")]
    [InlineData("Sentry sentry_key=zz3c1e5a7b2d4c6e8f0a1b2c3d4e5f60", 400, "bad sentry DSN public key")]
    [InlineData($"Sentry sentry_key={Key}, sentry_version=8", 400, "unsupported protocol version (8)")]
    [InlineData("Sentry sentry_key=00000000000000000000000000000000", 403, "with_reason: ProjectId")]
    [InlineData($"Sentry sentry_key={Key}, sentry_version=4, sentry_secret=x, unknown=1", 200, "")]
    [InlineData($"sentry_key={Key}", 200, "")]
    [InlineData($"SENTRY sentry_key={Key}.no-cache", 200, "")]
    public async Task What_is_wrong_with_a_key_is_told(string header, int status, string detail)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.PostAsync("/api/42/envelope/", Encoding.UTF8.GetBytes(Envelope), ("X-Sentry-Auth", header));

        ((int)answer.StatusCode).ShouldBe(status);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(detail);
    }

    [Theory]
    [InlineData("/api/43/envelope/", 403)]
    [InlineData("/api/0/envelope/", 400)]
    [InlineData("/api/shop/envelope/", 400)]
    [InlineData("/api/999999999999999999999/envelope/", 400)]
    public async Task The_project_in_the_path_must_be_the_keys(string path, int status)
    {
        await using var gateway = await SomeGateway.StartAsync();
        await gateway.Projects.CreateAsync("Other");

        var answer = await gateway.PostAsync(path, Encoding.UTF8.GetBytes(Envelope), ("X-Sentry-Auth", SomeGateway.Auth));

        ((int)answer.StatusCode).ShouldBe(status);
        if (status == 403)
        {
            (await answer.Content.ReadAsStringAsync()).ShouldBe(
                """{"detail":"event submission rejected with_reason: ProjectId"}"""
            );
            var count = (await gateway.RefusedAsync()).ShouldHaveSingleItem();
            (count.ProjectId, count.Reason, count.KeyId is not null).ShouldBe((42, "project_id", true));
        }
    }

    [Fact]
    public async Task A_key_that_is_switched_off_is_refused_at_once_and_counted()
    {
        await using var gateway = await SomeGateway.StartAsync();
        await gateway.Projects.Keys.UpdateAsync(42, Key, new() { IsActive = false }, CancellationToken.None);

        var answer = await gateway.SendAsync(Envelope);

        answer.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await gateway.RefusedAsync()).ShouldHaveSingleItem().ProjectId.ShouldBe(42);
    }

    [Fact]
    public async Task An_unknown_key_is_counted_for_the_project_that_was_meant()
    {
        await using var gateway = await SomeGateway.StartAsync();

        await gateway.PostAsync(
            "/api/42/envelope/",
            Encoding.UTF8.GetBytes(Envelope),
            ("X-Sentry-Auth", "Sentry sentry_key=00000000000000000000000000000000")
        );

        var count = (await gateway.RefusedAsync()).ShouldHaveSingleItem();
        (count.ProjectId, count.KeyId).ShouldBe((42, null));
    }

    [Theory]
    [InlineData("/tunnel", Key, 42, 200)]
    [InlineData("/tunnel/", Key, 42, 200)]
    [InlineData("/tunnel", Key, 43, 403)]
    [InlineData("/tunnel", "00000000000000000000000000000000", 42, 403)]
    [InlineData("/tunnel", "nonsense", 42, 400)]
    [InlineData("/api/42/envelope/", Key, 42, 200)]
    [InlineData("/api/42/envelope/", Key, 43, 403)]
    [InlineData("/api/43/envelope/", Key, 42, 403)]
    public async Task A_tunnelled_envelope_reaches_only_projects_of_ours(string path, string key, int project, int status)
    {
        await using var gateway = await SomeGateway.StartAsync();
        var dsn = string.Create(CultureInfo.InvariantCulture, $"http://{key}@169.254.169.254/latest/{project}");

        var answer = await gateway.PostAsync(
            path,
            Encoding.UTF8.GetBytes($"{{\"dsn\":\"{dsn}\"}}\n{{\"type\":\"event\"}}\n{{}}")
        );

        ((int)answer.StatusCode).ShouldBe(status);
        (await gateway.KeptAsync()).Count.ShouldBe(status == 200 ? 1 : 0);
    }

    [Fact]
    public async Task A_tunnel_without_a_DSN_is_refused()
    {
        await using var gateway = await SomeGateway.StartAsync();
        var answer = await gateway.PostAsync("/tunnel", Encoding.UTF8.GetBytes(Envelope));
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData(Key, 43, "project id header mismatch between envelope and request")]
    [InlineData("00000000000000000000000000000000", 42, "public key header mismatch between envelope and request")]
    public async Task A_DSN_that_contradicts_the_header_is_refused(string key, int project, string cause)
    {
        await using var gateway = await SomeGateway.StartAsync();

        var answer = await gateway.SendAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{{\"dsn\":\"https://{key}@x.example/{project}\"}}\n{{\"type\":\"event\"}}\n{{}}"
            )
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(cause);
    }

    [Fact]
    public async Task A_key_in_the_path_opens_the_doors_that_have_one()
    {
        await using var gateway = await SomeGateway.StartAsync();

        var unreal = await gateway.PostAsync($"/api/42/unreal/{Key}/", [1, 2, 3]);
        var cron = await gateway.Client.GetAsync(new Uri($"/api/42/cron/nightly/{Key}/?status=ok", UriKind.Relative));

        unreal.StatusCode.ShouldBe(HttpStatusCode.OK);
        Guid.TryParseExact(await unreal.Content.ReadAsStringAsync(), "D", out _).ShouldBeTrue();
        cron.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await gateway.KeptAsync()).Select(record => record.Receipt.Door).ShouldBe([Door.Unreal, Door.CheckIn]);
    }

    [Fact]
    public async Task Nobody_without_a_key_makes_us_read_a_body()
    {
        await using var gateway = await SomeGateway.StartAsync();
        using var http = new RawHttp(gateway.Address);

        await http.SendAsync("POST /api/42/store/ HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n");

        (await http.ReceiveAsync()).ShouldNotBeNull().Status.ShouldBe(401);
    }
}
