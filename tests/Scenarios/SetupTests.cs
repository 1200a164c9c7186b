using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Scenarios;

/// <summary>The first run without a user in the settings: whoever has the link that the server printed makes the first user, once.</summary>
public sealed class SetupTests
{
    [Fact]
    public async Task The_printed_link_makes_the_first_user_once()
    {
        await using var server = await ServerProcess.StartUnclaimedAsync();
        var link = server.SetupLink;
        link.GetLeftPart(UriPartial.Path).ShouldBe($"{server.Address}setup");
        var token = link.Query["?token=".Length..];
        using var browser = new HttpClient { BaseAddress = new(server.Address, "api/0/") };

        (await browser.GetFromJsonAsync<JsonElement>("setup/")).GetProperty("required").GetBoolean().ShouldBeTrue();
        (await SetUpAsync(browser, "guessed", ServerProcess.Password)).ShouldBe(HttpStatusCode.Forbidden);
        (await SetUpAsync(browser, token, "password1234")).ShouldBe(HttpStatusCode.BadRequest);
        (await SetUpAsync(browser, token, ServerProcess.Password)).ShouldBe(HttpStatusCode.OK);

        // The session of the set-up is the cookie that the browser got.
        (await browser.GetFromJsonAsync<JsonElement>("auth/"))
            .Text("email")
            .ShouldBe(ServerProcess.Email);
        (await browser.GetFromJsonAsync<JsonElement>("organizations/"))
            .EnumerateArray()
            .Single()
            .Text("slug")
            .ShouldBe("default");
        using var other = new HttpClient { BaseAddress = browser.BaseAddress };
        (await SetUpAsync(other, token, ServerProcess.Password)).ShouldBe(HttpStatusCode.Conflict);
        (await server.StopAsync()).ShouldBe(0);
        var said = server.Output.Length;
        await server.StartAgainAsync();
        server.Output[said..].ShouldNotContain("Set-up link");
        (await browser.GetFromJsonAsync<JsonElement>("auth/")).Text("email").ShouldBe(ServerProcess.Email);

        (await LogInAsync(other, "wrong-horse-battery-staple")).ShouldBe(HttpStatusCode.Unauthorized);
        (await LogInAsync(other, ServerProcess.Password)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_user_of_the_settings_needs_no_link()
    {
        await using var server = await ServerProcess.StartAsync();
        using var browser = new HttpClient { BaseAddress = new(server.Address, "api/0/") };

        server.Output.ShouldNotContain("Set-up link");
        (await browser.GetFromJsonAsync<JsonElement>("setup/")).GetProperty("required").GetBoolean().ShouldBeFalse();
        (await LogInAsync(browser, ServerProcess.Password)).ShouldBe(HttpStatusCode.OK);
    }

    static async Task<HttpStatusCode> SetUpAsync(HttpClient browser, string token, string password)
    {
        using var answer = await browser.PostAsJsonAsync(
            "setup/",
            new
            {
                token,
                email = ServerProcess.Email,
                password,
                name = "Ada",
            }
        );
        return answer.StatusCode;
    }

    static async Task<HttpStatusCode> LogInAsync(HttpClient browser, string password)
    {
        using var answer = await browser.PostAsJsonAsync("auth/login/", new { email = ServerProcess.Email, password });
        return answer.StatusCode;
    }
}
