using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Server.Tests.Corpus;
using Tocsin.Server.Issues;

namespace Server.Tests.Issues;

public sealed class OverflowPageTests
{
    [Fact]
    public async Task An_event_without_room_for_its_issue_says_so_and_names_the_setting()
    {
        await using var server = await WholeServer.StartAsync(services =>
            services.AddSingleton(new IssueOptions { NewPerHour = 2 })
        );
        var ids = new List<string>();
        foreach (var kind in new[] { "Payment", "Shipping", "Stock", "Payment" })
        {
            ids.Add(await SendAsync(server, kind));
        }
        await server.DrainAsync();

        var details = await Task.WhenAll(
            ids.Select(id => server.Api.GetFromJsonAsync<JsonElement>($"projects/acme/shop/events/{id}/"))
        );

        var issues = await server.Api.GetFromJsonAsync<JsonElement>("organizations/acme/issues/?query=");
        var titles = issues.EnumerateArray().ToDictionary(issue => issue.GetProperty("id").GetString()!, Title);
        details
            .Select(detail => titles[detail.GetProperty("groupID").GetString()!])
            .ShouldBe([Title(details[0]), Title(details[1]), OverflowIssue.Title, Title(details[0])]);
        Title(details[2]).ShouldStartWith("StockError");
        details.Select(detail => detail.GetProperty("errors").GetArrayLength()).ShouldBe([0, 0, 1, 0]);
        var note = details[2].GetProperty("errors")[0];
        note.GetProperty("type").GetString().ShouldBe("too_many_issues");
        note.GetProperty("message").GetString().ShouldNotBeNull().ShouldContain("TOCSIN_NEW_ISSUES, now 2");
    }

    static string Title(JsonElement shape) => shape.GetProperty("title").GetString()!;

    static async Task<string> SendAsync(WholeServer server, string kind)
    {
        var id = Tocsin.Protocol.EventId.New().ToString();
        using var http = new HttpClient { BaseAddress = server.Address };
        using var answer = await http.PostAsJsonAsync(
            $"api/{WholeServer.Project}/store/?sentry_key={WholeServer.Key}",
            new
            {
                event_id = id,
                platform = "python",
                fingerprint = new[] { kind },
                exception = new[] { new { type = $"{kind}Error", value = "it broke" } },
            }
        );
        answer.EnsureSuccessStatusCode();
        return id;
    }
}
