using System.Net;
using System.Net.Http.Json;
using Dapper;
using Server.Tests.Hosting;
using Tocsin.Server.Metadata;
using Tocsin.Server.Projects;

namespace Server.Tests.Projects;

public class ProjectApiTests
{
    const string Project = "/api/0/projects/default/default/";

    [Fact]
    public async Task A_project_is_made_in_a_team_and_its_slug_only_once()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();
        const string projects = "/api/0/teams/default/default/projects/";

        var made = await client.PostJsonAsync(projects, new { name = "My Shop", platform = "python" }, HttpStatusCode.Created);
        made.Text("slug").ShouldBe("my-shop");
        made.Text("platform").ShouldBe("python");
        made.GetProperty("teams")[0].Text("slug").ShouldBe("default");
        made.GetProperty("organization").Text("slug").ShouldBe("default");

        (await client.PostJsonAsync(projects, new { name = "x", slug = "my-shop" }, HttpStatusCode.Conflict))
            .Text("detail")
            .ShouldBe("A project with this slug already exists.");
        (await client.PostJsonAsync(projects, new { name = "x", slug = "42" }, HttpStatusCode.BadRequest))
            .GetProperty("slug")[0]
            .GetString()!
            .ShouldStartWith("Enter a valid slug");
        (await client.PostJsonAsync(projects, new { slug = "no-name" }, HttpStatusCode.BadRequest))
            .TryGetProperty("name", out _)
            .ShouldBeTrue();
    }

    [Fact]
    public async Task Settings_that_Terraform_writes_are_read_back_and_reach_the_gateway()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();

        await client.PutJsonAsync(
            Project,
            new
            {
                resolveAge = 720,
                digestsMinDelay = 60,
                digestsMaxDelay = 120,
                allowedDomains = (string[])["example.com", "*.example.org"],
                scrapeJavaScript = false,
                securityToken = "top",
                securityTokenHeader = "X-Top",
                verifySSL = true,
                fingerprintingRules = "error.type:Oops -> oops",
                groupingEnhancements = "function:main -app",
                highlightTags = (string[])["release"],
                options = new Dictionary<string, object>
                {
                    ["filters:releases"] = "1.*\n2.0",
                    ["filters:blacklisted_ips"] = "10.0.0.0/8",
                    ["sentry:unknown"] = 1,
                },
            }
        );
        await client.PutJsonAsync(Project, new { isBookmarked = true, securityToken = (string?)null });

        var project = await client.GetJsonAsync(Project);
        project.GetProperty("resolveAge").GetInt32().ShouldBe(720);
        project.GetProperty("verifySSL").GetBoolean().ShouldBeTrue();
        project.Text("fingerprintingRules").ShouldBe("error.type:Oops -> oops");
        project.Text("securityTokenHeader").ShouldBe("X-Top");
        project.GetProperty("options").Text("filters:releases").ShouldBe("1.*\n2.0");
        var options = host.Get<ProjectDirectory>().Get(1)!.Options;
        options.AllowedDomains.ShouldBe(["example.com", "*.example.org"]);
        options.FilteredAddresses.ShouldBe(["10.0.0.0/8"]);
        options.SecurityToken.ShouldBeNull();
    }

    [Fact]
    public async Task Sampling_rules_are_checked_and_reach_the_pipeline_with_their_conditions()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();
        var condition = new
        {
            op = "eq",
            name = "trace.environment",
            value = (string[])["dev"],
        };
        await client.PutJsonAsync(
            Project,
            new
            {
                samplingRules = (object[])
                    [
                        new
                        {
                            id = 1,
                            rate = 0.5,
                            condition,
                        },
                        new { id = 2, rate = 1 },
                    ],
            }
        );

        using var refused = await client.PutAsJsonAsync(Project, new { samplingRules = (object[])[new { id = 1, rate = 2 }] });

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("samplingRules");
        var rule = (await client.GetJsonAsync(Project)).GetProperty("samplingRules")[0];
        rule.GetProperty("condition").Text("name").ShouldBe("trace.environment");
        var rules = host.Get<ProjectDirectory>().Get(1)!.Options.SamplingRules;
        rules.Select(each => (each.Id, each.Rate)).ShouldBe([(1, 0.5), (2, 1)]);
        SamplingRule.FaultOf(rules).ShouldBeNull();
    }

    [Fact]
    public async Task A_former_slug_leads_to_the_project()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.With().PutJsonAsync(Project, new { slug = "store" });

        using var response = await host.With().GetAsync($"{Project}keys/?status=active");

        response.StatusCode.ShouldBe(HttpStatusCode.Found);
        response.Headers.Location!.ToString().ShouldBe("/api/0/projects/default/store/keys/?status=active");
        var body = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        body.Text("slug").ShouldBe("store");
        body.GetProperty("detail").Text("code").ShouldBe("resource-moved");
        body.GetProperty("detail").GetProperty("extra").Text("slug").ShouldBe("store");
    }

    [Fact]
    public async Task A_key_tells_every_kind_of_client_where_to_send()
    {
        await using var host = await TocsinHost.StartAsync(options =>
            options with
            {
                Url = new("https://tocsin.example:8443/in/"),
            }
        );

        var key = (await host.With().GetJsonAsync($"{Project}keys/"))[0];

        key.Text("id").ShouldBe(TocsinHost.Key);
        key.GetProperty("projectId").GetInt64().ShouldBe(1);
        var dsn = key.GetProperty("dsn");
        dsn.Text("public").ShouldBe($"https://{TocsinHost.Key}@tocsin.example:8443/in/1");
        dsn.Text("secret").ShouldBe($"https://{TocsinHost.Key}:{key.Text("secret")}@tocsin.example:8443/in/1");
        dsn.Text("csp").ShouldBe($"https://tocsin.example:8443/in/api/1/csp-report/?sentry_key={TocsinHost.Key}");
        dsn.Text("crons").ShouldBe($"https://tocsin.example:8443/in/api/1/cron/___MONITOR_SLUG___/{TocsinHost.Key}/");
        dsn.Text("otlp_traces").ShouldBe("https://tocsin.example:8443/in/api/1/integration/otlp/v1/traces");
    }

    [Fact]
    public async Task A_key_is_made_limited_switched_off_rotated_and_removed()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();
        var keys = $"{Project}keys/";

        var made = await client.PostJsonAsync(
            keys,
            new { name = "Second", rateLimit = new { count = 5, window = 60 } },
            HttpStatusCode.Created
        );
        var address = $"{keys}{made.Text("id")}/";
        made.GetProperty("rateLimit").GetProperty("count").GetInt32().ShouldBe(5);

        var renamed = await client.PutJsonAsync(address, new { name = "Renamed", isActive = false });
        renamed.GetProperty("rateLimit").GetProperty("window").GetInt32().ShouldBe(60);
        (await client.GetJsonAsync($"{keys}?status=active")).GetArrayLength().ShouldBe(1);
        var unlimited = await client.PutJsonAsync(address, new { rateLimit = (object?)null });
        unlimited.GetProperty("rateLimit").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        await client.PutJsonAsync(address, new { rateLimit = new { count = 1, window = -1 } }, HttpStatusCode.BadRequest);
        (await client.PostJsonAsync($"{address}rotate/", new { }, HttpStatusCode.Created)).Text("name").ShouldBe("Renamed");

        await client.DeleteJsonAsync(address, HttpStatusCode.NoContent);
        await client.GetJsonAsync(address, HttpStatusCode.NotFound);
        (await client.GetJsonAsync(keys)).GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Filters_are_switched_and_legacy_browsers_named()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();

        await client.PutJsonAsync($"{Project}filters/localhost/", new { active = true }, HttpStatusCode.NoContent);
        await client.PutJsonAsync(
            $"{Project}filters/legacy-browsers/",
            new { subfilters = (string[])["ie9", "safari"] },
            HttpStatusCode.NoContent
        );
        await client.PutJsonAsync($"{Project}filters/no-such/", new { active = true }, HttpStatusCode.NotFound);
        await client.PutJsonAsync(
            $"{Project}filters/legacy-browsers/",
            new { subfilters = (string[])["netscape"] },
            HttpStatusCode.BadRequest
        );

        var filters = (await client.GetJsonAsync($"{Project}filters/")).EnumerateArray().ToDictionary(one => one.Text("id"));
        filters["localhost"].GetProperty("active").GetBoolean().ShouldBeTrue();
        filters["web-crawlers"].GetProperty("active").GetBoolean().ShouldBeFalse();
        filters["legacy-browsers"].GetProperty("active").GetRawText().ShouldBe("""["ie9","safari"]""");
        host.Get<ProjectDirectory>()
            .Get(1)!
            .Options.Filters.ShouldBe(["filtered-transaction", "localhost", "legacy-browsers"], ignoreOrder: true);
    }

    [Fact]
    public async Task Environments_are_listed_by_project_and_can_be_hidden()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();
        await host.Get<MetadataDb>()
            .WriteAsync(
                transaction =>
                    transaction.ExecuteAsync(
                        "INSERT INTO environments (project_id, name, first_seen) VALUES (1, 'production', 1), (1, 'staging', 2)"
                    ),
                CancellationToken.None
            );

        await client.PutJsonAsync($"{Project}environments/staging/", new { isHidden = true });

        (await client.GetJsonAsync("/api/0/organizations/default/environments/")).GetArrayLength().ShouldBe(1);
        (await client.GetJsonAsync("/api/0/organizations/default/environments/?visibility=all&project=1&project=default"))
            .GetArrayLength()
            .ShouldBe(2);
        await client.GetJsonAsync("/api/0/organizations/default/environments/?project=77", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_deleted_project_is_gone_with_its_key()
    {
        await using var host = await TocsinHost.StartAsync();

        await host.With().DeleteJsonAsync(Project, HttpStatusCode.NoContent);

        await host.With().GetJsonAsync(Project, HttpStatusCode.NotFound);
        host.Get<ProjectDirectory>().Find(TocsinHost.Key).ShouldBeNull();
        await using var connection = await host.Get<MetadataDb>().OpenAsync(CancellationToken.None);
        (await connection.ExecuteScalarAsync<long>("SELECT COUNT(*) FROM project_keys")).ShouldBe(0);
    }

    [Fact]
    public async Task Pages_are_walked_by_the_cursors_of_the_header()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();
        for (var number = 1; number <= 4; number++)
        {
            await client.PostJsonAsync(
                "/api/0/teams/default/default/projects/",
                new { name = $"p{number}" },
                HttpStatusCode.Created
            );
        }

        var slugs = new List<string>();
        var next = "/api/0/organizations/default/projects/?per_page=2&query=&cursor=";
        for (var page = 0; next is not null; page++)
        {
            page.ShouldBeLessThan(5);
            using var response = await client.GetAsync(next);
            var rows = System.Text.Json.JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
            slugs.AddRange(rows.EnumerateArray().Select(row => row.Text("slug")));
            var sides = response.Headers.GetValues("Link").Single().Split(", <");
            sides[0].ShouldContain($"rel=\"previous\"; results=\"{(page == 0 ? "false" : "true")}\"");
            next = sides[1].Contains("results=\"true\"", StringComparison.Ordinal)
                ? new Uri(sides[1].Split('>')[0]).PathAndQuery
                : null;
        }

        slugs.ShouldBe(["default", "p1", "p2", "p3", "p4"]);
        await client.GetJsonAsync("/api/0/organizations/default/projects/?cursor=nonsense", HttpStatusCode.BadRequest);
        foreach (var wrong in (string[])["0", "101", "99999999999", "-1", "all"])
        {
            (await client.GetJsonAsync($"/api/0/organizations/default/projects/?per_page={wrong}", HttpStatusCode.BadRequest))
                .Text("detail")
                .ShouldBe("Invalid per_page value. Must be between 1 and 100.");
        }
        (await client.GetJsonAsync("/api/0/organizations/default/projects/?per_page=100")).GetArrayLength().ShouldBe(5);
        (await client.GetJsonAsync("/api/0/organizations/default/projects/?limit=500")).GetArrayLength().ShouldBe(5);
    }

    [Fact]
    public async Task A_body_that_is_no_JSON_is_the_callers_mistake()
    {
        await using var host = await TocsinHost.StartAsync();
        using var content = new StringContent("{\"name\": ", System.Text.Encoding.UTF8, "application/json");

        using var response = await host.With().PutAsync(Project, content);

        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync()).ShouldContain("JSON parse error");
    }
}
