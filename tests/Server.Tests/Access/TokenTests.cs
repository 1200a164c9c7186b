using System.Net;
using System.Text;
using System.Text.Json;
using Server.Tests.Hosting;
using Tocsin.Server.Access;

namespace Server.Tests.Access;

public class TokenTests
{
    [Fact]
    public async Task A_user_token_is_shown_once_and_works_until_it_is_revoked()
    {
        await using var host = await TocsinHost.StartAsync();
        var browser = await host.LoggedInAsync(await host.MemberAsync(1, "ada@example.com", Role.Owner));

        var made = await browser.PostJsonAsync(
            "/api/0/api-tokens/",
            new { name = "laptop", scopes = (string[])["org:read", "event:write"] },
            HttpStatusCode.Created
        );
        var token = made.Text("token");
        token.ShouldMatch("^sntryu_[0-9a-f]{64}$");
        var program = host.With(token);
        (await program.GetJsonAsync("/api/0/"))
            .GetProperty("auth")
            .GetProperty("scopes")
            .GetRawText()
            .ShouldBe("""["org:read","event:read","event:write"]""");

        var listed = (await browser.GetJsonAsync("/api/0/api-tokens/")).EnumerateArray().ShouldHaveSingleItem();
        listed.GetRawText().ShouldNotContain(token);
        listed.Text("tokenLastCharacters").ShouldBe(token[^4..]);
        await browser.DeleteJsonAsync($"/api/0/api-tokens/{made.Text("id")}/", HttpStatusCode.NoContent);

        await program.GetJsonAsync("/api/0/", HttpStatusCode.Unauthorized);
    }

    [Fact]
    [Trait("advisory", "CVE-2023-39349")]
    public async Task A_token_never_sees_or_makes_tokens_of_its_user()
    {
        await using var host = await TocsinHost.StartAsync();
        var user = await host.MemberAsync(1, "ada@example.com", Role.Owner);
        var program = await host.UserTokenAsync(user, [.. Scope.All]);

        await program.GetJsonAsync("/api/0/api-tokens/", HttpStatusCode.Forbidden);
        await program.PostJsonAsync("/api/0/api-tokens/", new { scopes = (string[])["org:admin"] }, HttpStatusCode.Forbidden);
        await program.PutJsonAsync("/api/0/users/me/", new { name = "x" }, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_token_can_do_no_more_than_its_user_whatever_its_scopes()
    {
        await using var host = await TocsinHost.StartAsync();
        var user = await host.MemberAsync(1, "ada@example.com", Role.Member);
        var program = await host.UserTokenAsync(user, [.. Scope.All]);

        await program.GetJsonAsync("/api/0/organizations/default/");
        await program.PutJsonAsync("/api/0/organizations/default/", new { name = "x" }, HttpStatusCode.Forbidden);
    }

    [Fact]
    [Trait("advisory", "GHSA-4f45-qmjf-82cv")]
    public async Task A_token_expires_at_its_moment()
    {
        await using var host = await TocsinHost.StartAsync();
        var browser = await host.LoggedInAsync(await host.MemberAsync(1, "ada@example.com", Role.Owner));
        var made = await browser.PostJsonAsync(
            "/api/0/api-tokens/",
            new { scopes = (string[])["org:read"], expiresAt = host.Time.GetUtcNow().AddDays(7) },
            HttpStatusCode.Created
        );
        var program = host.With(made.Text("token"));

        host.Time.Jump(TimeSpan.FromDays(7) - TimeSpan.FromSeconds(1));
        await program.GetJsonAsync("/api/0/organizations/default/");
        host.Time.Advance(TimeSpan.FromSeconds(1));
        await program.GetJsonAsync("/api/0/organizations/default/", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_organisation_token_is_written_as_Sentrys_command_line_reads_it()
    {
        await using var host = await TocsinHost.StartAsync();

        var made = await host.With()
            .PostJsonAsync("/api/0/organizations/default/org-auth-tokens/", new { name = "ci" }, HttpStatusCode.Created);

        var parts = made.Text("token").Split('_');
        parts.Length.ShouldBe(3);
        parts[0].ShouldBe("sntrys");
        var address = JsonDocument.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(parts[1]))).RootElement;
        address.Text("org").ShouldBe("default");
        address.Text("url").ShouldBe(TocsinHost.Url);
        address.Text("region_url").ShouldBe(TocsinHost.Url);
        Convert.FromBase64String(parts[2] + "=").Length.ShouldBe(32);
        made.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()).ShouldContain("org:ci");
        await host.With(made.Text("token")).GetJsonAsync("/api/0/organizations/default/", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Nobody_gives_a_token_more_than_they_have()
    {
        await using var host = await TocsinHost.StartAsync();
        var manager = await host.LoggedInAsync(await host.MemberAsync(1, "ada@example.com", Role.Manager));

        await manager.PostJsonAsync(
            "/api/0/organizations/default/org-auth-tokens/",
            new { scopes = (string[])["org:admin"] },
            HttpStatusCode.BadRequest
        );
        await manager.PostJsonAsync(
            "/api/0/organizations/default/org-auth-tokens/",
            new { scopes = (string[])["project:admin"] },
            HttpStatusCode.Created
        );
    }

    [Fact]
    [Trait("advisory", "CVE-2024-45605")]
    public async Task Another_users_or_organisations_token_cannot_be_revoked()
    {
        await using var host = await TocsinHost.StartAsync();
        var other = await host.OrganizationAsync("other");
        var ada = await host.LoggedInAsync(await host.MemberAsync(1, "ada@example.com", Role.Owner));
        var eve = await host.LoggedInAsync(await host.MemberAsync(other, "eve@example.com", Role.Owner));
        var mine = await ada.PostJsonAsync("/api/0/api-tokens/", new { scopes = (string[])["org:read"] }, HttpStatusCode.Created);
        var ours = await ada.PostJsonAsync("/api/0/organizations/default/org-auth-tokens/", new { }, HttpStatusCode.Created);

        await eve.DeleteJsonAsync($"/api/0/api-tokens/{mine.Text("id")}/", HttpStatusCode.NotFound);
        await eve.DeleteJsonAsync($"/api/0/organizations/other/org-auth-tokens/{ours.Text("id")}/", HttpStatusCode.NotFound);
        await eve.DeleteJsonAsync($"/api/0/organizations/other/org-auth-tokens/{mine.Text("id")}/", HttpStatusCode.NotFound);

        await host.With(mine.Text("token")).GetJsonAsync("/api/0/organizations/default/");
    }
}
