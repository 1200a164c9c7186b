using System.Net;
using System.Text.Json;
using Server.Tests.Hosting;
using Server.Tests.Traces;
using Tocsin.Server.Metadata;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Performance;

public class TransactionPageTests(GeneratedLoad load) : IClassFixture<GeneratedLoad>
{
    const string Path = "/api/0/organizations/default/performance/transactions";
    const string About = "transaction=GET%20/page-c&project=default";

    KnownFigures Known => new([.. load.Today.Where(run => run.Transaction == GeneratedLoad.Name(2))]);

    Task<JsonElement> GetAsync(string page, string query = "") =>
        load.Api.GetJsonAsync($"{Path}/{page}/?statsPeriod=24h&{About}&{query}");

    [Fact]
    public async Task A_summary_says_the_same_in_figures_over_time_and_by_duration()
    {
        var summary = await GetAsync("summary");

        var totals = summary.GetProperty("totals");
        totals.GetProperty("count").GetInt64().ShouldBe(Known.Runs.Count);
        totals.GetProperty("p95").GetDouble().ShouldBe(Known.Quantile(0.95), Known.Quantile(0.95) / 100);
        totals.GetProperty("issues").GetInt32().ShouldBe(load.Issues[GeneratedLoad.Name(2)]);
        var series = summary.GetProperty("series");
        var counts = series.GetProperty("count").EnumerateArray().ToList();
        counts.Sum(point => point[1].ValueKind == JsonValueKind.Null ? 0 : point[1].GetDouble()).ShouldBe(Known.Runs.Count);
        var interval = series.GetProperty("interval").GetDouble();
        counts.Zip(counts.Skip(1)).ShouldAllBe(pair => pair.Second[0].GetDouble() - pair.First[0].GetDouble() == interval);
        series.GetProperty("p99").GetArrayLength().ShouldBe(counts.Count);
        var bars = summary.GetProperty("histogram").EnumerateArray().ToList();
        bars.Sum(bar => bar.GetProperty("count").GetInt64()).ShouldBe(Known.Runs.Count);
        foreach (var bar in bars)
        {
            var (from, to) = (bar.GetProperty("from").GetDouble(), bar.GetProperty("to").GetDouble());
            bar.GetProperty("count").GetInt64().ShouldBe(Known.Durations.Count(one => one >= from && one < to));
        }
        bars.Zip(bars.Skip(1))
            .ShouldAllBe(pair => pair.First.GetProperty("to").GetDouble() == pair.Second.GetProperty("from").GetDouble());
    }

