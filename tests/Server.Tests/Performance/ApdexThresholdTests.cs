using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Server.Tests.Hosting;
using Server.Tests.Traces;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Performance;

/// <summary>Two projects with the same runs, of which one bears more than the other.</summary>
public sealed class ApdexThresholdTests
{
    const string Organization = "/api/0/organizations/default";

    static readonly double[] Milliseconds = [100, 250, 350, 1_100, 1_500, 2_500, 5_000];

    [Fact]
    public async Task Each_project_is_judged_by_its_own_threshold()
    {
        await using var host = await StartedAsync();

        var rows = await host.With().GetJsonAsync($"{Organization}/performance/transactions/?statsPeriod=24h");
        var table = await host.With()
            .GetJsonAsync(
                $"{Organization}/events/?dataset=spans&statsPeriod=24h&field=project.id&field=apdex()&field=user_misery()&field=count_miserable(user)"
            );

        rows.GetArrayLength().ShouldBe(2);
        foreach (var row in rows.EnumerateArray())
        {
            var threshold = row.Text("project") == "default" ? 300 : 1_000;
            row.GetProperty("apdex").GetDouble().ShouldBe(Apdex(threshold), 1e-9);
            row.GetProperty("user_misery").GetDouble().ShouldBe(Misery(threshold), 1e-9);
        }
        foreach (var row in table.GetProperty("data").EnumerateArray())
        {
            var threshold = row.GetProperty("project.id").GetInt64() == 1 ? 300 : 1_000;
            row.GetProperty("apdex()").GetDouble().ShouldBe(Apdex(threshold), 1e-9);
            row.GetProperty("user_misery()").GetDouble().ShouldBe(Misery(threshold), 1e-9);
            row.GetProperty("count_miserable(user)").GetInt64().ShouldBe(Miserable(threshold));
        }
    }

    [Fact]
    public async Task Together_each_run_counts_by_its_projects_threshold_and_one_that_is_named_wins()
    {
        await using var host = await StartedAsync();

        var table = await host.With()
            .GetJsonAsync($"{Organization}/events/?dataset=spans&statsPeriod=24h&field=apdex()&field=apdex(300)");

        var row = table.GetProperty("data")[0];
        row.GetProperty("apdex()").GetDouble().ShouldBe((Apdex(300) + Apdex(1_000)) / 2, 1e-9);
        row.GetProperty("apdex(300)").GetDouble().ShouldBe(Apdex(300), 1e-9);
    }

    [Fact]
    public async Task The_page_of_a_transaction_has_it_too()
    {
        await using var host = await StartedAsync();
        var summary = await host.With()
            .GetJsonAsync(
                $"{Organization}/performance/transactions/summary/?transaction=GET%20/&project=patient&statsPeriod=24h"
            );
        summary.GetProperty("totals").GetProperty("apdex").GetDouble().ShouldBe(Apdex(1_000), 1e-9);
    }

