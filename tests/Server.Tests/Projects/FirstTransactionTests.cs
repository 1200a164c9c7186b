using System.Net;
using Server.Tests.Corpus;
using Server.Tests.Hosting;
using Server.Tests.Pipeline;
using Tocsin.Protocol;
using Tocsin.Server.Projects;

namespace Server.Tests.Projects;

public class FirstTransactionTests
{
    [Fact]
    public async Task A_project_says_that_a_transaction_came_not_that_an_error_did()
    {
        await using var server = await WholeServer.StartAsync();
        await SendAsync(server, SomeEnvelope.Error());
        (await SaysAsync("projects/acme/shop/")).ShouldBeFalse();

        var end = server.Clock.GetUtcNow().ToUnixTimeSeconds();
        var transaction = $$$"""
            {"type":"transaction","transaction":"GET /cart","start_timestamp":{{{end - 1}}},"timestamp":{{{end}}},
            "contexts":{"trace":{"trace_id":"000000000000000000000000000000aa","span_id":"00000000000000aa"}},"spans":[]}
            """;
        await SendAsync(server, new SomeEnvelope(EventId.New()).With("transaction", transaction));

        (await SaysAsync("projects/acme/shop/")).ShouldBeTrue();
        (await server.Api.GetJsonAsync("organizations/acme/projects/"))[0]
            .GetProperty("firstTransactionEvent")
            .GetBoolean()
            .ShouldBeTrue();
        server
            .Get<ProjectDirectory>()
            .Get(WholeServer.Project)!
            .HasFirstTransaction.ShouldBeTrue("or each batch writes it again");

        async Task<bool> SaysAsync(string path) =>
            (await server.Api.GetJsonAsync(path)).GetProperty("firstTransactionEvent").GetBoolean();
    }

    static async Task SendAsync(WholeServer server, SomeEnvelope envelope)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var answer = await http.PostAsync(
            $"api/{WholeServer.Project}/envelope/?sentry_key={WholeServer.Key}",
            new ByteArrayContent(envelope.ToBytes())
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        await server.DrainAsync();
    }
}
