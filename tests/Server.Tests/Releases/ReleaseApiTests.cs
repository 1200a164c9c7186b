using System.Net;
using System.Text.Json;
using Server.Tests.Hosting;
using Server.Tests.Issues;

namespace Server.Tests.Releases;

public class ReleaseApiTests
{
    const string Releases = "/api/0/organizations/default/releases/";

    [Fact]
    public async Task A_release_is_announced_finished_archived_and_found_again()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();

        var made = await client.PostJsonAsync(
            Releases,
            new
            {
                version = "shop@1.2.3-rc.1+77",
                projects = new[] { "default" },
                dateStarted = "2026-11-20T18:24:40.347815249Z",
            },
            HttpStatusCode.Created
        );
        made.Text("version").ShouldBe("shop@1.2.3-rc.1+77");
        made.Text("shortVersion").ShouldBe("1.2.3-rc.1+77");
        made.Text("status").ShouldBe("open");
        made.GetProperty("versionInfo").Text("package").ShouldBe("shop");
        made.GetProperty("versionInfo").GetProperty("version").GetProperty("patch").GetInt64().ShouldBe(3);
        made.GetProperty("versionInfo").GetProperty("version").Text("buildCode").ShouldBe("77");
        made.GetProperty("projects")[0].Text("slug").ShouldBe("default");

        const string one = Releases + "shop@1.2.3-rc.1+77/";
        var finished = await client.PutJsonAsync(one, new { dateReleased = "2026-11-20T18:24:41Z", url = "https://x/y" });
        finished.Text("dateReleased").ShouldStartWith("2026-11-20T18:24:41");
        finished.Text("dateStarted").ShouldStartWith("2026-11-20T18:24:40.347815");
        (
            await client.PostJsonAsync(
                Releases,
                new
                {
                    version = "shop@1.2.3-rc.1+77",
                    projects = Array.Empty<string>(),
                    status = "archived",
                },
                HttpStatusCode.AlreadyReported
            )
        ).Text("status").ShouldBe("archived");

        (await client.GetJsonAsync(Releases + "?status=open")).GetArrayLength().ShouldBe(0);
        (await client.GetJsonAsync(Releases + "?query=1.2.3-RC")).GetArrayLength().ShouldBe(1);
        (await client.GetJsonAsync("/api/0/projects/default/default/releases/")).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_release_without_a_project_or_with_a_wrong_one_is_refused_by_the_field()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();

        (await RefusedAsync(new { version = "1.0", projects = Array.Empty<string>() }, "projects")).ShouldBe(
            "This list may not be empty."
        );
        (await RefusedAsync(new { version = "1.0", projects = new[] { "nobody" } }, "projects")).ShouldBe(
            "Invalid project ids or slugs"
        );
        (await RefusedAsync(new { projects = new[] { "default" } }, "version")).ShouldBe("This field is required.");
        foreach (var name in (string[])["latest", "..", "shop/1.0", "shop\\1.0", "shop\t1.0", "shop\01.0"])
        {
            // Names that no event's release may have.
            (await RefusedAsync(new { version = name, projects = new[] { "default" } }, "version")).ShouldStartWith(
                "No release is called so"
            );
        }
        (
            await RefusedAsync(
                new
                {
                    version = "1.0",
                    projects = new[] { "default" },
                    dateReleased = "soon",
                },
                "dateReleased"
            )
        ).ShouldContain("2026-11-20T18:24:40Z");
        (await client.GetJsonAsync(Releases)).GetArrayLength().ShouldBe(0);

