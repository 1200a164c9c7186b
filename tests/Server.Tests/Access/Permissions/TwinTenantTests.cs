using System.Globalization;
using System.Net;
using System.Text;
using Dapper;
using Server.Tests.Hosting;
using Server.Tests.Traces;
using Tocsin.Server.Access;
using Tocsin.Server.Access.Tokens;
using Tocsin.Server.Metadata;

namespace Server.Tests.Access.Permissions;

/// <summary>
/// Two organisations with the same furniture. The owner of the first knocks at every route with the second one's ids, under the
/// second one's address and under their own: nothing of the second may be seen, and nothing of it may change.
/// </summary>
public class TwinTenantTests
{
    const string Canary = "canary-of-b";

    [Fact]
    [Trait("advisory", "GHSA-g5vc-q7qc-v939")]
    [Trait("advisory", "GHSA-vx2f-6m6h-9frf")]
    public async Task Nothing_of_another_organisation_is_seen_or_changed_by_any_route()
    {
        await using var host = await TocsinHost.StartAsync();
        var twin = await SeedAsync(host);
        var owner = await host.LoggedInAsync(await host.MemberAsync(1, "owner@example.com", Role.Owner));
        var before = await StateAsync(host);
        var leaks = new List<string>();

        foreach (var caller in (HttpClient[])[owner, host.With()])
        {
            foreach (var route in RouteTable.Of(host).Where(route => route is { Rule: RouteRule.InTenant, Method: not "*" }))
            {
                foreach (var organization in (string[])["twin", "default"])
                {
                    var path = route.Fill(new Dictionary<string, string>(twin) { ["organization"] = organization });
                    // Deleting the own organisation's things is no leak, and would end the walk.
                    if (organization == "default" && !NamesTheTwin(route, twin))
                    {
                        continue;
                    }
                    var (status, body) = await SendAsync(caller, route.Method, path);
                    // A trace is no thing of anybody's until something of it has come: another's is told as one that is nowhere.
                    var nowhere = path.Replace(twin["traceId"], new string('f', 32), StringComparison.Ordinal);
                    var isOfNothing =
                        nowhere != path
                        && organization == "default"
                        && (status, body) == await SendAsync(caller, route.Method, nowhere);
                    if ((status != HttpStatusCode.NotFound && !isOfNothing) || body.Contains(Canary, StringComparison.Ordinal))
                    {
                        leaks.Add($"{route.Method} {path}: {(int)status} {body[..Math.Min(body.Length, 200)]}");
                    }
                }
                host.Time.Advance(TimeSpan.FromSeconds(1));
            }
        }

        leaks.ShouldBeEmpty(string.Join('\n', leaks));
        (await StateAsync(host)).ShouldBe(before);
    }

    [Fact]
    public async Task Lists_of_the_own_organisation_hold_nothing_of_another()
    {
        await using var host = await TocsinHost.StartAsync();
        await SeedAsync(host);

        foreach (
            var route in RouteTable
                .Of(host)
                .Where(route => route.Method == "GET" && route.Rule is RouteRule.InTenant or RouteRule.ForCaller)
        )
        {
            var (_, body) = await SendAsync(
                host.With(),
                route.Method,
                route.Fill(
                    new Dictionary<string, string>
                    {
                        ["organization"] = "default",
                        ["project"] = "default",
                        ["team"] = "default",
                    }
                )
            );
            body.ShouldNotContain(Canary, customMessage: route.ToString());
        }
    }

    [Fact]
    public async Task The_twins_own_owner_does_see_the_canaries()
    {
        await using var host = await TocsinHost.StartAsync();
        await SeedAsync(host);
        var owner = await host.OrganizationTokenAsync(2, [.. Scope.All]);

        foreach (
            var path in (string[])
                [
                    "organizations/twin/teams/",
                    "organizations/twin/projects/",
                    "organizations/twin/members/",
                    "organizations/twin/traces/",
                    $"organizations/twin/traces/{0xca:x32}/",
                    $"organizations/twin/traces/{0xca:x32}/spans/{0xca:x16}/",
                    "organizations/twin/performance/transactions/",
                    "organizations/twin/performance/vitals/",
                    "organizations/twin/performance/service-map/",
                ]
        )
        {
            (await SendAsync(owner, "GET", $"/api/0/{path}")).Body.ShouldContain(Canary);
        }
    }

