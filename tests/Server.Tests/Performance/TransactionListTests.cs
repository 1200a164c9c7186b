using System.Net;
using System.Text.Json;
using Server.Tests.Access;
using Server.Tests.Hosting;
using Server.Tests.Traces;
using Tocsin.Server.Performance;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Performance;

public class TransactionListTests(GeneratedLoad load) : IClassFixture<GeneratedLoad>
{
    const string Path = "/api/0/organizations/default/performance/transactions/";

    Dictionary<string, KnownFigures> Known =>
        load.Today.GroupBy(run => run.Transaction!).ToDictionary(group => group.Key, group => new KnownFigures([.. group]));

    async Task<IReadOnlyList<JsonElement>> RowsAsync(string query = "") =>
        [.. (await load.Api.GetJsonAsync($"{Path}?statsPeriod=24h&{query}")).EnumerateArray()];

    double? Regression(string name)
    {
        var before = new KnownFigures([.. load.Yesterday.Where(run => run.Transaction == name)]);
        return Known[name].Quantile(0.95) / before.Quantile(0.95);
    }

    [Theory]
    [InlineData("time_lost")]
    [InlineData("slowest")]
    [InlineData("users")]
    [InlineData("failing")]
    [InlineData("issues")]
    [InlineData("regression")]
    [InlineData("throughput")]
    [InlineData("p50")]
    [InlineData("p75")]
    [InlineData("p95")]
    [InlineData("p99")]
    [InlineData("apdex")]
    [InlineData("misery")]
    public async Task Every_sort_gives_the_order_that_the_rows_have(string sort)
    {
        Func<string, double> badness = sort switch
        {
            "time_lost" => name => Known[name].TimeLost,
            "slowest" or "p95" => name => Known[name].Quantile(0.95),
            "users" => name => Known[name].Users,
            "failing" => name => Known[name].FailureRate,
            "issues" => name => load.Issues[name],
            "regression" => name => Regression(name)!.Value,
            "throughput" => name => Known[name].Runs.Count,
            "p50" => name => Known[name].Quantile(0.5),
            "p75" => name => Known[name].Quantile(0.75),
            "p99" => name => Known[name].Quantile(0.99),
            "apdex" => name => -Known[name].Apdex,
            _ => name => Known[name].Misery,
        };

        var worst = await RowsAsync($"sort=-{sort}");
        var best = await RowsAsync($"sort={sort}");

        // Equal ones are ordered by how often they run, in both directions.
        string[] Order(int sign) =>
            [
                .. Known
                    .Keys.OrderBy(name => sign * badness(name))
                    .ThenByDescending(name => Known[name].Runs.Count)
                    .ThenBy(name => name, StringComparer.Ordinal),
            ];
        worst.Select(row => row.Text("transaction")).ShouldBe(Order(-1));
        best.Select(row => row.Text("transaction")).ShouldBe(Order(1));
    }

    [Fact]
    public async Task Figures_are_those_of_the_rows()
    {
        var rows = await RowsAsync();

        rows.Count.ShouldBe(GeneratedLoad.Transactions);
        foreach (var row in rows)
        {
            var known = Known[row.Text("transaction")];
            double Of(string name) => row.GetProperty(name).GetDouble();
            Of("count").ShouldBe(known.Runs.Count);
            Of("epm").ShouldBe(known.Runs.Count / 1440.0, 1e-6);
            foreach (
                var (name, share) in (ReadOnlySpan<(string, double)>)[("p50", 0.5), ("p75", 0.75), ("p95", 0.95), ("p99", 0.99)]
            )
            {
                Of(name).ShouldBe(known.Quantile(share), known.Quantile(share) / 100);
            }
            Of("users").ShouldBe(known.Users, known.Users * 0.02);
            Of("failure_rate").ShouldBe(known.FailureRate, 1e-9);
            Of("apdex").ShouldBe(known.Apdex, 1e-9);
            Of("user_misery").ShouldBe(known.Misery, 1e-9);
            Of("time_lost").ShouldBe(known.TimeLost, known.TimeLost / 100);
            Of("issues").ShouldBe(load.Issues[row.Text("transaction")]);
            Of("regression").ShouldBe(Regression(row.Text("transaction"))!.Value, 0.02);
            row.GetProperty("sampled").GetBoolean().ShouldBeFalse();
            row.GetProperty("partial").GetBoolean().ShouldBeFalse();
        }
    }