        async Task<string> RefusedAsync(object body, string field) =>
            (await client.PostJsonAsync(Releases, body, HttpStatusCode.BadRequest)).GetProperty(field)[0].GetString()!;
    }

    [Fact]
    public async Task Commits_are_kept_in_their_order_and_the_previous_release_with_commits_is_found()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();
        await AnnounceAsync(client, "1.0", "first");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await AnnounceAsync(client, "1.1", "third", "second");
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await AnnounceAsync(client, "1.2");

        var commits = await client.GetJsonAsync(Releases + "1.1/commits/");
        commits.EnumerateArray().Select(commit => commit.Text("id")).ShouldBe(["third", "second"]);
        var release = await client.GetJsonAsync(Releases + "1.1/");
        release.GetProperty("commitCount").GetInt32().ShouldBe(2);
        release.GetProperty("lastCommit").Text("id").ShouldBe("third");
        release.GetProperty("authors")[0].Text("email").ShouldBe("ada@example.com");
        (await client.GetJsonAsync(Releases + "1.2/previous-with-commits/")).Text("version").ShouldBe("1.1");
        (await client.GetJsonAsync(Releases + "1.0/previous-with-commits/")).EnumerateObject().ShouldBeEmpty();
    }

    [Fact]
    public async Task Releases_are_listed_by_date_by_version_or_by_build_and_by_no_other_order()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();
        foreach (var version in (string[])["shop@1.10.0+7", "shop@1.9.0+12", "no version", "shop@2.0.0-rc.1", "shop@2.0.0"])
        {
            await AnnounceAsync(client, version);
            host.Time.Advance(TimeSpan.FromMinutes(1));
        }

        (await ListedAsync("")).ShouldBe(["shop@2.0.0", "shop@2.0.0-rc.1", "no version", "shop@1.9.0+12", "shop@1.10.0+7"]);
        (await ListedAsync("?sort=date")).ShouldBe(await ListedAsync(""));
        (await ListedAsync("?sort=semver")).ShouldBe(["shop@2.0.0", "shop@2.0.0-rc.1", "shop@1.10.0+7", "shop@1.9.0+12"]);
        (await ListedAsync("?sort=semver&query=shop@1")).ShouldBe(["shop@1.10.0+7", "shop@1.9.0+12"]);
        (await ListedAsync("?sort=semver&per_page=2")).ShouldBe(["shop@2.0.0", "shop@2.0.0-rc.1"]);
        (await ListedAsync("?sort=semver&per_page=2&cursor=0:2:0")).ShouldBe(["shop@1.10.0+7", "shop@1.9.0+12"]);
        (await ListedAsync("?sort=build")).ShouldBe(["shop@1.9.0+12", "shop@1.10.0+7"]);
        (await client.GetJsonAsync("/api/0/projects/default/default/releases/?sort=build")).GetArrayLength().ShouldBe(2);
        (await client.GetJsonAsync(Releases + "?sort=sessions", HttpStatusCode.BadRequest))
            .Text("detail")
            .ShouldBe("Invalid sort: one of date, semver, build.");

        async Task<IEnumerable<string>> ListedAsync(string asked) =>
            (await client.GetJsonAsync(Releases + asked)).EnumerateArray().Select(release => release.Text("version"));
    }

    [Fact]
    public async Task Who_may_only_publish_releases_looks_at_them_and_at_repositories_first()
    {
        await using var host = await TocsinHost.StartAsync();
        var made = await host.With()
            .PostJsonAsync("/api/0/organizations/default/org-auth-tokens/", new { name = "ci" }, HttpStatusCode.Created);
        var ci = host.With(made.Text("token"));
        (await ci.GetJsonAsync("/api/0/organizations/default/repos/")).GetArrayLength().ShouldBe(0);
        await AnnounceAsync(host.With(), "1.0", "first");

        var repository = (await ci.GetJsonAsync("/api/0/organizations/default/repos/"))[0];
        repository.Text("name").ShouldBe("acme/shop");
        repository.Text("status").ShouldBe("active");
        repository.GetProperty("provider").Text("id").ShouldBe("unknown");
        (await ci.GetJsonAsync(Releases + "1.0/")).Text("version").ShouldBe("1.0");
        (await ci.GetJsonAsync(Releases + "1.0/commits/")).GetArrayLength().ShouldBe(1);
        (await ci.GetJsonAsync(Releases + "1.0/deploys/")).GetArrayLength().ShouldBe(0);
        (await ci.GetJsonAsync(Releases + "1.0/previous-with-commits/")).EnumerateObject().ShouldBeEmpty();
        await ci.GetJsonAsync("/api/0/organizations/default/issues/", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Deploys_are_listed_latest_first_and_the_latest_stands_on_the_release()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();
        await AnnounceAsync(client, "team shop@2.0");
        const string deploys = Releases + "team%20shop%402.0/deploys/";

        await client.PostJsonAsync(
            deploys,
            new { environment = "staging", dateFinished = "2026-11-20T18:24:46.076657389Z" },
            HttpStatusCode.Created
        );
        var made = await client.PostJsonAsync(
            deploys,
            new
            {
                environment = "production",
                name = "d1",
                url = "https://x",
                dateStarted = "2026-11-20T18:25:16Z",
                dateFinished = "2026-11-20T18:25:46Z",
            },
            HttpStatusCode.Created
        );
        made.Text("environment").ShouldBe("production");
        made.GetProperty("projects")[0].GetString().ShouldBe("default");

        var all = await client.GetJsonAsync(deploys);
        all.EnumerateArray().Select(deploy => deploy.Text("environment")).ShouldBe(["production", "staging"]);
        var release = await client.GetJsonAsync(Releases + "team%20shop%402.0/");
        release.GetProperty("deployCount").GetInt32().ShouldBe(2);
        release.GetProperty("lastDeploy").Text("name").ShouldBe("d1");
        (await client.PostJsonAsync(deploys, new { name = "x" }, HttpStatusCode.BadRequest))
            .GetProperty("environment")[0]
            .GetString()
            .ShouldBe("This field is required.");
    }

    [Fact]
    public async Task A_release_is_deleted_unless_an_issue_names_it()
    {
        var shop = new IssueShop();
        await using var _ = shop;
        await shop.InitializeAsync();
        var api = shop.Server.Api;
        const string releases = "organizations/acme/releases/";

        var seen = (await api.GetJsonAsync(releases)).EnumerateArray().ToDictionary(release => release.Text("version"));
        seen.Keys.ShouldBe(["shop@1.0", "shop@1.1"], ignoreOrder: true);
        seen["shop@1.0"].GetProperty("newGroups").GetInt32().ShouldBe(1);
        seen["shop@1.1"].GetProperty("newGroups").GetInt32().ShouldBe(1);
        seen["shop@1.0"].GetProperty("lastEvent").GetString().ShouldNotBeNull();

        (await api.DeleteAsync(releases + "shop@1.0/")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await api.PostJsonAsync(releases, new { version = "shop@1.2", projects = new[] { "shop" } }, HttpStatusCode.Created);
        (await api.DeleteAsync(releases + "shop@1.2/")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await api.GetAsync(releases + "shop@1.2/")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    static Task<JsonElement> AnnounceAsync(HttpClient client, string version, params string[] commits) =>
        client.PostJsonAsync(
            Releases,
            new
            {
                version,
                projects = new[] { "default" },
                commits = commits.Length == 0
                    ? null
                    : commits.Select(id => new
                    {
                        id,
                        repository = "acme/shop",
                        author_name = "Ada",
                        author_email = "ada@example.com",
                        message = "change",
                        timestamp = "2026-11-20T10:00:00Z",
                    }),
            },
            HttpStatusCode.Created
        );
}
