using System.Net;
using Server.Tests.Hosting;
using Tocsin.Server.Access;

namespace Server.Tests.Access;

public class SetupTests
{
    [Fact]
    public async Task The_link_makes_the_owner_once_and_logs_in()
    {
        await using var host = await TocsinHost.StartAsync();
        var browser = host.Browser();
        (await browser.GetJsonAsync("/api/0/setup/")).GetProperty("required").GetBoolean().ShouldBeTrue();

        var user = await browser.PostJsonAsync("/api/0/setup/", Form(host));

        user.Text("email").ShouldBe("ada@example.com");
        var organization = await browser.GetJsonAsync("/api/0/organizations/default/");
        organization.Text("name").ShouldBe("Harbour Office");
        organization.Text("role").ShouldBe("owner");
        (await browser.GetJsonAsync("/api/0/setup/")).GetProperty("required").GetBoolean().ShouldBeFalse();
        await host.Browser().PostJsonAsync("/api/0/setup/", Form(host), HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task Two_that_use_it_at_once_make_one_owner()
    {
        await using var host = await TocsinHost.StartAsync();

        var statuses = await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(async number =>
                {
                    using var response = await System.Net.Http.Json.HttpClientJsonExtensions.PostAsJsonAsync(
                        host.Browser(),
                        "/api/0/setup/",
                        Form(host, $"user{number}@example.com")
                    );
                    return response.StatusCode;
                })
        );

        statuses.Count(status => status == HttpStatusCode.OK).ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_or_old_link_makes_nobody()
    {
        await using var host = await TocsinHost.StartAsync();
        var browser = host.Browser();

        await browser.PostJsonAsync("/api/0/setup/", new { token = "guess", email = "a@example.com" }, HttpStatusCode.Forbidden);
        host.Time.Jump(TimeSpan.FromHours(24));
        await browser.PostJsonAsync("/api/0/setup/", Form(host), HttpStatusCode.Forbidden);

        // The next start prints a fresh one.
        var again = await host.StartAgainAsync();
        await browser.PostJsonAsync("/api/0/setup/", Form(again));
    }

    [Fact]
    public async Task What_is_wrong_with_the_form_is_said_by_field_and_the_link_stays_good()
    {
        await using var host = await TocsinHost.StartAsync();
        var browser = host.Browser();

        var problems = await browser.PostJsonAsync(
            "/api/0/setup/",
            new
            {
                token = Token(host.Ready),
                email = "no address",
                password = "short",
            },
            HttpStatusCode.BadRequest
        );

        problems.GetProperty("email")[0].GetString().ShouldBe("Enter a valid email address.");
        problems.GetProperty("password")[0].GetString()!.ShouldStartWith("The password is too short");
        await browser.PostJsonAsync("/api/0/setup/", Form(host));
    }

    static object Form(TocsinHost host, string email = "ada@example.com") => Form(host.Ready, email);

    static object Form(FirstRunAnswer.Ready ready, string email = "ada@example.com") =>
        new
        {
            token = Token(ready),
            email,
            password = "a lantern over the harbour",
            name = "Ada",
            organization = "Harbour Office",
        };

    static string Token(FirstRunAnswer.Ready ready) => ready.SetupLink!.Query["?token=".Length..];
}
