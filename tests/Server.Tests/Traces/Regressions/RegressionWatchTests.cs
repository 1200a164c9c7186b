using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Server.Tests.Corpus;
using Tocsin.Server.Issues;
using Tocsin.Server.Projects;
using Tocsin.Server.Traces.Regressions;

namespace Server.Tests.Traces.Regressions;

/// <summary>Two releases of a shop, from the requests of its clients to the issue.</summary>
public sealed class RegressionWatchTests
{
    const string Type = "performance_p95_endpoint_regression";

    [Fact]
    public async Task An_endpoint_that_a_release_made_slower_becomes_an_issue_once()
    {
        await using var server = await StartedAsync();
        await SendAsync(server, "shop@1.0", ("GET /cart", 100), ("GET /help", 80));
        (await LookAsync(server)).ShouldBe(0, "there is one release only");
        await SendAsync(server, "shop@1.1", ("GET /cart", 400), ("GET /help", 81));

        (await LookAsync(server)).ShouldBe(1);
        (await LookAsync(server)).ShouldBe(0, "it is known");
        var startedAgain = ActivatorUtilities.CreateInstance<RegressionWatch>(server.Get<IServiceProvider>());
        (await startedAgain.LookAsync(CancellationToken.None)).ShouldBe(0, "the index knows it");

        var issue = (await server.MetadataAsync<Issue>($"SELECT * FROM issues WHERE type = '{Type}'")).ShouldHaveSingleItem();
        (issue.Title, issue.Culprit, issue.FirstRelease, issue.TimesSeen, issue.Priority).ShouldBe(
            ("Endpoint Regression", "GET /cart", "shop@1.1", 1, "medium")
        );
        (await server.OutcomesAsync()).ShouldAllBe(outcome => outcome.Category == "transaction", "nobody has sent it");

        var latest = (await server.Api.GetFromJsonAsync<JsonObject>($"organizations/acme/issues/{issue.Id}/events/latest/"))!;
        var occurrence = latest["occurrence"]!;
        occurrence["issueType"]!.GetValue<string>().ShouldBe(Type);
        var evidence = occurrence["evidenceData"]!;
        (evidence["release"]!.GetValue<string>(), evidence["previousRelease"]!.GetValue<string>()).ShouldBe(
            ("shop@1.1", "shop@1.0")
        );
        evidence["aggregateRange1"]!.GetValue<double>().ShouldBe(100 * 1.19, 2);
        evidence["aggregateRange2"]!.GetValue<double>().ShouldBe(400 * 1.19, 8);
        (evidence["count1"]!.GetValue<long>(), evidence["count2"]!.GetValue<long>()).ShouldBe((Runs, Runs));
        evidence["traceId"]!.GetValue<string>().Length.ShouldBe(32);
        occurrence["evidenceDisplay"]!.AsArray().Select(line => line!["name"]!.GetValue<string>()).ShouldContain("p95 Before");
    }

    [Fact]
    public async Task The_next_release_that_slows_the_endpoint_down_adds_to_its_issue()
    {
        await using var server = await StartedAsync();
        await SendAsync(server, "shop@1", ("GET /cart", 100));
        await SendAsync(server, "shop@2", ("GET /cart", 300));
        (await LookAsync(server)).ShouldBe(1);
        await SendAsync(server, "shop@3", ("GET /cart", 310));
        (await LookAsync(server)).ShouldBe(0, "it is as slow as it was");
        await SendAsync(server, "shop@4", ("GET /cart", 700));
        (await LookAsync(server)).ShouldBe(1);

        (await server.MetadataAsync<long>("SELECT times_seen FROM issues")).ShouldBe([2]);
    }

    [Fact]
    public async Task Environments_are_compared_each_with_itself()
    {
        await using var server = await StartedAsync();
        await SendAsync(server, "shop@1", "production", ("GET /cart", 100));
        await SendAsync(server, "shop@2", "staging", ("GET /cart", 900));
        (await LookAsync(server)).ShouldBe(0, "staging was always slow");
        await SendAsync(server, "shop@2", "production", ("GET /cart", 105));
        (await LookAsync(server)).ShouldBe(0);
        await SendAsync(server, "shop@3", "staging", ("GET /cart", 2_000));
        (await LookAsync(server)).ShouldBe(1);
    }

