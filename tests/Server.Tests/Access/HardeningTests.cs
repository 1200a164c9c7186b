using System.Net;
using Server.Tests.Hosting;
using Tocsin.Server.Access;

namespace Server.Tests.Access;

public class HardeningTests
{
    [Theory]
    [Trait("advisory", "CVE-2023-36829")]
    [InlineData("http://tocsin.example")]
    [InlineData("http://eviltocsin.example")]
    [InlineData("http://tocsin.example.evil")]
    [InlineData("http://tocsin.example:81")]
    [InlineData("null")]
    public async Task The_API_opens_itself_to_no_other_page(string origin)
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();
        client.DefaultRequestHeaders.Add("Origin", origin);

        foreach (var method in (HttpMethod[])[HttpMethod.Get, HttpMethod.Options])
        {
            using var request = new HttpRequestMessage(method, "/api/0/organizations/");
            request.Headers.Add("Access-Control-Request-Method", "PUT");
            using var response = await client.SendAsync(request);
            response.Headers.ShouldNotContain(header =>
                header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase)
            );
        }
    }

    [Fact]
    public async Task Links_name_the_configured_address_whatever_the_host_header_says()
    {
        await using var host = await TocsinHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/0/organizations/default/projects/");
        request.Headers.Host = "evil.example";
        request.Headers.Add("X-Forwarded-Host", "evil.example");

        using var response = await host.With().SendAsync(request);

        response.Headers.GetValues("Link").Single().ShouldStartWith($"<{TocsinHost.Url}/api/0/");
        response.Headers.ToString().ShouldNotContain("evil");
    }

    [Theory]
    [Trait("advisory", "CVE-2018-15727")]
    [InlineData("1")]
    [InlineData("ada@example.com")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task A_made_up_cookie_is_nobody(string value)
    {
        await using var host = await TocsinHost.StartAsync();
        await host.MemberAsync(1, "ada@example.com", Role.Owner);
        var client = host.Anonymous();
        client.DefaultRequestHeaders.Add("Cookie", $"tocsin_session={value}");

        await client.GetJsonAsync("/api/0/users/me/", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task What_the_database_keeps_of_a_session_or_token_opens_nothing()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.Anonymous();
        client.DefaultRequestHeaders.Add("Cookie", $"tocsin_session={Secret.Hash(TocsinHost.Token)}");

        await client.GetJsonAsync("/api/0/users/me/", HttpStatusCode.Unauthorized);
        await host.With(Secret.Hash(TocsinHost.Token)).GetJsonAsync("/api/0/", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task With_a_disk_that_takes_no_writes_reading_goes_on()
    {
        Assert.SkipWhen(TestMetadata.UsesPostgres, "SQLite only: the file is made read-only by a trigger");
        await using var host = await TocsinHost.StartAsync();
        await host.Get<Tocsin.Server.Metadata.MetadataDb>()
            .WriteAsync(
                transaction =>
                    transaction.ExecuteAsync(
                        "CREATE TRIGGER full BEFORE UPDATE ON api_tokens BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
                    ),
                CancellationToken.None
            );

        (await host.With().GetJsonAsync("/api/0/organizations/default/")).Text("slug").ShouldBe("default");
    }

    [Theory]
    [InlineData("password1234", false)]
    [InlineData("Passw0rd!!2026", false)]
    [InlineData("qwertyuiop", false)]
    [InlineData("aaaaaaaaaaaa", false)]
    [InlineData("abcdefghijkl", false)]
    [InlineData("987654321098", false)]
    [InlineData("ada.lovelace1", false)]
    [InlineData("nine chars", true)]
    [InlineData("correct horse battery staple", true)]
    [InlineData("Tr0ub4dor&3x", true)]
    public void A_password_is_refused_when_it_is_among_the_first_to_be_tried(string password, bool taken)
    {
        (Tocsin.Server.Access.Users.PasswordRules.Problem(password, "ada.lovelace@example.com") is null).ShouldBe(taken);
    }
}
