using System.Net;
using Server.Tests.Corpus;
using Tocsin.Protocol;
using Tocsin.Server.Metadata;

namespace Server.Tests.Errors;

/// <summary>A file that stands in another one's place has whole records, but not the ones that are asked for.</summary>
public sealed class MisplacedBodyTests
{
    const string Mine = "0123456789abcdef0123456789abcdef";
    const string Other = "00112233445566778899aabbccddeeff";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_event_in_whose_place_another_one_lies_shows_nothing_of_that()
    {
        await using var server = await WholeServer.StartAsync();
        await SendAsync(server, Mine, "mine");
        await SendAsync(server, Other, "somebody else's");
        await server.DrainAsync();
        (await server.Api.GetStringAsync($"projects/acme/shop/events/{Mine}/json/", Stop)).ShouldContain("mine");

        await server
            .Get<MetadataDb>()
            .WriteAsync(
                transaction =>
                    transaction.ExecuteAsync(
                        """
                        UPDATE event_index SET (day, segment, "offset", length) =
                            (SELECT day, segment, "offset", length FROM event_index WHERE event_low = @Other)
                        WHERE event_low = @Mine
                        """,
                        new { Mine = LowOf(Mine), Other = LowOf(Other) }
                    ),
                Stop
            );

        var detail = await server.Api.GetStringAsync($"projects/acme/shop/events/{Mine}/", Stop);
        detail.ShouldNotContain("somebody else");
        detail.ShouldContain("is another one");
        using var json = await server.Api.GetAsync($"projects/acme/shop/events/{Mine}/json/", Stop);
        json.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    static long LowOf(string id) => EventId.TryParse(id, out var read) ? read.Low : throw new FormatException(id);

    static async Task SendAsync(WholeServer server, string id, string message)
    {
        using var content = new StringContent(
            $"{{\"event_id\":\"{id}\"}}\n{{\"type\":\"event\"}}\n{{\"message\":\"{message}\"}}\n"
        );
        using var answer = await server.Api.PostAsync(
            new Uri(server.Address, $"api/42/envelope/?sentry_key={WholeServer.Key}"),
            content,
            Stop
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
