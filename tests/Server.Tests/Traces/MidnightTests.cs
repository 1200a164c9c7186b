using System.Net;
using System.Text;
using Server.Tests.Corpus;
using Server.Tests.Hosting;

namespace Server.Tests.Traces;

/// <summary>A clock that is set back over midnight: what comes then is kept in the day that had begun already.</summary>
public class MidnightTests
{
    const string Before = "4bf92f3577b34da6a3ce929d0e0e4731";
    const string After = "4bf92f3577b34da6a3ce929d0e0e4732";

    static readonly DateTimeOffset Midnight = new(2026, 11, 21, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task A_transaction_keeps_its_body_though_the_clock_went_back_to_the_day_before()
    {
        await using var server = await WholeServer.StartAsync();
        server.Clock.MoveTo(Midnight.AddSeconds(30));
        await SendAsync(server, After);
        server.Clock.MoveTo(Midnight.AddSeconds(-30));
        await SendAsync(server, Before);
        server.Clock.MoveTo(Midnight.AddMinutes(5));

        foreach (var trace in (string[])[After, Before])
        {
            var span = await server.Api.GetJsonAsync($"organizations/acme/traces/{trace}/spans/00000000000000aa/");

            span.GetProperty("contexts").GetProperty("shop").Text("door").ShouldBe("north", trace);
        }
    }

    static async Task SendAsync(WholeServer server, string trace)
    {
        var end = server.Clock.GetUtcNow().ToUnixTimeSeconds();
        var body =
            $$"""
            {}
            {"type":"transaction"}
            {"type":"transaction","event_id":"{{trace}}","platform":"python","transaction":"GET /cart","start_timestamp":{{end
                - 1}},
            "timestamp":{{end}},"contexts":{"shop":{"door":"north"},"trace":{"trace_id":"{{trace}}","span_id":"00000000000000aa"} },"spans":[]}
            """.ReplaceLineEndings(
                "\n"
            ).Replace(",\n", ",", StringComparison.Ordinal);
        using var http = new HttpClient { BaseAddress = server.Address };
        using var answer = await http.PostAsync(
            $"api/{WholeServer.Project}/envelope/?sentry_key={WholeServer.Key}",
            new StringContent(body, Encoding.UTF8, "application/x-sentry-envelope")
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        await server.DrainAsync();
    }
}
