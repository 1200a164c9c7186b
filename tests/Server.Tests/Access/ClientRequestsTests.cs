using System.Net;
using System.Text.Json;
using Server.Tests.Hosting;
using Server.Tests.House;

namespace Server.Tests.Access;

/// <summary>What sentry-cli and sentry-api-python really sent, answered as they need it.</summary>
public class ClientRequestsTests
{
    [Theory]
    [InlineData("cli3-info", "001")]
    [InlineData("cli3-orgs-list", "001")]
    [InlineData("cli3-projects-list", "001")]
    public async Task The_command_line_reads_its_answers(string client, string number)
    {
        await using var host = await StartAsync();

        var answer = await ReplayAsync(host, client, number);

        if (client == "cli3-info")
        {
            answer.GetProperty("auth").GetProperty("scopes").GetArrayLength().ShouldBeGreaterThan(0);
            return;
        }
        var row = answer.EnumerateArray().ShouldHaveSingleItem();
        foreach (var name in (string[])["id", "slug", "name"])
        {
            row.Text(name).ShouldNotBeEmpty();
        }
        if (client == "cli3-orgs-list")
        {
            row.GetProperty("require2FA").ValueKind.ShouldBe(JsonValueKind.False);
            row.GetProperty("requireEmailVerification").ValueKind.ShouldBe(JsonValueKind.False);
            row.GetProperty("isEarlyAdopter").ValueKind.ShouldBe(JsonValueKind.False);
            row.GetProperty("features").ValueKind.ShouldBe(JsonValueKind.Array);
            DateTimeOffset
                .Parse(row.Text("dateCreated"), System.Globalization.CultureInfo.InvariantCulture)
                .ShouldBe(host.Time.GetUtcNow());
            row.Text("dateCreated").ShouldEndWith("Z");
        }
    }

    [Fact]
    public async Task Sentry_api_python_makes_reads_and_changes_a_project()
    {
        await using var host = await StartAsync();

        foreach (var number in (string[])["001", "002", "003", "004", "005", "006"])
        {
            await ReplayAsync(host, "sentry-api-python", number);
        }

        var project = await host.With().GetJsonAsync("/api/0/projects/acme/my-first/");
        project.Text("platform").ShouldBe("python");
        project.GetProperty("resolveAge").GetInt32().ShouldBe(720);
    }

    // The captures were made against an organisation "acme" with a team "core" and a project "shop".
    static async Task<TocsinHost> StartAsync()
    {
        var host = await TocsinHost.StartAsync();
        await host.With().PutJsonAsync("/api/0/organizations/default/", new { slug = "acme" });
        await host.With().PutJsonAsync("/api/0/teams/acme/default/", new { slug = "core" });
        await host.With().PutJsonAsync("/api/0/projects/acme/default/", new { slug = "shop" });
        return host;
    }

    static async Task<JsonElement> ReplayAsync(TocsinHost host, string client, string number)
    {
        var directory = Path.Combine(Checkout.Root, "tests", "samples", client);
        using var head = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(directory, $"{number}.json")));
        using var request = new HttpRequestMessage(new(head.RootElement.Text("method")), head.RootElement.Text("url"));
        var body = await File.ReadAllBytesAsync(Path.Combine(directory, $"{number}.bin"));
        if (body.Length > 0)
        {
            request.Content = new ByteArrayContent(body);
        }
        foreach (var header in head.RootElement.GetProperty("headers").EnumerateObject())
        {
            var value = header.Name == "authorization" ? $"Bearer {TocsinHost.Token}" : header.Value.GetString();
            if (!request.Headers.TryAddWithoutValidation(header.Name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(header.Name, value);
            }
        }
        var expected = (HttpStatusCode)head.RootElement.GetProperty("response").GetProperty("status").GetInt32();
        return await host.Anonymous().SendAsync(request).JsonAsync(expected);
    }
}
