using System.Net;
using Server.Tests.Hosting;

namespace Server.Tests.Traces;

public class ReleaseMarkTests
{
    [Fact]
    public async Task Releases_and_deploys_mark_the_moments_of_a_period()
    {
        await using var host = await TocsinHost.StartAsync();
        var api = host.With();
        const string organization = "/api/0/organizations/default";
        await api.PostJsonAsync(
            $"{organization}/releases/",
            new { version = "shop@1.0", projects = new[] { "default" } },
            HttpStatusCode.Created
        );
        host.Time.Advance(TimeSpan.FromMinutes(10));
        await api.PostJsonAsync(
            $"{organization}/releases/shop@1.0/deploys/",
            new { environment = "production" },
            HttpStatusCode.Created
        );
        host.Time.Advance(TimeSpan.FromMinutes(10));

        var marks = (await api.GetJsonAsync($"{organization}/release-marks/?project=default")).EnumerateArray().ToList();
        var later = await api.GetJsonAsync($"{organization}/release-marks/?statsPeriod=5m");
        var recent = await api.GetJsonAsync($"{organization}/release-marks/?statsPeriod=15m");

        var begin = (host.Now() / 1e6) - 1200;
        marks
            .Select(mark => (mark.Text("kind"), mark.Text("version"), mark.GetProperty("time").GetDouble() - begin))
            .ShouldBe([("release", "shop@1.0", 0.0), ("deploy", "shop@1.0", 600.0)]);
        marks[1].Text("environment").ShouldBe("production");
        marks.ShouldAllBe(mark => mark.GetProperty("projects")[0].GetString() == "default");
        later.GetArrayLength().ShouldBe(0);
        recent.EnumerateArray().ShouldHaveSingleItem().Text("kind").ShouldBe("deploy");
        await api.GetJsonAsync($"{organization}/release-marks/?project=nobodys", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_release_of_which_the_first_event_came_late_keeps_its_place()
    {
        await using var host = await TocsinHost.StartAsync();
        var api = host.With();
        const string organization = "/api/0/organizations/default";
        foreach (var version in (string[])["shop@1.0", "shop@2.0", "shop@1.9"])
        {
            var body = new { version, projects = new[] { "default" } };
            await api.PostJsonAsync($"{organization}/releases/", body, HttpStatusCode.Created);
            host.Time.Advance(TimeSpan.FromMinutes(10));
        }

        (await PlacesAsync()).ShouldBe(["shop@1.0", "shop@1.9", "shop@2.0"]);
        await api.PostJsonAsync(
            $"{organization}/releases/shop@1.9/deploys/",
            new { environment = "production" },
            HttpStatusCode.Created
        );
        host.Time.Advance(TimeSpan.FromMinutes(10));
        (await PlacesAsync()).ShouldBe(["shop@1.0", "shop@2.0", "shop@1.9", "shop@1.9"]);

        async Task<IEnumerable<string>> PlacesAsync() =>
            (await api.GetJsonAsync($"{organization}/release-marks/"))
                .EnumerateArray()
                .OrderBy(mark => mark.GetProperty("place").GetInt32())
                .Select(mark => mark.Text("version"));
    }
}
