using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Scenarios;

/// <summary>A wrong setting stops the start with one line that names it, and leaves nothing behind that a right start would trip over.</summary>
public sealed class SettingsTests : IDisposable
{
    readonly string directory = Directory.CreateTempSubdirectory("tocsin-settings-").FullName;

    public static TheoryData<string, string> Wrong =>
        new()
        {
            { "TOCSIN_LISTEN", "9000" },
            { "TOCSIN_LISTEN", "somewhere:9000" },
            { "TOCSIN_LISTEN", "127.0.0.1:90000" },
            { "TOCSIN_URL", "tocsin.example.com" },
            { "TOCSIN_URL", "ftp://tocsin.example.com" },
            { "TOCSIN_URL", "https://tocsin.example.com/?a=b" },
            { "TOCSIN_METADATA", "metadata.db" },
            { "TOCSIN_METADATA", "Username=tocsin;Password=secret" },
            { "TOCSIN_ADMIN_EMAIL", "ada@example.com" },
            { "TOCSIN_ADMIN_PASSWORD", "correct-horse-battery-staple-42" },
            { "TOCSIN_BOOTSTRAP_TOKEN", "too-short" },
            { "TOCSIN_BOOTSTRAP_TOKEN", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa" },
            { "TOCSIN_BOOTSTRAP_KEY", "9F3C1E5A7B2D4C6E8F0A1B2C3D4E5F60" },
            { "TOCSIN_BOOTSTRAP_KEY", "9f3c" },
            { "TOCSIN_BOOTSTRAP_PROJECT_ID", "0" },
            { "TOCSIN_BOOTSTRAP_PROJECT_ID", "shop" },
            { "TOCSIN_TRUSTED_PROXIES", "10.0.0.1, proxy" },
            { "TOCSIN_GEO_COUNTRIES", "nowhere.mmdb" },
            { "TOCSIN_DATE", "/var/lib/tocsin" },
        };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task A_wrong_setting_stops_the_start_with_one_line_that_names_it(string name, string value)
    {
        var (code, output, errors) = await RunAsync((name, value));

        code.ShouldBe(2, errors);
        output.ShouldBeEmpty();
        var line = errors.Trim().Split('\n').ShouldHaveSingleItem();
        line.ShouldContain(name);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, "--memory", "768")]
    [InlineData(HttpStatusCode.RequestEntityTooLarge, "serve", "--memory", "768")]
    public async Task Memory_on_the_command_line_holds_instead_of_the_setting(HttpStatusCode expected, params string[] arguments)
    {
        // More than an eighth of the one and less than that of the other, which is what an envelope may have.
        const int Attachment = 98 << 20;
        await using var server = await ServerProcess.StartUnclaimedAsync(arguments, ("TOCSIN_MEMORY", "4096"));
        var head =
            $$"""{"event_id":"{{Guid.NewGuid():N}}"}{{'\n'}}{"type":"attachment","length":{{Attachment}},"filename":"core"}{{'\n'}}""";
        using var request = new HttpRequestMessage(
            HttpMethod.Post,
            new Uri(server.Address, $"api/{ServerProcess.ProjectId}/envelope/?sentry_key={ServerProcess.Key}")
        )
        {
            Content = new ByteArrayContent([.. Encoding.UTF8.GetBytes(head), .. new byte[Attachment]]),
        };
        request.Headers.ExpectContinue = true;

        using var answer = await server.Api.SendAsync(request);

        answer.StatusCode.ShouldBe(expected);
    }

    [Theory]
    [InlineData("short-1")]
    [InlineData("password1234")]
    [InlineData("P@ssw0rd!!")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("1234567890")]
    [InlineData("ada@example.com")]
    public async Task A_password_that_others_would_guess_is_refused(string password)
    {
        var (code, _, errors) = await RunAsync(("TOCSIN_ADMIN_EMAIL", "ada@example.com"), ("TOCSIN_ADMIN_PASSWORD", password));

        code.ShouldBe(2, errors);
        errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldStartWith("TOCSIN_ADMIN_PASSWORD is refused.");
        errors.ShouldNotContain(password);
    }

    [Fact]
    public async Task A_wrong_settings_file_is_named_with_its_key()
    {
        await File.WriteAllTextAsync(Path.Combine(directory, "tocsin.json"), """{"listne":"127.0.0.1:9000"}""");

        var (code, _, errors) = await RunAsync();

        code.ShouldBe(2);
        errors.Trim().ShouldBe("tocsin.json: 'listne' is not a setting.");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var address = taken.LocalEndpoint.ToString()!;

        var (code, _, errors) = await RunAsync(("TOCSIN_LISTEN", address));

        code.ShouldBe(1);
        errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain(address);
    }

    [Fact]
    public async Task A_database_that_does_not_answer_is_named()
    {
        var (code, _, errors) = await RunAsync(("TOCSIN_METADATA", "Host=127.0.0.1;Port=1;Username=tocsin;Password=secret-7f1a"));

        code.ShouldBe(1);
        errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain("TOCSIN_METADATA");
        errors.ShouldNotContain("secret-7f1a");
    }

    [Fact]
    public async Task A_data_directory_that_is_a_file_is_named()
    {
        var file = Path.Combine(directory, "file");
        await File.WriteAllTextAsync(file, "");

        var (code, _, errors) = await RunAsync(("TOCSIN_DATA", file));

        code.ShouldBe(1);
        errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain(file);
    }

    [Fact]
    public async Task A_data_directory_that_may_only_be_read_is_named_and_serves_again_when_it_may_be_written()
    {
        using var disk = SmallDisk.TryMount(megabytes: 256);
        Assert.SkipWhen(disk is null, "Mounting a small disk needs root with CAP_SYS_ADMIN.");
        await using var server = await ServerProcess.StartUnclaimedAsync(("TOCSIN_DATA", disk.Data));
        (await server.StopAsync()).ShouldBe(0);

        disk.LetWrite(false);
        var (code, _, errors) = await RunAsync(("TOCSIN_DATA", disk.Data));
        disk.LetWrite(true);

        code.ShouldBe(1);
        errors.Trim().Split('\n').ShouldHaveSingleItem().ShouldContain(disk.Data);
        await server.StartAgainAsync();
        (await server.IssuesAsync()).ShouldBeEmpty();
    }

    Task<(int ExitCode, string Output, string Errors)> RunAsync(params (string Name, string Value)[] settings) =>
        ServerProcess.RunAsync(
            directory,
            [
                .. new Dictionary<string, string>
                {
                    ["TOCSIN_DATA"] = Path.Combine(directory, "data"),
                    ["TOCSIN_LISTEN"] = $"127.0.0.1:{ServerProcess.FreePort()}",
                }
                    .Where(usual => settings.All(setting => setting.Name != usual.Key))
                    .Select(usual => (usual.Key, usual.Value)),
                .. settings,
            ]
        );

    public void Dispose() => Directory.Delete(directory, recursive: true);
}