    [Fact]
    public async Task A_page_says_which_threshold_it_counts_by_unless_several_projects_each_have_one()
    {
        await using var host = await StartedAsync();
        const string page = $"{Organization}/performance/transactions/summary/?transaction=GET%20/&statsPeriod=24h";

        var one = await host.With().GetJsonAsync($"{page}&project=patient");
        var both = await host.With().GetJsonAsync(page);

        one.GetProperty("threshold").GetProperty("milliseconds").GetInt32().ShouldBe(1_000);
        one.GetProperty("threshold").GetProperty("own").GetBoolean().ShouldBeFalse();
        both.GetProperty("threshold").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_transaction_with_a_threshold_of_its_own_is_judged_by_that_everywhere()
    {
        await using var host = await StartedAsync();
        await host.StoreAsync([
            .. Runs(host, 1).Select(run => run with { SpanId = run.SpanId + 100, Transaction = "GET /slow" }),
        ]);
        await host.With()
            .PostJsonAsync(
                $"{Organization}/project-transaction-threshold-override/?project=default",
                new { transaction = "GET /slow", threshold = "2500" },
                HttpStatusCode.Created
            );

        var rows = await host.With().GetJsonAsync($"{Organization}/performance/transactions/?statsPeriod=24h");
        var page = await host.With()
            .GetJsonAsync($"{Organization}/performance/transactions/summary/?transaction=GET%20/slow&project=default");
        var other = await host.With()
            .GetJsonAsync($"{Organization}/performance/transactions/summary/?transaction=GET%20/&project=default");
        var table = await host.With().GetJsonAsync($"{Organization}/events/?dataset=spans&statsPeriod=24h&field=apdex()");

        rows.GetArrayLength().ShouldBe(3);
        foreach (var row in rows.EnumerateArray())
        {
            var threshold =
                row.Text("transaction") == "GET /slow" ? 2_500
                : row.Text("project") == "default" ? 300
                : 1_000;
            row.GetProperty("apdex").GetDouble().ShouldBe(Apdex(threshold), 1e-9);
            row.GetProperty("user_misery").GetDouble().ShouldBe(Misery(threshold), 1e-9);
        }
        page.GetProperty("totals").GetProperty("apdex").GetDouble().ShouldBe(Apdex(2_500), 1e-9);
        other.GetProperty("totals").GetProperty("apdex").GetDouble().ShouldBe(Apdex(300), 1e-9);
        page.GetProperty("threshold").GetProperty("milliseconds").GetInt32().ShouldBe(2_500);
        page.GetProperty("threshold").GetProperty("own").GetBoolean().ShouldBeTrue();
        other.GetProperty("threshold").GetProperty("milliseconds").GetInt32().ShouldBe(300);
        other.GetProperty("threshold").GetProperty("own").GetBoolean().ShouldBeFalse();
        var all = (Apdex(300) + Apdex(1_000) + Apdex(2_500)) / 3;
        table.GetProperty("data")[0].GetProperty("apdex()").GetDouble().ShouldBe(all, 1e-9);
    }

    [Fact]
    public async Task It_is_a_setting_of_the_project_and_300_ms_without_one()
    {
        await using var host = await StartedAsync();
        var client = host.With();

        using var refused = await client.PutAsJsonAsync("/api/0/projects/default/patient/", new { apdexThreshold = 0 });

        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("apdexThreshold");
        var settings = await client.GetJsonAsync("/api/0/projects/default/patient/");
        settings.GetProperty("apdexThreshold").GetInt32().ShouldBe(1_000);
        (await client.GetJsonAsync("/api/0/projects/default/default/")).GetProperty("apdexThreshold").GetInt32().ShouldBe(300);
    }

    static async Task<TocsinHost> StartedAsync()
    {
        var host = await TocsinHost.StartAsync();
        await host.Get<ProjectCommands>()
            .CreateAsync(new(host.Get<ProjectDirectory>().Get(1)!.OrganizationId, "Patient"), CancellationToken.None);
        await host.With().PutJsonAsync("/api/0/projects/default/patient/", new { apdexThreshold = 1_000 });
        var patient = host.Get<ProjectDirectory>().All.Single(project => project.Slug == "patient").Id;
        await host.StoreAsync([.. Runs(host, 1), .. Runs(host, patient)]);
        return host;
    }

    static IEnumerable<SpanRow> Runs(TocsinHost host, long project) =>
        Milliseconds.Select(
            (milliseconds, i) =>
                new SpanRow
                {
                    ProjectId = project,
                    TraceId = (UInt128)((project * 100) + i),
                    SpanId = i + 1,
                    IsSegment = true,
                    Timestamp = host.Now() - 3_600_000_000,
                    Received = host.Now(),
                    Duration = (long)(milliseconds * 1_000),
                    SelfTime = 0,
                    Op = "http.server",
                    Transaction = "GET /",
                    User = $"id:{i}",
                }
        );

    static double Apdex(double threshold) =>
        (Milliseconds.Count(one => one <= threshold) + (Milliseconds.Count(one => one > threshold && one <= 4 * threshold) / 2.0))
        / Milliseconds.Length;

    static int Miserable(double threshold) => Milliseconds.Count(one => one > 4 * threshold);

    static double Misery(double threshold) => (Miserable(threshold) + 5.8875) / (Milliseconds.Length + 5.8875 + 111.8625);
}
