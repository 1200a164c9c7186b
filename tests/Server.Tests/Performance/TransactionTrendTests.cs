using System.Net;
using System.Text.Json;
using Server.Tests.Hosting;
using Server.Tests.Traces;
using Tocsin.Server.Projects;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Performance;

public class TransactionTrendTests(GeneratedLoad load) : IClassFixture<GeneratedLoad>
{
    const string Path = "/api/0/organizations/default/performance/transactions/trends/?statsPeriod=24h";
    const long Hour = 3_600_000_000;

    static object Named(string transaction, string op = "http.server", string project = "default") =>
        new
        {
            transaction,
            project,
            op,
        };

    static object Body(params object[] transactions) => new { transactions };

    static Dictionary<long, double> Points(JsonElement trend) =>
        trend
            .GetProperty("p95")
            .EnumerateArray()
            .Where(point => point[1].ValueKind == JsonValueKind.Number)
            .ToDictionary(point => point[0].GetInt64(), point => point[1].GetDouble());

    [Fact]
    public async Task Each_hour_has_the_p95_of_its_runs()
    {
        string[] names = [GeneratedLoad.Name(4), GeneratedLoad.Name(0)];

        var trends = await load.Api.PostJsonAsync(Path, Body([.. names.Select(name => Named(name))]));

        trends.EnumerateArray().Select(trend => trend.Text("transaction")).ShouldBe(names);
        foreach (var (trend, name) in trends.EnumerateArray().Zip(names))
        {
            var known = load
                .Today.Where(run => run.Transaction == name)
                .GroupBy(run => run.Timestamp / Hour * 3_600)
                .ToDictionary(runs => runs.Key, runs => new KnownFigures([.. runs]).Quantile(0.95));
            known.Count.ShouldBeGreaterThan(20);
            var points = Points(trend);
            points.Keys.Order().ShouldBe(known.Keys.Order());
            foreach (var (begin, p95) in known)
            {
                points[begin].ShouldBe(p95, p95 / 100);
            }
            trend.GetProperty("p95").GetArrayLength().ShouldBeInRange(24, 25);
        }
    }

    [Fact]
    public async Task Those_of_the_same_name_elsewhere_are_others()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.Get<ProjectCommands>()
            .CreateAsync(new(host.Get<ProjectDirectory>().Get(1)!.OrganizationId, "Other"), CancellationToken.None);
        var other = host.Get<ProjectDirectory>().All.Single(project => project.Slug == "other").Id;
        SpanRow[] runs = [.. load.Today.Where(run => run.Transaction == GeneratedLoad.Name(0)).Take(3)];
        await host.StoreAsync([
            runs[0] with
            {
                Duration = 1_000,
            },
            runs[1] with
            {
                Duration = 2_000,
                ProjectId = other,
                Timestamp = runs[0].Timestamp,
            },
            runs[2] with
            {
                Duration = 3_000,
                Op = "queue.task",
                Timestamp = runs[0].Timestamp,
            },
        ]);
        var name = GeneratedLoad.Name(0);

        var trends = await host.With()
            .PostJsonAsync(Path, Body(Named(name), Named(name, project: "other"), Named(name, "queue.task"), Named("GET /none")));

        trends.EnumerateArray().Select(trend => Points(trend).Values.SingleOrDefault()).ShouldBe([1.0, 2.0, 3.0, 0.0]);
    }

    [Fact]
    public async Task Conditions_of_the_list_hold_for_its_trends()
    {
        var body = Body(Named(GeneratedLoad.Name(0)));

        var all = Points((await load.Api.PostJsonAsync(Path, body))[0]);
        var quick = Points((await load.Api.PostJsonAsync($"{Path}&query=span.duration:<80ms", body))[0]);

        quick.Values.ShouldAllBe(p95 => p95 < 80);
        all.Values.ShouldContain(p95 => p95 > 80);
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"transactions":[]}""")]
    [InlineData("""{"transactions":[{"transaction":"GET /page-a","project":"nobodys","op":"http.server"}]}""")]
    [InlineData("""{"transactions":[{"transaction":"GET /page-a","project":"default"}]}""")]
    public async Task What_names_no_transaction_is_refused(string body)
    {
        using var answer = await load.Api.PostAsync(
            Path,
            new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }
}
