using System.Globalization;
using System.Net;
using Server.Tests.Access;
using Server.Tests.Hosting;
using Tocsin.Server.Access;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Traces;

/// <summary>A trace whose page reports to one project and whose API to another, as most do.</summary>
public class ManyProjectsTests
{
    const string Organization = "/api/0/organizations/default";
    const string TraceHex = "4bf92f3577b34da6a3ce929d0e0e4736";
    static readonly UInt128 Trace = UInt128.Parse(TraceHex, NumberStyles.HexNumber);

    [Fact]
    public async Task A_trace_through_two_projects_is_one_tree_with_the_error_on_its_span()
    {
        await using var host = await TocsinHost.StartAsync();
        await StoreAsync(host, await ProjectAsync(host));

        await IsOneTreeAsync(host.With());

        var meta = await host.With().GetJsonAsync($"{Organization}/trace-meta/{TraceHex}/");
        meta.GetProperty("errors").GetInt32().ShouldBe(1);
        var list = await host.With().GetJsonAsync($"{Organization}/traces/");
        list.EnumerateArray()
            .ShouldHaveSingleItem()
            .GetProperty("projects")
            .EnumerateArray()
            .Select(slug => slug.GetString())
            .ShouldBe(["api", "default"], ignoreOrder: true);
    }

    /// <summary>Members see all projects of their organisation, whichever team they are in; nobody sees another organisation's.</summary>
    [Fact]
    public async Task A_member_of_the_one_projects_team_sees_the_whole_trace_and_a_stranger_nothing_of_it()
    {
        await using var host = await TocsinHost.StartAsync();
        await StoreAsync(host, await ProjectAsync(host));
        var user = await host.MemberAsync(1, "grace@example.com", Role.Member);
        var grace = await host.LoggedInAsync(user);
        await grace.PostJsonAsync($"{Organization}/members/me/teams/backend/", new { }, HttpStatusCode.Created);
        var stranger = await host.LoggedInAsync(
            await host.MemberAsync(await host.OrganizationAsync("rivals"), "eve@example.com", Role.Owner)
        );

        await IsOneTreeAsync(grace);

        await stranger.GetJsonAsync($"{Organization}/traces/{TraceHex}/", HttpStatusCode.NotFound);
        await stranger.GetJsonAsync($"/api/0/organizations/rivals/traces/{TraceHex}/", HttpStatusCode.NotFound);
        (await stranger.GetJsonAsync($"/api/0/organizations/rivals/trace/{TraceHex}/")).GetArrayLength().ShouldBe(0);
    }

    static async Task IsOneTreeAsync(HttpClient caller)
    {
        var trace = await caller.GetJsonAsync($"{Organization}/traces/{TraceHex}/");
        trace
            .GetProperty("projects")
            .EnumerateArray()
            .Select(project => project.Text("slug"))
            .ShouldBe(["default", "api"], ignoreOrder: true);
        trace
            .GetProperty("spans")
            .EnumerateArray()
            .Select(span => $"{span.Text("project")} {span.Text("parent_span_id")?[^1..]}{span.Text("span_id")[^1]}")
            .ShouldBe(["default 1", "default 12", "api 23", "api 34"], ignoreOrder: true);
        var error = trace.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        (error.Text("span_id"), error.Text("project"), error.Text("short_id")).ShouldBe(("0000000000000004", "api", "API-1"));

        // Page, its call, the API's route and the query, each inside the one before.
        var node = (await caller.GetJsonAsync($"{Organization}/trace/{TraceHex}/")).EnumerateArray().ShouldHaveSingleItem();
        foreach (var project in (string[])["default", "default", "api"])
        {
            node.Text("project_slug").ShouldBe(project);
            node.GetProperty("errors").GetArrayLength().ShouldBe(0);
            node = node.GetProperty("children").EnumerateArray().ShouldHaveSingleItem();
        }
        node.Text("event_id").ShouldBe("0000000000000004");
        node.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem().Text("project_slug").ShouldBe("api");
    }

    /// <summary>A team with a project of its own; the project's id.</summary>
    static async Task<long> ProjectAsync(TocsinHost host)
    {
        await host.With().PostJsonAsync($"{Organization}/teams/", new { slug = "backend" }, HttpStatusCode.Created);
        var project = await host.With()
            .PostJsonAsync("/api/0/teams/default/backend/projects/", new { name = "api" }, HttpStatusCode.Created);
        return long.Parse(project.Text("id"), CultureInfo.InvariantCulture);
    }

    static async Task StoreAsync(TocsinHost host, long api)
    {
        var issue = await host.IssueAsync(api, 1, "Broken query");
        await host.StoreAsync(
            [
                Span(host, 1, 1, null, (0, 100), "pageload"),
                Span(host, 1, 2, 1, (10, 80), "http.client"),
                Span(host, api, 3, 2, (20, 60), "http.server"),
                Span(host, api, 4, 3, (30, 20), "db.sql.query"),
            ],
            [host.Error(9, issue, Trace, api) with { SpanId = 4 }]
        );
    }

    static SpanRow Span(TocsinHost host, long project, long id, long? parent, (long Start, long Length) time, string op) =>
        new()
        {
            ProjectId = project,
            TraceId = Trace,
            SpanId = id,
            ParentSpanId = parent,
            SegmentId = id <= 2 ? 1 : 3,
            IsSegment = id is 1 or 3,
            Timestamp = host.Now() - 10_000_000 + (time.Start * 1000),
            Received = host.Now(),
            Duration = time.Length * 1000,
            SelfTime = 0,
            Op = op,
            Transaction = id <= 2 ? "/cart" : "GET /api/cart",
            ServerName = id <= 2 ? null : "api-1",
        };
}