    [Fact]
    public async Task The_project_says_how_much_slower_is_too_slow_and_whether_it_wants_to_know()
    {
        await using var server = await StartedAsync();
        await SendAsync(server, "shop@1", ("GET /cart", 100));
        await SendAsync(server, "shop@2", ("GET /cart", 400));

        await ConfigureAsync(server, new { transaction_duration_regression_ratio = 5 });
        (await LookAsync(server)).ShouldBe(0, "four times is not five");
        await ConfigureAsync(server, new { transaction_duration_regression_ratio = 3 });
        await ConfigureAsync(server, new { transaction_duration_regression_detection_enabled = false });
        (await LookAsync(server)).ShouldBe(0, "it is off");
        await ConfigureAsync(server, new { transaction_duration_regression_detection_enabled = true });
        (await LookAsync(server)).ShouldBe(1);

        var issue = (await server.MetadataAsync<Issue>($"SELECT * FROM issues WHERE type = '{Type}'")).ShouldHaveSingleItem();
        var latest = (await server.Api.GetFromJsonAsync<JsonObject>($"organizations/acme/issues/{issue.Id}/events/latest/"))!;
        var ratio = latest["occurrence"]!["evidenceData"]!["thresholds"]!
            .AsArray()
            .Single(one => one!["name"]!.GetValue<string>() == "transaction_duration_regression_ratio")!;
        ratio["threshold"]!.GetValue<double>().ShouldBe(3);
        ratio["value"]!.GetValue<double>().ShouldBe(4, 0.1);
        latest["occurrence"]!["evidenceDisplay"]!
            .AsArray()
            .Select(line => line!["value"]!.GetValue<string>())
            .ShouldContain(line => line.EndsWith("threshold 3", StringComparison.Ordinal));
    }

    static async Task ConfigureAsync(WholeServer server, object settings)
    {
        var project = server.Get<ProjectDirectory>().Get(WholeServer.Project)!;
        using var answer = await server.Api.PutAsJsonAsync(
            $"projects/{project.OrganizationSlug}/{project.Slug}/performance-issues/configure/",
            settings
        );
        answer.EnsureSuccessStatusCode();
    }

    const int Runs = 200;

    /// <summary>It looks when a test says so.</summary>
    static Task<WholeServer> StartedAsync() =>
        WholeServer.StartAsync(services => services.AddSingleton(new RegressionOptions { Look = TimeSpan.FromDays(1) }));

    static async Task<int> LookAsync(WholeServer server)
    {
        await server.DrainAsync();
        var found = await server.Get<RegressionWatch>().LookAsync(CancellationToken.None);
        await server.DrainAsync();
        return found;
    }

    static Task SendAsync(WholeServer server, string release, params (string Name, double Middle)[] endpoints) =>
        SendAsync(server, release, "production", endpoints);

    /// <summary>Runs from 0.8 to 1.2 times as long as the middle one, in even steps, a second apart.</summary>
    static async Task SendAsync(
        WholeServer server,
        string release,
        string environment,
        params (string Name, double Middle)[] endpoints
    )
    {
        using var client = new HttpClient { BaseAddress = server.Address };
        var begin = server.Clock.GetUtcNow().AddHours(-1).ToUnixTimeMilliseconds() / 1e3;
        foreach (var (name, middle) in endpoints)
        {
            for (var run = 0; run < Runs; run++)
            {
                var start = begin + run;
                var end = start + (middle * (0.8 + (0.4 * run / (Runs - 1))) / 1e3);
                await SendAsync(
                    client,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $$"""
                        {"type":"transaction","event_id":"{{Guid.NewGuid():n}}","platform":"python","transaction":"{{name}}",
                        "release":"{{release}}","environment":"{{environment}}","start_timestamp":{{start}},"timestamp":{{end}},
                        "contexts":{"trace":{"trace_id":"{{Guid.NewGuid():n}}","span_id":"00000000000000aa","op":"http.server"} } }
                        """
                    )
                );
            }
        }
        await server.DrainAsync();
    }

    static async Task SendAsync(HttpClient client, string transaction)
    {
        var body = Encoding.UTF8.GetBytes(
            $"{{}}\n{{\"type\":\"transaction\",\"length\":{Encoding.UTF8.GetByteCount(transaction)}}}\n{transaction}\n"
        );
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-sentry-envelope");
        using var answer = await client.PostAsync($"api/{WholeServer.Project}/envelope/?sentry_key={WholeServer.Key}", content);
        answer.EnsureSuccessStatusCode();
    }
}
