using System.Net;
using Server.Tests.Hosting;
using Server.Tests.Traces;

namespace Server.Tests.Explore;

/// <summary>Searches over errors that say something of their issues, and what is no error.</summary>
public class IssueTermTests
{
    const string Organization = "/api/0/organizations/default";

    static async Task<TocsinHost> ShopAsync()
    {
        var host = await TocsinHost.StartAsync();
        var open = await host.IssueAsync(1, 1, "Open");
        var resolved = await host.IssueAsync(1, 2, "Resolved", status: "resolved");
        var finding = await host.IssueAsync(1, 3, "Slow DB Query", type: "performance_slow_db_query");
        await host.StoreAsync(
            [],
            [host.Error(1, open), host.Error(2, open), host.Error(3, resolved), host.Error(4, finding) with { Type = "generic" }]
        );
        return host;
    }

    static async Task<long> CountAsync(TocsinHost host, string query, string dataset = "errors") =>
        (await host.With().GetJsonAsync($"{Organization}/events-meta/?dataset={dataset}&query={Uri.EscapeDataString(query)}"))
            .GetProperty("count")
            .GetInt64();

    [Fact]
    public async Task The_standing_of_an_issue_chooses_its_errors()
    {
        await using var host = await ShopAsync();

        (await CountAsync(host, "is:unresolved")).ShouldBe(2);
        (await CountAsync(host, "!is:unresolved")).ShouldBe(1);
        (await CountAsync(host, "is:resolved")).ShouldBe(1);
        (await CountAsync(host, "is:resolved OR title:\"Failure 1\"")).ShouldBe(2);
        (await CountAsync(host, "assigned:none level:error")).ShouldBe(3);
        (await CountAsync(host, "assigned:me")).ShouldBe(0);
        (await CountAsync(host, "issue.type:error")).ShouldBe(3);
        (await CountAsync(host, "timesSeen:>5")).ShouldBe(0);
    }

    [Fact]
    public async Task A_standing_that_does_not_exist_is_refused()
    {
        await using var host = await ShopAsync();

        var answer = await host.With()
            .GetJsonAsync($"{Organization}/events/?dataset=errors&field=id&query=is:sleeping", HttpStatusCode.BadRequest);

        answer.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain("sleeping");
    }

    [Fact]
    public async Task What_detectors_found_is_no_error_and_has_a_dataset_of_its_own()
    {
        await using var host = await ShopAsync();

        (await CountAsync(host, "")).ShouldBe(3);
        (await CountAsync(host, "", "discover")).ShouldBe(3);
        (await CountAsync(host, "", "issuePlatform")).ShouldBe(1);
        (await CountAsync(host, "issue.category:performance", "issuePlatform")).ShouldBe(1);
        (await CountAsync(host, "issue.category:[db_query, mobile]", "issuePlatform")).ShouldBe(1);
        (await CountAsync(host, "!issue.category:db_query", "issuePlatform")).ShouldBe(0);
        var line = await host.With().GetJsonAsync($"{Organization}/events-stats/?dataset=errors&statsPeriod=1h&interval=1h");
        line.GetProperty("data").EnumerateArray().Sum(step => step[1][0].GetProperty("count").GetInt64()).ShouldBe(3);
    }

    [Fact]
    public async Task Numbers_that_every_client_sends_are_numbers_by_their_names_alone()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([
            .. Enumerable
                .Range(1, 4)
                .Select(id => new Tocsin.Telemetry.Rows.SpanRow
                {
                    ProjectId = 1,
                    TraceId = 1,
                    SpanId = id,
                    Timestamp = host.Now() - 60_000_000,
                    Received = host.Now(),
                    Duration = 1000,
                    SelfTime = 1000,
                    Attributes =
                        $$"""{"http.response_content_length":{{id * 1000}},"cache.hit":{{(id % 4 == 0 ? "true" : "false")}}}""",
                }),
        ]);

        (await CountAsync(host, "http.response_content_length:>2kb", "spans")).ShouldBe(2);
        (await CountAsync(host, "http.response_content_length:>=2000", "spans")).ShouldBe(3);
        (await CountAsync(host, "!http.response_content_length:1kb", "spans")).ShouldBe(3);
        var answer = await host.With()
            .GetJsonAsync(
                $"{Organization}/events/?dataset=spans&field=avg(http.response_content_length)&field=cache_hit_rate()&field=cache_miss_rate()"
            );
        var row = answer.GetProperty("data")[0];
        row.GetProperty("avg(http.response_content_length)").GetDouble().ShouldBe(2500);
        row.GetProperty("cache_hit_rate()").GetDouble().ShouldBe(0.25);
        row.GetProperty("cache_miss_rate()").GetDouble().ShouldBe(0.75);
        answer
            .GetProperty("meta")
            .GetProperty("units")
            .GetProperty("avg(http.response_content_length)")
            .GetString()
            .ShouldBe("byte");
        var spans = await host.With()
            .GetJsonAsync(
                $"{Organization}/events/?dataset=spans&field=cache.hit&field=http.response_content_length&sort=-http.response_content_length"
            );
        var first = spans.GetProperty("data")[0];
        first.GetProperty("cache.hit").GetBoolean().ShouldBeTrue();
        first.GetProperty("http.response_content_length").GetDouble().ShouldBe(4000);
    }
}