    // The slugs are those of the first organisation, so that a query that forgets the organisation finds something.
    static async Task<Dictionary<string, string>> SeedAsync(TocsinHost host)
    {
        var organization = await host.OrganizationAsync("twin");
        await host.MemberAsync(organization, $"{Canary}@example.com", Role.Owner);
        var token = await host.Get<ApiTokens>()
            .CreateAsync(
                new(Canary, TokenText.ForUser(), ScopeSet.Every) { OrganizationId = organization },
                CancellationToken.None
            );
        var admin = await host.OrganizationTokenAsync(organization, [.. Scope.All]);
        var team = await admin.PostJsonAsync(
            "/api/0/organizations/twin/teams/",
            new { name = Canary, slug = "default" },
            HttpStatusCode.Created
        );
        var project = await admin.PostJsonAsync(
            "/api/0/teams/twin/default/projects/",
            new { name = Canary, slug = "default" },
            HttpStatusCode.Created
        );
        var key = (await admin.GetJsonAsync("/api/0/projects/twin/default/keys/"))[0].Text("id");
        var member = (await admin.GetJsonAsync("/api/0/organizations/twin/members/"))[0].Text("id");
        var projectId = long.Parse(project.Text("id"), CultureInfo.InvariantCulture);
        var (issue, entry) = await host.TracesOfEventsAsync(projectId, Canary);
        await host.StoreAsync(
            [
                new()
                {
                    ProjectId = projectId,
                    TraceId = 0xca,
                    SpanId = 0xca,
                    IsSegment = true,
                    Timestamp = host.Now() - 1_000_000,
                    Received = host.Now(),
                    Duration = 1_000,
                    SelfTime = 1_000,
                    Transaction = Canary,
                    Description = Canary,
                    Service = Canary,
                    Lcp = 1,
                },
            ],
            [host.Error(0xca, issue, 0xca, projectId) with { Title = Canary, Transaction = Canary }]
        );
        return new()
        {
            ["project"] = project.Text("id"),
            ["team"] = team.Text("id"),
            ["member"] = member,
            ["key"] = key,
            ["token"] = token.ToString(CultureInfo.InvariantCulture),
            ["issue"] = issue.ToString(CultureInfo.InvariantCulture),
            ["entry"] = entry.ToString(CultureInfo.InvariantCulture),
            ["traceId"] = $"{0xca:x32}",
            ["spanId"] = $"{0xca:x16}",
        };
    }

    static bool NamesTheTwin(TableRoute route, Dictionary<string, string> twin) =>
        twin.Keys.Any(name => route.Pattern.Contains($"{{{name}", StringComparison.Ordinal));

    static async Task<(HttpStatusCode Status, string Body)> SendAsync(HttpClient client, string method, string path)
    {
        using var request = new HttpRequestMessage(new(method), path);
        if (method is "POST" or "PUT")
        {
            request.Content = new StringContent(
                """{"name":"changed","email":"x@example.com","active":true,"isHidden":true,"text":"changed","status":"resolved"}""",
                Encoding.UTF8,
                "application/json"
            );
        }
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        // News never end; what they tell is looked at in their own room.
        return response.Content.Headers.ContentType?.MediaType == "text/event-stream"
            ? (response.StatusCode, "")
            : (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    // Everything in the database but the notes of when a credential was used.
    static async Task<string> StateAsync(TocsinHost host)
    {
        await using var connection = await host.Get<MetadataDb>().OpenAsync(CancellationToken.None);
        var state = new StringBuilder();
        foreach (
            var table in (string[])
                [
                    "organizations",
                    "members",
                    "teams",
                    "member_teams",
                    "projects",
                    "project_teams",
                    "project_keys",
                    "issues",
                    "issue_activity",
                    "quarantine",
                    "environments",
                ]
        )
        {
            var rows = await connection.QueryAsync($"SELECT * FROM {table}");
            foreach (
                var row in rows.Select(row => string.Join('|', ((IDictionary<string, object?>)row).Values))
                    .Order(StringComparer.Ordinal)
            )
            {
                state.Append(table).Append(' ').Append(row).Append('\n');
            }
        }
        return state.ToString();
    }
}
