using System.Net;
using System.Text.Json;
using Server.Tests.Hosting;
using Server.Tests.Traces;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Performance;

public class VitalReleaseTests
{
    const string Organization = "/api/0/organizations/default";
    const string Path = $"{Organization}/performance/vitals/releases/";

    [Fact]
    public async Task A_release_that_made_a_vital_worse_is_told_with_what_it_was_before()
    {
        await using var host = await TocsinHost.StartAsync();
        await ReleaseAsync(host, "shop@1.0", "shop@1.1", "shop@1.2");
        await host.StoreAsync([
            .. Loads(host, "shop@1.0", 200, lcp: 2000),
            .. Loads(host, "shop@1.1", 200, lcp: 3000),
            .. Loads(host, "shop@1.2", 200, lcp: 3000),
        ]);

        var answer = await host.With().GetJsonAsync(Path);

        Changes(answer)
            .ShouldBe([
                ("shop@1.2", "shop@1.1", "same", "same"),
                ("shop@1.1", "shop@1.0", "worse", "same"),
                ("shop@1.0", null, "unknown", "unknown"),
            ]);
        var worse = answer.GetProperty("releases")[1];
        worse.GetProperty("count").GetInt64().ShouldBe(200);
        worse.GetProperty("lcp").GetProperty("before").GetDouble().ShouldBe(2492.5, 25);
        worse.GetProperty("lcp").GetProperty("p75").GetDouble().ShouldBe(3738.75, 37);
        worse.GetProperty("inp").GetProperty("p75").ValueKind.ShouldBe(JsonValueKind.Null);
        worse.GetProperty("inp").Text("change").ShouldBe("unknown");
        worse.Text("project").ShouldBe("default");
    }

    [Fact]
    public async Task A_release_is_held_against_the_last_of_its_package_that_enough_visitors_had()
    {
        await using var host = await TocsinHost.StartAsync();
        await ReleaseAsync(host, "shop@1.0", "shop@1.1", "admin@7.0", "shop@1.2");
        await host.StoreAsync([
            .. Loads(host, "shop@1.0", 200, lcp: 2000),
            .. Loads(host, "shop@1.1", 20, lcp: 9000),
            .. Loads(host, "admin@7.0", 200, lcp: 9000),
            .. Loads(host, "shop@1.2", 200, lcp: 3000),
            .. Loads(host, "of-nobody", 200, lcp: 9000),
        ]);

        var answer = await host.With().GetJsonAsync(Path);

        Changes(answer)
            .ShouldBe([
                ("shop@1.2", "shop@1.0", "worse", "same"),
                ("admin@7.0", null, "unknown", "unknown"),
                ("shop@1.1", "shop@1.0", "unknown", "unknown"),
                ("shop@1.0", null, "unknown", "unknown"),
            ]);
    }

    [Fact]
    public async Task Only_the_page_loads_that_were_asked_for_are_compared()
    {
        await using var host = await TocsinHost.StartAsync();
        await ReleaseAsync(host, "shop@1.0", "shop@1.1");
        await host.StoreAsync([
            .. Loads(host, "shop@1.0", 200, lcp: 2000),
            .. Loads(host, "shop@1.1", 200, lcp: 4000),
            .. Loads(host, "shop@1.0", 200, lcp: 2000).Select(load => load with { Transaction = "/about" }),
            .. Loads(host, "shop@1.1", 200, lcp: 2000).Select(load => load with { Transaction = "/about" }),
        ]);

        var about = await host.With().GetJsonAsync($"{Path}?query=transaction:/about");

        Changes(about)[0].ShouldBe(("shop@1.1", "shop@1.0", "same", "same"));
        Changes(await host.With().GetJsonAsync($"{Path}?query=transaction:/home"))[0].Lcp.ShouldBe("worse");
        await host.With().GetJsonAsync($"{Path}?project=nobodys", HttpStatusCode.NotFound);
    }

    static async Task ReleaseAsync(TocsinHost host, params string[] versions)
    {
        foreach (var version in versions)
        {
            await host.With()
                .PostJsonAsync(
                    $"{Organization}/releases/",
                    new { version, projects = new[] { "default" } },
                    HttpStatusCode.Created
                );
            host.Time.Advance(TimeSpan.FromMinutes(10));
        }
    }

    /// <summary>From half to one and a half times the value; FCP is the same in all.</summary>
    static IEnumerable<SpanRow> Loads(TocsinHost host, string release, int count, double lcp) =>
        Enumerable
            .Range(0, count)
            .Select(at => new SpanRow
            {
                ProjectId = 1,
                TraceId = (ulong)at + 1,
                SpanId = at + 1,
                IsSegment = true,
                Timestamp = host.Now() - 60_000_000,
                Received = host.Now(),
                Duration = 1_000_000,
                SelfTime = 0,
                Op = "pageload",
                Transaction = "/home",
                Release = release,
                Lcp = lcp * (0.5 + ((double)at / count)),
                Fcp = 900,
            });

    static IReadOnlyList<(string? Version, string? Before, string? Lcp, string? Fcp)> Changes(JsonElement answer) =>
        [
            .. answer
                .GetProperty("releases")
                .EnumerateArray()
                .Select(release =>
                    (
                        release.Text("version"),
                        release.Text("before"),
                        release.GetProperty("lcp").Text("change"),
                        release.GetProperty("fcp").Text("change")
                    )
                ),
        ];
}
