using System.Net;
using System.Text.Json;
using Server.Tests.Hosting;
using Server.Tests.Traces;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Performance;

/// <summary>Pages of transactions and traces understand what Explore understands. Ada loads a fast page, user 7 a slow one.</summary>
public sealed class TwoLoads : IAsyncLifetime
{
    TocsinHost host = null!;

    internal HttpClient Client => host.With();

    public async ValueTask InitializeAsync()
    {
        host = await TocsinHost.StartAsync();
        await host.StoreAsync([Load(1, "/fast", "email:ada@shop.example", 600), Load(2, "/slow", "id:7", 9000)]);
    }

    SpanRow Load(long id, string page, string user, double lcp) =>
        new()
        {
            ProjectId = 1,
            TraceId = (UInt128)id << 96,
            SpanId = id,
            IsSegment = true,
            Timestamp = host.Now() - 1_000_000,
            Received = host.Now(),
            Duration = 1_000,
            SelfTime = 1_000,
            Op = "pageload",
            Transaction = page,
            User = user,
            Lcp = lcp,
            Attributes = """{"http.response.body.size":2048}""",
        };

    public async ValueTask DisposeAsync() => await host.DisposeAsync();
}

public class SpanSearchTests(TwoLoads loads) : IClassFixture<TwoLoads>
{
    const string Organization = "/api/0/organizations/default";

    [Theory]
    [InlineData("user.email:ada@shop.example", "/fast")]
    [InlineData("user.email:ada@*", "/fast")]
    [InlineData("!user.email:ada@shop.example", "/slow")]
    [InlineData("has:user.id", "/slow")]
    [InlineData("measurements.score.total:>0.9", "/fast")]
    [InlineData("trace:00000002", "/slow")]
    [InlineData("http.response.body.size:>1kib", "/fast,/slow")]
    [InlineData("http.response.body.size:>3kib", "")]
    [InlineData("project:default transaction:/slow", "/slow")]
    [InlineData("project.name:1", "/fast,/slow")]
    [InlineData("project:other", "")]
    public async Task A_search_means_what_it_means_in_Explore(string query, string pages)
    {
        foreach (var path in (string[])["performance/transactions/", "traces/"])
        {
            var answer = await loads.Client.GetJsonAsync($"{Organization}/{path}?query={Uri.EscapeDataString(query)}");

            string.Join(',', answer.EnumerateArray().Select(Page).Order()).ShouldBe(pages, path);
        }

        static string Page(JsonElement row) => (row.TryGetProperty("root", out var root) ? root : row).Text("transaction");
    }

    [Theory]
    [InlineData("count():>1")]
    [InlineData("span.duration:long")]
    [InlineData("transaction:")]
    public async Task What_makes_no_sense_is_told_by_a_sentence(string query)
    {
        foreach (var path in (string[])["performance/transactions/", "performance/vitals/", "traces/"])
        {
            var answer = await loads.Client.GetJsonAsync(
                $"{Organization}/{path}?query={Uri.EscapeDataString(query)}",
                HttpStatusCode.BadRequest
            );

            answer.Text("detail").ShouldStartWith("Error parsing search query: ");
        }
    }
}