    [Fact]
    public async Task Pages_follow_each_other_without_a_gap()
    {
        var all = await RowsAsync("sort=-users");
        var first = await RowsAsync("sort=-users&per_page=5");
        var second = await RowsAsync("sort=-users&per_page=5&cursor=0:5:0");
        var last = await RowsAsync("sort=-users&per_page=5&cursor=0:10:0");

        first
            .Concat(second)
            .Concat(last)
            .Select(row => row.Text("transaction"))
            .ShouldBe(all.Select(row => row.Text("transaction")));
        last.Count.ShouldBe(2);
    }

    [Fact]
    public async Task A_query_an_operation_and_a_project_narrow_the_list()
    {
        (await RowsAsync("op=queue.task")).Count.ShouldBe(3);
        (await RowsAsync("query=transaction:\"GET /page-a\"")).ShouldHaveSingleItem();
        (await RowsAsync("query=project:default")).Count.ShouldBe(GeneratedLoad.Transactions);
        (await RowsAsync("query=project:other")).ShouldBeEmpty();
        (await RowsAsync("project=1&environment=production")).ShouldBeEmpty();
        (await RowsAsync("query=span.duration:>100s")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sort=-loudest", HttpStatusCode.BadRequest)]
    [InlineData("query=span.duration:>soon", HttpStatusCode.BadRequest)]
    [InlineData("project=nobodys", HttpStatusCode.NotFound)]
    public Task What_makes_no_sense_is_refused(string query, HttpStatusCode status) =>
        load.Api.GetJsonAsync($"{Path}?{query}", status);

    [Fact]
    public async Task Counts_of_rows_that_stand_for_several_are_extrapolated_and_say_so()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([.. load.Today.Select(run => run with { Weight = 4 })]);

        var rows = await host.With().GetJsonAsync($"{Path}?statsPeriod=24h");

        foreach (var row in rows.EnumerateArray())
        {
            var known = Known[row.Text("transaction")];
            row.GetProperty("sampled").GetBoolean().ShouldBeTrue();
            row.GetProperty("count").GetInt64().ShouldBe(4 * known.Runs.Count);
            var fourfold = new KnownFigures([.. Enumerable.Repeat(known.Runs, 4).SelectMany(runs => runs)]).Quantile(0.95);
            row.GetProperty("p95").GetDouble().ShouldBe(fourfold, fourfold / 100);
            row.GetProperty("apdex").GetDouble().ShouldBe(known.Apdex, 1e-9);
        }
    }

    [Fact]
    public async Task Issues_count_where_their_events_happened_in_the_chosen_environment()
    {
        await using var host = await TocsinHost.StartAsync();
        var (calm, failing) = (load.Today[0] with { Transaction = "calm" }, load.Today[1] with { Transaction = "failing" });
        EventRow Error(long number, long issue, SpanRow run, string environment) =>
            host.Error(number, issue) with
            {
                Transaction = run.Transaction,
                Environment = environment,
            };
        await host.StoreAsync(
            [
                calm with
                {
                    Environment = "production",
                },
                calm with
                {
                    Environment = "staging",
                },
                failing with
                {
                    Environment = "production",
                },
            ],
            [
                Error(1, await host.IssueAsync(1, 1, "while testing"), calm, "staging"),
                Error(2, await host.IssueAsync(1, 2, "while testing again"), calm, "staging"),
                Error(3, await host.IssueAsync(1, 3, "for customers"), failing, "production"),
            ]
        );

        async Task<(string, int)[]> CountsAsync(string query) =>
            [
                .. (await host.With().GetJsonAsync($"{Path}?statsPeriod=24h&sort=-issues{query}"))
                    .EnumerateArray()
                    .Select(row => (row.Text("transaction"), row.GetProperty("issues").GetInt32())),
            ];

        (await CountsAsync("")).ShouldBe([("calm", 2), ("failing", 1)]);
        (await CountsAsync("&environment=production")).ShouldBe([("failing", 1), ("calm", 0)]);
        (await CountsAsync("&environment=production&environment=staging")).ShouldBe([("calm", 2), ("failing", 1)]);
        var summary = await host.With().GetJsonAsync($"{Path}summary/?transaction=calm&environment=production");
        summary.GetProperty("totals").GetProperty("issues").GetInt32().ShouldBe(0);
        (await host.With().GetJsonAsync($"{Path}issues/?transaction=calm&environment=production")).GetArrayLength().ShouldBe(0);
        (await host.With().GetJsonAsync($"{Path}issues/?transaction=calm&environment=staging")).GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Of_too_many_transactions_those_are_listed_that_run_most()
    {
        await using var host = await TocsinHost.StartAsync();
        var run = load.Today[0];
        string[] names = ["once", .. Enumerable.Range(0, TransactionQueries.MostTransactions).Select(number => $"GET /{number}")];
        await host.StoreAsync([
            .. names.SelectMany(name => Enumerable.Repeat(run with { Transaction = name, User = null }, name == "once" ? 1 : 2)),
        ]);

        async Task<(string First, string Hits)> AskAsync(string sort)
        {
            using var answer = await host.With().GetAsync($"{Path}?statsPeriod=24h&per_page=1&sort={sort}");
            var rows = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
            return (rows[0].Text("transaction"), answer.Headers.GetValues("X-Hits").Single());
        }

        (await AskAsync("throughput")).ShouldBe(("once", $"{names.Length}"));
        // What is not the store's own to sort by is sorted beside it, of so many; the last of them is not the rarest of all.
        (await AskAsync("-issues&cursor=0:9999:0")).ShouldBe(("GET /9999", $"{TransactionQueries.MostTransactions}"));
    }

    [Fact]
    public async Task Another_organisation_sees_none_of_it()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync(load.Today);
        var other = await host.OrganizationAsync("other");
        var stranger = await host.OrganizationTokenAsync(other, [.. Tocsin.Server.Access.Scope.All]);
        var run = load.Today[0];

        (await stranger.GetJsonAsync("/api/0/organizations/other/performance/transactions/")).GetArrayLength().ShouldBe(0);
        (await stranger.GetJsonAsync("/api/0/organizations/other/traces/")).GetArrayLength().ShouldBe(0);
        (await stranger.GetJsonAsync("/api/0/organizations/other/performance/service-map/"))
            .GetProperty("nodes")
            .GetArrayLength()
            .ShouldBe(0);
        await stranger.GetJsonAsync($"/api/0/organizations/other/traces/{run.TraceId:x32}/", HttpStatusCode.NotFound);
        (await stranger.GetJsonAsync($"/api/0/organizations/other/trace/{run.TraceId:x32}/")).GetArrayLength().ShouldBe(0);
        await stranger.GetJsonAsync($"/api/0/organizations/other/events-trace/{run.TraceId:x32}/", HttpStatusCode.NotFound);
        await stranger.GetJsonAsync(
            $"/api/0/organizations/other/traces/{run.TraceId:x32}/spans/{run.SpanId:x16}/",
            HttpStatusCode.NotFound
        );
        var mine = await host.With().GetJsonAsync($"/api/0/organizations/default/traces/{run.TraceId:x32}/");
        mine.GetProperty("spans").GetArrayLength().ShouldBe(1);
    }
}
