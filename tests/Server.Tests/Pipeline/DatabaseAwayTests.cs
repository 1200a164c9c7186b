using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dapper;
using Server.Tests.Hosting;
using Tocsin.Server.Metadata;

namespace Server.Tests.Pipeline;

/// <summary>A metadata database that refuses what requests and the worker ask of it: nobody who sends notices.</summary>
public sealed class DatabaseAwayTests
{
    static readonly string[] Tables = ["issues", "project_keys"];

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_the_database_does_not_work_events_are_accepted_and_the_page_says_what_they_wait_for()
    {
        await using var host = await TocsinHost.StartAsync();
        await RenameAsync(host, "{0}", "{0}_away");
        using var sender = host.Anonymous();
        using var operators = host.With();

        foreach (var number in Enumerable.Range(1, 3))
        {
            (await SendAsync(host, sender, $"while it is away {number}")).ShouldBe(HttpStatusCode.OK);
        }
        JsonElement failure = default;
        await CrashTests.EventuallyAsync(async () =>
        {
            var state = await operators.GetFromJsonAsync<JsonElement>("/api/0/internal/pipeline/", Stop);
            failure = state.GetProperty("failure");
            return failure.ValueKind == JsonValueKind.Object;
        });
        failure.GetProperty("step").GetString().ShouldBe("commit_metadata");
        failure.GetProperty("error").GetString().ShouldNotBeNullOrEmpty();
        (await SendAsync(host, sender, "while it is known to be away")).ShouldBe(HttpStatusCode.OK);

        await RenameAsync(host, "{0}_away", "{0}");

        await CrashTests.EventuallyAsync(async () => await CountAsync(host) == 4);
    }

    static async Task<HttpStatusCode> SendAsync(TocsinHost host, HttpClient sender, string message)
    {
        var project = new Uri(host.Ready.Dsn!).AbsolutePath.Trim('/');
        using var body = new ByteArrayContent(
            Encoding.UTF8.GetBytes($"{{}}\n{{\"type\":\"event\"}}\n{{\"message\":\"{message}\"}}\n")
        );
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/{project}/envelope/") { Content = body };
        request.Headers.Add("X-Sentry-Auth", $"Sentry sentry_version=7, sentry_key={TocsinHost.Key}");
        using var answer = await sender.SendAsync(request, Stop);
        return answer.StatusCode;
    }

    static Task RenameAsync(TocsinHost host, string from, string to) =>
        host.Get<MetadataDb>()
            .WriteAsync(
                async transaction =>
                {
                    foreach (var table in Tables)
                    {
                        await transaction.ExecuteAsync(
                            $"ALTER TABLE {string.Format(null, from, table)} RENAME TO {string.Format(null, to, table)}"
                        );
                    }
                },
                Stop
            );

    static async Task<long> CountAsync(TocsinHost host)
    {
        await using var connection = await host.Get<MetadataDb>().OpenAsync(Stop);
        return await connection.ExecuteScalarAsync<long>("SELECT COALESCE(SUM(times_seen), 0) FROM issues");
    }
}
