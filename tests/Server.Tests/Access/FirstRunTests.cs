using System.Net;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Server.Tests.Hosting;
using Tocsin.Server.Access;
using Tocsin.Server.Hosting;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Server.Tests.Access;

public class FirstRunTests
{
    const string Password = "a lantern over the harbour";

    [Fact]
    public async Task The_first_start_makes_organisation_project_and_key_and_prints_a_link()
    {
        await using var host = await TocsinHost.StartAsync(options => options with { BootstrapProjectId = 42 });

        host.Ready.Dsn.ShouldBe($"http://{TocsinHost.Key}@tocsin.example/42");
        host.Ready.SetupLink!.ToString().ShouldStartWith("http://tocsin.example/setup?token=");
        var project = await host.With().GetJsonAsync("/api/0/projects/default/default/");
        project.Text("id").ShouldBe("42");
        project.GetProperty("teams")[0].Text("slug").ShouldBe("default");
    }

    [Fact]
    public async Task A_later_start_makes_nothing_twice_and_keeps_what_was_changed()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.With().PutJsonAsync("/api/0/projects/default/default/", new { name = "Renamed", slug = "renamed" });

        await host.StartAgainAsync();

        var projects = await host.With().GetJsonAsync("/api/0/organizations/default/projects/");
        projects.GetArrayLength().ShouldBe(1);
        projects[0].Text("slug").ShouldBe("renamed");
        (await CountAsync(host, "api_tokens")).ShouldBe(1);
        (await CountAsync(host, "organizations")).ShouldBe(1);
    }

    [Fact]
    public async Task The_admin_of_the_settings_can_log_in_and_no_link_is_printed()
    {
        await using var host = await TocsinHost.StartAsync(options =>
            options with
            {
                AdminEmail = "ada@example.com",
                AdminPassword = Password,
            }
        );

        host.Ready.SetupLink.ShouldBeNull();
        var browser = host.Browser();
        await browser.PostJsonAsync("/api/0/auth/login/", new { email = "Ada@Example.com", password = Password });
        (await browser.GetJsonAsync("/api/0/organizations/default/")).Text("role").ShouldBe("owner");

        await host.StartAgainAsync();
        (await CountAsync(host, "users")).ShouldBe(1);
    }

    [Theory]
    [InlineData("admin")]
    [InlineData("password123")]
    [InlineData("P@ssw0rd!2026")]
    [InlineData("1234567890123")]
    [InlineData("ada-lovelace")]
    public async Task A_known_or_weak_admin_password_stops_the_start_and_names_the_variable(string password)
    {
        var answer = await PrepareAsync(options =>
            options with
            {
                AdminEmail = "ada.lovelace@example.com",
                AdminPassword = password,
            }
        );

        answer.ShouldBeOfType<FirstRunAnswer.Refused>().Sentence.ShouldStartWith("TOCSIN_ADMIN_PASSWORD is refused. ");
        answer.ShouldBeOfType<FirstRunAnswer.Refused>().Sentence.ShouldNotContain($"{password} ");
    }

    [Fact]
    public async Task Settings_that_cannot_hold_are_named()
    {
        (await PrepareAsync(options => options with { AdminEmail = "not an address", AdminPassword = Password }))
            .ShouldBeOfType<FirstRunAnswer.Refused>()
            .Sentence.ShouldStartWith("TOCSIN_ADMIN_EMAIL is refused.");
        (await PrepareAsync(options => options with { AdminEmail = "ada@example.com" }))
            .ShouldBeOfType<FirstRunAnswer.Refused>()
            .Sentence.ShouldStartWith("TOCSIN_ADMIN_PASSWORD is missing");
        (await PrepareAsync(options => options with { BootstrapToken = "short" }))
            .ShouldBeOfType<FirstRunAnswer.Refused>()
            .Sentence.ShouldStartWith("TOCSIN_BOOTSTRAP_TOKEN must be");
        (await PrepareAsync(options => options with { BootstrapToken = new string('a', 64) }))
            .ShouldBeOfType<FirstRunAnswer.Refused>()
            .Sentence.ShouldStartWith("TOCSIN_BOOTSTRAP_TOKEN is too simple");
    }

    [Fact]
    public async Task A_changed_token_of_the_settings_ends_the_former_one()
    {
        var data = Directory.CreateTempSubdirectory("tocsin-first-run-").FullName;
        string? metadata = null;
        ServerOptions Keep(ServerOptions options) => options with { Data = data, Metadata = metadata ??= options.Metadata };
        await using (var host = await TocsinHost.StartAsync(Keep))
        {
            await host.With().GetJsonAsync("/api/0/organizations/default/");
        }

        const string next = "another-0123456789abcdef0123456789abcdef";
        await using (var host = await TocsinHost.StartAsync(options => Keep(options) with { BootstrapToken = next }))
        {
            await host.With(next).GetJsonAsync("/api/0/organizations/default/");
            await host.With().GetJsonAsync("/api/0/organizations/default/", HttpStatusCode.Unauthorized);
        }
        Directory.Delete(data, recursive: true);
    }

    static async Task<FirstRunAnswer> PrepareAsync(Func<ServerOptions, ServerOptions> change)
    {
        await using var metadata = await TestMetadata.CreateAsync();
        var options = change(
            new()
            {
                Data = "",
                Listen = new(IPAddress.Loopback, 9000),
                Url = new(TocsinHost.Url),
            }
        );
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(options)
            .AddSingleton(metadata.Db)
            .AddSingleton<TimeProvider>(metadata.Time)
            .AddProjects()
            .AddAccess()
            .BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<FirstRun>().PrepareAsync(CancellationToken.None);
    }

    static async Task<long> CountAsync(TocsinHost host, string table)
    {
        await using var connection = await host.Get<MetadataDb>().OpenAsync(CancellationToken.None);
        return await connection.ExecuteScalarAsync<long>($"SELECT COUNT(*) FROM {table}");
    }
}
