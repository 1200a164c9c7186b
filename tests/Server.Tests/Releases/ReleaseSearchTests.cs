using Server.Tests.Hosting;
using Server.Tests.Traces;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Releases;

/// <summary>Searches that mean releases without naming them, over errors, spans and issues.</summary>
public class ReleaseSearchTests
{
    const string Organization = "/api/0/organizations/default";

    static readonly string[] Versions =
    [
        "shop@1.2.0",
        "shop@1.10.0+7",
        "shop@2.0.0-rc.1+41",
        "shop@2.0.0+42",
        "0a1b2c3d",
        "api@9.0.0",
    ];

    /// <summary>One error and one issue for each release; the last that was released is shop@2.0.0+42.</summary>
    static async Task<TocsinHost> ShopAsync()
    {
        var host = await TocsinHost.StartAsync();
        foreach (var (version, at) in Versions.Select((version, at) => (version, at)))
        {
            await host.With()
                .PostJsonAsync(
                    $"{Organization}/releases/",
                    new
                    {
                        version,
                        projects = new[] { "default" },
                        dateReleased = $"2026-11-{(version == "shop@2.0.0+42" ? 19 : 10 + at)}T00:00:00Z",
                    },
                    System.Net.HttpStatusCode.Created
                );
            var issue = await host.IssueAsync(1, at + 1, version);
            await host.StoreAsync([Run(host, at + 1, version)], [host.Error(at + 1, issue) with { Release = version }]);
        }
        return host;
    }

    static SpanRow Run(TocsinHost host, long id, string release) =>
        new()
        {
            ProjectId = 1,
            TraceId = (UInt128)id,
            SpanId = id,
            IsSegment = true,
            Timestamp = host.Now() - 1_000_000,
            Received = host.Now(),
            Duration = 1_000,
            SelfTime = 1_000,
            Op = "http.server",
            Transaction = release,
            Release = release,
            Lcp = 1_000,
        };

    [Theory]
    [InlineData("performance/transactions/")]
    [InlineData("traces/")]
    public async Task Transactions_and_traces_are_found_by_their_releases(string path)
    {
        await using var host = await ShopAsync();

        (await FoundAsync("release:latest")).ShouldBe(["shop@2.0.0+42"]);
        (await FoundAsync("release.version:<1.3")).ShouldBe(["shop@1.2.0"]);
        (await FoundAsync("release.package:nobody")).ShouldBeEmpty();

        async Task<IReadOnlyList<string?>> FoundAsync(string query)
        {
            var answer = await host.With().GetJsonAsync($"{Organization}/{path}?query={Uri.EscapeDataString(query)}");
            return
            [
                .. answer
                    .EnumerateArray()
                    .Select(row => row.TryGetProperty("root", out var root) ? root : row)
                    .Select(row => row.GetProperty("transaction").GetString()),
            ];
        }
    }

    [Fact]
    public async Task One_transaction_and_vitals_are_narrowed_to_the_latest_release()
    {
        await using var host = await ShopAsync();

        var known = await host.With()
            .GetJsonAsync($"{Organization}/performance/transactions/samples/?transaction=shop@2.0.0%2B42&query=release:latest");
        var others = await host.With()
            .GetJsonAsync($"{Organization}/performance/transactions/samples/?transaction=shop@1.2.0&query=release:latest");
        var vitals = await host.With().GetJsonAsync($"{Organization}/performance/vitals/?query=release:latest");

        known.GetArrayLength().ShouldBe(1);
        others.GetArrayLength().ShouldBe(0);
        vitals.GetProperty("vitals").GetProperty("lcp").GetProperty("count").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task Releases_are_meant_by_version_package_build_and_age()
    {
        await using var host = await ShopAsync();

        (await FoundAsync("release:latest")).ShouldBe(["shop@2.0.0+42"]);
        (await FoundAsync("release:[latest, 0a1b2c3d]")).ShouldBe(["0a1b2c3d", "shop@2.0.0+42"]);
        (await FoundAsync("!release:latest")).Count.ShouldBe(5);
        (await FoundAsync("release.version:>=1.10")).ShouldBe([
            "api@9.0.0",
            "shop@1.10.0+7",
            "shop@2.0.0+42",
            "shop@2.0.0-rc.1+41",
        ]);
        (await FoundAsync("release.version:<2")).ShouldBe(["shop@1.10.0+7", "shop@1.2.0", "shop@2.0.0-rc.1+41"]);
        (await FoundAsync("release.version:shop@1.*")).ShouldBe(["shop@1.10.0+7", "shop@1.2.0"]);
        (await FoundAsync("release.version:2.0.0")).ShouldBe(["shop@2.0.0+42"]);
        (await FoundAsync("release.version:[1.2.0, 9.0.0]")).ShouldBe(["api@9.0.0", "shop@1.2.0"]);
        (await FoundAsync("release.package:api")).ShouldBe(["api@9.0.0"]);
        (await FoundAsync("release.build:>=41")).ShouldBe(["shop@2.0.0+42", "shop@2.0.0-rc.1+41"]);
        (await FoundAsync("release.build:7")).ShouldBe(["shop@1.10.0+7"]);
        (await FoundAsync("release.version:>10")).ShouldBeEmpty();

        async Task<IReadOnlyList<string?>> FoundAsync(string query)
        {
            var answer = await host.With()
                .GetJsonAsync(
                    $"{Organization}/events/?dataset=errors&field=release&sort=release&query={Uri.EscapeDataString(query)}"
                );
            return [.. answer.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("release").GetString())];
        }
    }

    [Fact]
    public async Task Lists_of_events_are_narrowed_to_the_latest_release()
    {
        await using var host = await ShopAsync();

        var events = await host.With().GetJsonAsync("/api/0/projects/default/default/events/?query=release:latest");
        var error = await host.With()
            .GetJsonAsync("/api/0/projects/default/default/events/?query=timestamp:never", System.Net.HttpStatusCode.BadRequest);

        events.EnumerateArray().ShouldHaveSingleItem().Text("title").ShouldBe("Failure 4");
        error.Text("detail").ShouldStartWith("Error parsing search query: timestamp");
    }

    [Fact]
    public async Task Issues_are_found_by_the_releases_of_their_events()
    {
        await using var host = await ShopAsync();

        (await FoundAsync("release:latest")).ShouldBe(["shop@2.0.0+42"]);
        (await FoundAsync("release.version:>=2.0")).ShouldBe(["api@9.0.0", "shop@2.0.0+42"]);
        (await FoundAsync("release.package:nobody")).ShouldBeEmpty();

        async Task<IReadOnlyList<string?>> FoundAsync(string query)
        {
            var answer = await host.With().GetJsonAsync($"{Organization}/issues/?query={Uri.EscapeDataString(query)}");
            return
            [
                .. answer.EnumerateArray().Select(issue => issue.GetProperty("title").GetString()).Order(StringComparer.Ordinal),
            ];
        }
    }
}
