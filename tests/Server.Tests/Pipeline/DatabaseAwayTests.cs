using System.Data.Common;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dapper;
using Server.Tests.Hosting;
using Tocsin.Server.Metadata;
using Tocsin.Server.Pipeline;

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

    [Fact]
    public async Task A_line_to_PostgreSQL_that_is_cut_again_and_again_costs_no_event_and_counts_none_twice()
    {
        const int Cuts = 8;
        Assert.SkipUnless(TestMetadata.UsesPostgres, "PostgreSQL only: there is no line to SQLite");
        await using var line = new CutLine(await PostgresServer.CreateDatabaseAsync());
        await using var host = await TocsinHost.StartAsync(options => options with { Metadata = line.ConnectionString });
        using var sender = host.Anonymous();
        var chance = new Random(1);
        var sent = 0;
        for (var cut = 0; cut < Cuts; cut++)
        {
            await SendSomeAsync();
            await Task.Delay(chance.Next(60), Stop);
            line.Cut();
            await SendSomeAsync();
            if (cut == 0)
            {
                await CrashTests.EventuallyAsync(() => host.Get<PipelineHealth>().Error is not null);
            }
            // What else looks after the database by the clock must bear it, too.
            host.Time.Advance(TimeSpan.FromMinutes(1));
            await SendSomeAsync();
            line.Mend();
        }

        await CrashTests.EventuallyAsync(async () => await AskAsync(host, "SELECT SUM(times_seen) FROM issues") >= sent);
        (await AskAsync(host, "SELECT SUM(times_seen) FROM issues")).ShouldBe(sent);
        (await AskAsync(host, "SELECT COUNT(*) FROM event_index")).ShouldBe(sent);
        (await AskAsync(host, "SELECT COUNT(*) FROM quarantine")).ShouldBe(0);
        host.App.Lifetime.ApplicationStopping.IsCancellationRequested.ShouldBeFalse();

        async Task SendSomeAsync()
        {
            for (var number = 0; number < 5; number++)
            {
                (await SendAsync(host, sender, $"event {++sent}")).ShouldBe(HttpStatusCode.OK);
            }
        }
    }

    static async Task<long> AskAsync(TocsinHost host, string sql)
    {
        while (true)
        {
            try
            {
                await using var connection = await host.Get<MetadataDb>().OpenAsync(Stop);
                return await connection.ExecuteScalarAsync<long?>(sql) ?? 0;
            }
            catch (DbException)
            {
                // A connection that was cut was still in the pool; each is so once.
            }
        }
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
