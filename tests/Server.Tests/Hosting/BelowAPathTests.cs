using System.Net;
using System.Net.Http.Json;

namespace Server.Tests.Hosting;

/// <summary>The server below a path of its address, behind a proxy that takes the path away and behind one that does not.</summary>
public sealed class BelowAPathTests
{
    [Theory]
    [InlineData("")]
    [InlineData("/in")]
    public async Task Every_route_is_there_and_opens_for_those_only_whom_it_opens_for_elsewhere(string path)
    {
        await using var host = await TocsinHost.StartAsync(options => options with { Url = new("http://tocsin.example/in/") });
        var (stranger, program) = (host.Anonymous(), host.With());

        await StatusAsync(stranger.GetAsync($"{path}/_health/"), HttpStatusCode.OK);
        await StatusAsync(stranger.GetAsync($"{path}/health/ready"), HttpStatusCode.OK);
        await StatusAsync(stranger.GetAsync($"{path}/api/0/organizations/"), HttpStatusCode.Unauthorized);
        await StatusAsync(stranger.GetAsync($"{path}/api/0/projects/default/default/keys/"), HttpStatusCode.Unauthorized);
        await StatusAsync(stranger.GetAsync($"{path}/api/0/internal/pipeline/"), HttpStatusCode.Unauthorized);
        await StatusAsync(
            stranger.PutAsJsonAsync($"{path}/api/0/projects/default/default/", new { name = "taken" }),
            HttpStatusCode.Unauthorized
        );
        await StatusAsync(program.GetAsync($"{path}/api/0/projects/default/default/keys/"), HttpStatusCode.OK);
        await StatusAsync(
            stranger.PostAsJsonAsync(
                $"{path}/api/1/store/?sentry_key={TocsinHost.Key}&sentry_version=7",
                new { message = "hello" }
            ),
            HttpStatusCode.OK
        );
        await StatusAsync(
            stranger.PostAsJsonAsync($"{path}/api/1/store/?sentry_version=7", new { message = "hello" }),
            HttpStatusCode.Unauthorized
        );
    }

    static async Task StatusAsync(Task<HttpResponseMessage> sent, HttpStatusCode expected)
    {
        using var answer = await sent;
        answer.StatusCode.ShouldBe(expected, answer.RequestMessage!.RequestUri!.ToString());
    }
}
