using System.Net;
using Microsoft.Extensions.Logging;
using Server.Tests.Hosting;

namespace Server.Tests.Access;

public class LogTests
{
    const string Email = "ada@example.com";
    const string Password = "a lantern over the harbour";

    [Fact]
    [Trait("advisory", "CVE-2024-32474")]
    public async Task No_password_token_or_session_is_ever_logged()
    {
        using var log = new KeptLog();
        await using var host = await TocsinHost.StartAsync(
            options => options with { AdminEmail = Email, AdminPassword = Password },
            builder =>
            {
                builder.Logging.AddProvider(log);
                builder.Logging.SetMinimumLevel(LogLevel.Trace);
                builder.Logging.AddFilter(_ => true);
            }
        );
        var browser = host.Browser();
        await browser.PostJsonAsync(
            "/api/0/auth/login/",
            new { email = Email, password = "a wrong one, mistyped" },
            HttpStatusCode.Unauthorized
        );
        await browser.PostJsonAsync("/api/0/auth/login/", new { email = Email, password = Password });
        var made = await browser.PostJsonAsync(
            "/api/0/api-tokens/",
            new { scopes = (string[])["org:read"] },
            HttpStatusCode.Created
        );
        await host.With(made.Text("token")).GetJsonAsync("/api/0/organizations/default/");
        var invited = await browser.PostJsonAsync(
            "/api/0/organizations/default/members/",
            new { email = "grace@example.com" },
            HttpStatusCode.Created
        );

        var text = string.Join('\n', log.Lines);
        // The log is really listened to, or its silence would prove nothing.
        text.ShouldContain("/api/0/auth/login/");
        foreach (var secret in (string[])[Password, "a wrong one, mistyped", made.Text("token"), TocsinHost.Token])
        {
            text.ShouldNotContain(secret);
        }
        text.ShouldNotContain(new Uri(invited.Text("inviteLink")).Query["?invite=".Length..]);
    }
}
