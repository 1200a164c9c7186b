using System.Diagnostics;
using Server.Tests.Hosting;

namespace Scenarios;

/// <summary>
/// Each client throws twice from <c>pay</c> and once from <c>ship</c>, as its users would write it. Throws from one place are one issue, from
/// another place another.
/// </summary>
public sealed class RealClientTests
{
    [Theory]
    [InlineData("sentry-node-11")]
    [InlineData("sentry-node-10")]
    public async Task Errors_from_node_are_issues(string package)
    {
        await using var server = await ServerProcess.StartAsync();

        (await Clients.RunAsync("node", ["node-errors.mjs", package, server.Dsn])).ShouldContain("sent");

        await TwoIssuesAsync(server, "CheckoutError", "TypeError");
    }

    [Fact]
    public async Task Errors_are_issues_with_the_metadata_on_postgres()
    {
        await using var server = await ServerProcess.StartAsync(("TOCSIN_METADATA", await PostgresServer.CreateDatabaseAsync()));

        (await Clients.RunAsync("node", ["node-errors.mjs", "sentry-node-11", server.Dsn])).ShouldContain("sent");

        await TwoIssuesAsync(server, "CheckoutError", "TypeError");
        File.Exists(Path.Combine(server.Data, "metadata.db")).ShouldBeFalse();
        (await server.StopAsync()).ShouldBe(0);
        await server.StartAgainAsync();
        (await server.IssuesAsync()).Count.ShouldBe(2);
    }

    [Fact]
    public async Task Errors_from_debians_python_client_are_issues()
    {
        await using var server = await ServerProcess.StartAsync();

        (await Clients.RunAsync("/usr/bin/python3", ["python_errors.py", server.Dsn])).ShouldContain("sent");

        await TwoIssuesAsync(server, "RuntimeError", "KeyError");
    }

    [Fact]
    public async Task An_event_from_sentry_cli_is_an_issue()
    {
        await using var server = await ServerProcess.StartAsync();

        await Clients.RunAsync(
            "node_modules/@sentry/cli-linux-x64/bin/sentry-cli",
            ["send-event", "-m", "Hello from a shell", "-r", "shop@1.4.2", "-E", "production", "--no-environ"],
            ("SENTRY_DSN", server.Dsn)
        );

        await server.UntilAsync(async () => (await server.IssuesAsync()).Count == 1, "the issue");
        var issue = (await server.IssuesAsync()).Single();
        issue.Text("title").ShouldBe("Hello from a shell");
        (await server.LatestEventAsync(issue)).GetProperty("release").Text("version").ShouldBe("shop@1.4.2");
    }

    [Fact]
    public async Task Errors_from_a_browser_are_issues()
    {
        await using var server = await ServerProcess.StartAsync();
        await Clients.RunAsync(
            "node_modules/.bin/esbuild",
            ["browser-errors.js", "--bundle", "--minify", "--outfile=node_modules/.built/browser-errors.js"]
        );
        await using var page = await BrowserPage.OpenAsync();

        await page.RunScriptAsync(
            Path.Combine(Clients.Directory, "node_modules/.built/browser-errors.js"),
            $"window.dsn = '{server.Dsn}'"
        );

        await server.UntilAsync(async () => await page.TitleAsync() == "sent", "the browser to send");
        await TwoIssuesAsync(server, "TypeError", "TypeError");
    }

    [Fact]
    public async Task An_error_is_an_issue_within_two_seconds_of_its_ack()
    {
        await using var server = await ServerProcess.StartAsync();
        var fastest = TimeSpan.MaxValue;
        // Other programs share the machine: the best of several is what the server itself needs.
        for (var attempt = 1; attempt <= 20 && fastest > TimeSpan.FromSeconds(2); attempt++)
        {
            var expected = attempt;
            var body = $$"""{"event_id":"{{Guid.NewGuid():N}}","message":"attempt","level":"error"}""";
            using var answer = await server.Api.PostAsync(
                new Uri(server.Url, $"api/{ServerProcess.ProjectId}/store/?sentry_key={ServerProcess.Key}"),
                new StringContent(body)
            );
            answer.EnsureSuccessStatusCode();
            var acked = Stopwatch.GetTimestamp();
            await server.UntilAsync(
                async () => (await server.IssuesAsync()).Sum(issue => int.Parse(issue.Text("count"), null)) == expected,
                "the issue"
            );
            var took = Stopwatch.GetElapsedTime(acked);
            fastest = took < fastest ? took : fastest;
        }
        fastest.ShouldBeLessThan(TimeSpan.FromSeconds(2));
    }

    static async Task TwoIssuesAsync(ServerProcess server, string twice, string once)
    {
        await server.UntilAsync(
            async () => (await server.IssuesAsync()).Sum(issue => int.Parse(issue.Text("count"), null)) == 3,
            "three events"
        );
        var issues = await server.IssuesAsync();
        issues.Count.ShouldBe(2);
        var paid = issues.Single(issue => issue.Text("count") == "2");
        var shipped = issues.Single(issue => issue.Text("count") == "1");
        paid.GetProperty("metadata").Text("type").ShouldBe(twice);
        shipped.GetProperty("metadata").Text("type").ShouldBe(once);
        paid.GetProperty("userCount").GetInt32().ShouldBe(1);

        var detail = await server.LatestEventAsync(paid);
        detail.GetProperty("release").Text("version").ShouldBe("shop@1.4.2");
        detail.Text("environment").ShouldBe("production");
        detail.Tag("region").ShouldBe("eu-west");
        detail.GetProperty("user").Text("email").ShouldBe("ada@example.com");
        detail.Frames().ShouldNotBeEmpty();
        detail.Frames()[^1].GetProperty("inApp").GetBoolean().ShouldBeTrue();
    }
}