    [Fact]
    public async Task What_never_ran_has_no_totals()
    {
        var summary = await load.Api.GetJsonAsync($"{Path}/summary/?transaction=nothing");

        summary.GetProperty("totals").ValueKind.ShouldBe(JsonValueKind.Null);
        summary.GetProperty("histogram").GetArrayLength().ShouldBe(0);
        await load.Api.GetJsonAsync($"{Path}/summary/", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Samples_come_slowest_fastest_or_newest_first_and_within_a_brush()
    {
        double[] Durations(JsonElement rows) => [.. rows.EnumerateArray().Select(row => row.GetProperty("duration").GetDouble())];

        Durations(await GetAsync("samples", "sort=slow&per_page=5")).ShouldBe(Known.Durations.Reverse().Take(5));
        Durations(await GetAsync("samples", "sort=fast&per_page=5")).ShouldBe(Known.Durations.Take(5));
        (await GetAsync("samples", "sort=recent&per_page=3"))
            .EnumerateArray()
            .Select(row => row.Text("span_id"))
            .ShouldBe(Known.Runs.OrderByDescending(run => run.Timestamp).Take(3).Select(run => $"{run.SpanId:x16}"));
        var (from, to) = (Known.Quantile(0.25), Known.Quantile(0.75));
        var brushed = Durations(await GetAsync("samples", FormattableString.Invariant($"from={from:R}&to={to:R}")));
        brushed.Length.ShouldBe(Math.Min(100, Known.Durations.Count(one => one >= from && one < to)));
        brushed.ShouldAllBe(one => one >= from && one < to);
        var loudest = await load.Api.GetJsonAsync($"{Path}/samples/?{About}&sort=loudest", HttpStatusCode.BadRequest);
        loudest.Text("detail").ShouldBe("Invalid sort: one of recent, slow, fast.");
    }

    [Fact]
    public async Task A_sample_counts_the_errors_of_its_trace()
    {
        await using var host = await TocsinHost.StartAsync();
        var runs = load.Today.Take(2).Select(run => run with { Transaction = "one" }).ToList();
        var issue = await host.IssueAsync(1, 1, "in the trace");
        var other = await host.IssueAsync(1, 2, "by its name");
        await host.StoreAsync(
            runs,
            [
                host.Error(1, issue, runs[0].TraceId),
                host.Error(2, issue, runs[0].TraceId),
                host.Error(3, other) with
                {
                    Transaction = "one",
                },
                host.Error(4, await host.IssueAsync(1, 3, "elsewhere")),
            ]
        );

        var samples = await host.With().GetJsonAsync($"{Path}/samples/?transaction=one");
        var related = await host.With().GetJsonAsync($"{Path}/issues/?transaction=one");

        samples
            .EnumerateArray()
            .ToDictionary(row => row.Text("trace_id"), row => row.GetProperty("errors").GetInt32())
            .ShouldBe(
                new Dictionary<string, int> { [$"{runs[0].TraceId:x32}"] = 2, [$"{runs[1].TraceId:x32}"] = 0 },
                ignoreOrder: true
            );
        related.EnumerateArray().Select(row => row.Text("title")).ShouldBe(["in the trace", "by its name"]);
    }

    [Fact]
    public async Task Related_issues_are_the_unresolved_whose_events_name_the_transaction_most_events_first()
    {
        var related = await GetAsync("issues");

        var open = load.Issues[GeneratedLoad.Name(2)];
        related
            .EnumerateArray()
            .Select(row => (row.Text("title"), row.GetProperty("filtered").Text("count")))
            .ShouldBe(Enumerable.Range(0, open).Reverse().Select(one => ($"GET /page-c {one}", $"{one + 1}")));
    }

    [Fact]
    public async Task A_related_issue_counts_what_happened_in_the_transaction_and_not_elsewhere()
    {
        await using var host = await TocsinHost.StartAsync();
        var run = load.Today[0] with { Transaction = "one" };
        var issue = await host.IssueAsync(1, 1, "everywhere");
        EventRow Error(long number, long minutes, string user, string? transaction = null, UInt128? trace = null) =>
            host.Error(number, issue, trace) with
            {
                Timestamp = host.Now() - (minutes * 60_000_000),
                Transaction = transaction,
                User = user,
            };
        await host.StoreAsync(
            [run],
            [
                Error(1, 40, "id:1", "one"),
                Error(2, 30, "id:1", "one"),
                Error(3, 20, "id:2", trace: run.TraceId),
                Error(4, 10, "id:3", "other"),
                Error(5, 300, "id:4", "one"),
            ]
        );

        // The run itself is older than the errors, and all lie within the day.
        var day = await host.With().GetJsonAsync($"{Path}/issues/?transaction=one&statsPeriod=24h");
        var hour = await host.With().GetJsonAsync($"{Path}/issues/?transaction=one&statsPeriod=1h");

        (string, int, DateTimeOffset) Counted(JsonElement related)
        {
            var counted = related.EnumerateArray().ShouldHaveSingleItem().GetProperty("filtered");
            return (
                counted.Text("count"),
                counted.GetProperty("userCount").GetInt32(),
                counted.GetProperty("lastSeen").GetDateTimeOffset()
            );
        }
        DateTimeOffset Ago(long minutes) => Microseconds.ToUtc(host.Now() - (minutes * 60_000_000));
        Counted(day).ShouldBe(("4", 3, Ago(20)));
        Counted(hour).ShouldBe(("2", 1, Ago(30)), "the run that the trace leads to was before");
    }

    [Fact]
    public async Task Two_periods_or_two_releases_stand_side_by_side()
    {
        static long Count(JsonElement side) =>
            side.GetProperty("summary").GetProperty("totals") is { ValueKind: JsonValueKind.Object } totals
                ? totals.GetProperty("count").GetInt64()
                : 0;

        var periods = await GetAsync("compare");
        Count(periods.GetProperty("a")).ShouldBe(load.Yesterday.Count(run => run.Transaction == GeneratedLoad.Name(2)));
        Count(periods.GetProperty("b")).ShouldBe(Known.Runs.Count);

        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([
            .. load.Today.Take(100).Select((run, at) => run with { Transaction = "one", Release = at < 30 ? "1.0" : "1.1" }),
        ]);
        var releases = await host.With().GetJsonAsync($"{Path}/compare/?transaction=one&a=1.0&b=1.1");
        Count(releases.GetProperty("a")).ShouldBe(30);
        Count(releases.GetProperty("b")).ShouldBe(70);
        releases.GetProperty("b").Text("release").ShouldBe("1.1");
    }

    [Fact]
    public async Task What_the_slow_runs_have_more_of_stands_first()
    {
        await using var host = await TocsinHost.StartAsync();
        var random = new Random(7);
        var spans = new List<SpanRow>();
        foreach (var (one, at) in load.Today.Take(600).Select((run, at) => (run, at)))
        {
            var slow = at % 10 == 0;
            var run = one with
            {
                Transaction = "one",
                Op = "http.server",
                Duration = slow ? 2_000_000 : 100_000 + (at * 10),
                Browser = at % 2 == 0 ? "Firefox" : "Chrome",
                Attributes = slow || at % 50 == 1 ? """{"cache":"miss"}""" : """{"cache":"hit"}""",
            };
            spans.Add(run);
            spans.Add(Child(run, random, 41, "SELECT %s", slow ? 40 : 30));
            if (slow)
            {
                spans.Add(Child(run, random, 42, "SELECT * FROM orders", 1500));
            }
        }
        await host.StoreAsync(spans);

        var differences = await host.With().GetJsonAsync($"{Path}/differences/?transaction=one&threshold=1000");
        var suspects = await host.With().GetJsonAsync($"{Path}/spans/?transaction=one");

        differences.GetProperty("slow_runs").GetInt32().ShouldBe(60);
        differences.GetProperty("all_runs").GetInt32().ShouldBe(600);
        differences.GetProperty("sampled").GetBoolean().ShouldBeFalse();
        var tag = differences.GetProperty("tags")[0];
        tag.Text("key").ShouldBe("cache");
        tag.Text("value").ShouldBe("miss");
        tag.GetProperty("slow_share").GetDouble().ShouldBe(1);
        tag.GetProperty("all_share").GetDouble().ShouldBe(72 / 600.0, 1e-9);
        differences.GetProperty("tags").EnumerateArray().ShouldNotContain(other => other.Text("value") == "hit");
        var span = differences.GetProperty("spans")[0];
        span.Text("description").ShouldBe("SELECT * FROM orders");
        span.GetProperty("slow_avg_ms").GetDouble().ShouldBe(1500, 0.001);
        span.GetProperty("slow_freq").GetDouble().ShouldBe(1);
        span.GetProperty("all_freq").GetDouble().ShouldBeInRange(0.03, 0.2);

        suspects[0].Text("description").ShouldBe("SELECT * FROM orders");
        suspects[0].GetProperty("count").GetInt64().ShouldBe(60);
        suspects[0].GetProperty("self_time_total").GetDouble().ShouldBe(90_000, 0.1);
        suspects[0].GetProperty("share").GetDouble().ShouldBe(90_000.0 / (90_000 + (60 * 40) + (540 * 30)), 1e-6);
        suspects[1].GetProperty("count").GetInt64().ShouldBe(600);
    }

    static SpanRow Child(SpanRow run, Random random, long group, string name, long milliseconds) =>
        run with
        {
            SpanId = random.NextInt64(),
            ParentSpanId = run.SpanId,
            SegmentId = run.SpanId,
            IsSegment = false,
            Op = "db.sql.query",
            TransactionOp = "http.server",
            Category = "db",
            Description = name,
            GroupName = name,
            Group = group,
            Duration = milliseconds * 1000,
            SelfTime = milliseconds * 1000,
            Attributes = "{}",
        };
}
