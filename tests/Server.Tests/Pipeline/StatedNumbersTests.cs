using System.Net;
using System.Text;
using Server.Tests.Corpus;
using Tocsin.Server.Pipeline;

namespace Server.Tests.Pipeline;

/// <summary>Numbers that clients state are added up with what all others state: no one may make of the sum what no answer can say.</summary>
public sealed class StatedNumbersTests
{
    const string Most = "9223372036854775807";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Most, 0)]
    [InlineData("4294967296", 0)]
    [InlineData("4294967295", 4294967295)]
    [InlineData("3", 3)]
    [InlineData("-3", 0)]
    public void A_client_s_report_counts_what_a_client_can_have_discarded(string quantity, long counted)
    {
        ClientReport.TryRead(Encoding.UTF8.GetBytes(Report(quantity)), out var losses).ShouldBeTrue();

        losses.Sum(loss => loss.Quantity).ShouldBe(counted);
    }

    [Fact]
    public async Task The_statistics_stand_whatever_clients_state()
    {
        await using var server = await WholeServer.StartAsync();
        for (var times = 0; times < 3; times++)
        {
            await SendAsync(server, "{\"type\":\"client_report\"}", Report(Most));
            await SendAsync(server, "{\"type\":\"client_report\"}", Report("4294967295"));
            foreach (var type in (string[])["log", "span", "trace_metric"])
            {
                await SendAsync(server, $$"""{"type":"{{type}}","item_count":{{Most}}}""", "{}");
            }
        }
        await server.DrainAsync();

        foreach (var grouped in (string[])["outcome", "reason", "category"])
        {
            using var answer = await server.Api.GetAsync(
                $"organizations/acme/stats_v2/?field=sum(quantity)&groupBy={grouped}&statsPeriod=2d",
                Stop
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        (await server.OutcomesAsync()).ShouldAllBe(row => row.Quantity > 0);
    }

    [Fact]
    public async Task Measurements_beyond_all_reason_take_no_answer_away()
    {
        await using var server = await WholeServer.StartAsync();
        var end = server.Clock.GetUtcNow().ToUnixTimeSeconds() - 4;
        for (var times = 1; times <= 3; times++)
        {
            var trace = $$"""{"trace_id":"{{times:x32}}","span_id":"{{times:x16}}","op":"pageload"}""";
            var measured = """{"lcp":{"value":1.7e308},"x":{"value":-1.7e308}}""";
            await SendAsync(
                server,
                """{"type":"transaction"}""",
                $$"""{"type":"transaction","event_id":"{{times:x32}}","transaction":"/","start_timestamp":{{end - 1}},"timestamp":{{end}},"contexts":{"trace":{{trace}} },"measurements":{{measured}}}"""
            );
        }
        await server.DrainAsync();

        foreach (
            var asked in (string[])
                ["sum(measurements.lcp)", "avg(measurements.x)", "equation|max(measurements.lcp) * 2", "p75(measurements.lcp)"]
        )
        {
            var route =
                $"organizations/acme/events/?dataset=spans&statsPeriod=14d&field=count()&field={Uri.EscapeDataString(asked)}";
            using var answer = await server.Api.GetAsync(route, Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, asked);
        }
        using var vitals = await server.Api.GetAsync("organizations/acme/performance/vitals/?statsPeriod=14d", Stop);
        vitals.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    static string Report(string quantity) =>
        $$"""{"discarded_events":[{"reason":"queue_overflow","category":"error","quantity":{{quantity}}}]}""";

    static async Task SendAsync(WholeServer server, string header, string payload)
    {
        using var content = new StringContent($"{{}}\n{header}\n{payload}\n");
        using var answer = await server.Api.PostAsync(
            new Uri(server.Address, $"api/42/envelope/?sentry_key={WholeServer.Key}"),
            content,
            Stop
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
