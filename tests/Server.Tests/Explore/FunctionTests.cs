using System.Net;
using System.Text.Json;
using Server.Tests.Hosting;
using Server.Tests.Traces;
using Tocsin.Telemetry.Rows;

namespace Server.Tests.Explore;

/// <summary>Every function against the same number reckoned here, row by row.</summary>
public class FunctionTests(ExploreShop shop) : IClassFixture<ExploreShop>
{
    IEnumerable<SpanRow> Transactions => shop.Transactions;

    static double Milliseconds(SpanRow span) => span.Duration / 1000.0;

    async Task<double> OneAsync(string function, string dataset = "transactions", string more = "")
    {
        var rows = await shop.RowsAsync(dataset, [function], more);
        return rows.ShouldHaveSingleItem()[0].GetDouble();
    }

    static double Quantile(IEnumerable<double> values, double share)
    {
        var sorted = values.Order().ToList();
        var place = share * (sorted.Count - 1);
        var below = (int)Math.Floor(place);
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }

    [Theory]
    [InlineData("p50()", 0.5)]
    [InlineData("p75(transaction.duration)", 0.75)]
    [InlineData("p90(span.duration)", 0.9)]
    [InlineData("p95(span.duration)", 0.95)]
    [InlineData("p99(span.duration)", 0.99)]
    [InlineData("p100(span.duration)", 1)]
    [InlineData("percentile(span.duration, 0.33)", 0.33)]
    public async Task Quantiles_are_those_of_the_durations(string function, double share) =>
        (await OneAsync(function)).ShouldBe(Quantile(Transactions.Select(Milliseconds), share), 1e-6);

    [Fact]
    public async Task Counts_sums_and_averages()
    {
        (await OneAsync("count()")).ShouldBe(300);
        (await OneAsync("count()", "spans")).ShouldBe(600);
        (await OneAsync("count(measurements.lcp)")).ShouldBe(60);
        (await OneAsync("count_unique(user)")).ShouldBe(17);
        (await OneAsync("sum(span.duration)")).ShouldBe(Transactions.Sum(Milliseconds), 1e-6);
        (await OneAsync("avg(span.duration)")).ShouldBe(Transactions.Average(Milliseconds), 1e-6);
        (await OneAsync("min(span.duration)")).ShouldBe(10);
        (await OneAsync("max(tags[cart.size,number])")).ShouldBe(3);
        (await OneAsync("sum(measurements.frames.slow)")).ShouldBe(
            Enumerable.Range(0, 300).Where(at => at % 3 == 0).Sum(at => at % 7)
        );
        (await OneAsync("avg(measurements.lcp)")).ShouldBe(Transactions.Average(span => span.Lcp) ?? 0, 1e-6);
    }

    [Fact]
    public async Task Failures_apdex_and_misery_are_exact()
    {
        const double threshold = 500;
        (await OneAsync("failure_rate()")).ShouldBe(0.1, 1e-12);
        (await OneAsync("failure_count()")).ShouldBe(30);
        (await OneAsync("http_error_rate()")).ShouldBe(0.1, 1e-12);
        (await OneAsync("http_response_count(2)")).ShouldBe(270);

        var satisfied = Transactions.Count(span => Milliseconds(span) <= threshold);
        var tolerating = Transactions.Count(span => Milliseconds(span) is > threshold and <= 4 * threshold);
        (await OneAsync($"apdex({threshold})")).ShouldBe((satisfied + tolerating / 2.0) / 300, 1e-12);
        (await OneAsync($"apdex(transaction.duration,{threshold})")).ShouldBe((satisfied + tolerating / 2.0) / 300, 1e-12);

        var users = Transactions.Select(span => span.User).Distinct().Count();
        var miserable = Transactions
            .Where(span => Milliseconds(span) > 4 * threshold)
            .Select(span => span.User)
            .Distinct()
            .Count();
        (await OneAsync($"count_miserable(user,{threshold})")).ShouldBe(miserable);
        (await OneAsync($"user_misery({threshold})")).ShouldBe((miserable + 5.8875) / (users + 5.8875 + 111.8625), 1e-12);
    }

    [Theory]
    [InlineData("count_if(span.status,equals,ok)", 270)]
    [InlineData("count_if(span.status,notEquals,ok)", 30)]
    [InlineData("count_if(span.duration,greater,2990)", 1)]
    [InlineData("count_if(span.duration,lessOrEquals,20)", 2)]
    [InlineData("count_if(http.status_code,greaterOrEquals,500)", 30)]
    [InlineData("count_if(cart.kind,equals,\"full\")", 150)]
    [InlineData("count_if(transaction,contains,/cart)", 150)]
    [InlineData("count_unique_if(user,span.status,notEquals,ok)", 17)]
    [InlineData("max_if(span.duration,span.duration,less,100)", 90)]
    [InlineData("count_web_vitals(measurements.lcp,good)", 31)]
    [InlineData("count_web_vitals(measurements.lcp,poor)", 0)]
    [InlineData("count_web_vitals(measurements.lcp,any)", 60)]
    public async Task Conditions_choose_what_a_function_counts(string function, double expected) =>
        (await OneAsync(function)).ShouldBe(expected);

    [Fact]
    public async Task Every_function_of_rows_takes_a_condition()
    {
        (await OneAsync("failure_rate_if(environment,equals,production)")).ShouldBe(0.2, 1e-12);
        (await OneAsync("p50_if(is_transaction,equals,true)", "spans")).ShouldBe(
            Quantile(Transactions.Select(Milliseconds), 0.5),
            1e-6
        );
        var queries = shop.Spans.Where(span => !span.IsSegment).Select(Milliseconds).ToList();
        (await OneAsync("avg_if(span.duration,span.op,db.sql.query)", "spans")).ShouldBe(queries.Average(), 1e-6);
        (await OneAsync("count_op(db.sql.query)", "spans")).ShouldBe(300);
        var production = Transactions.Where(span => span.Environment == "production").Average(Milliseconds);
        var staging = Transactions.Where(span => span.Environment == "staging").Average(Milliseconds);
        (await OneAsync("avg_compare(span.duration,environment,production,staging)")).ShouldBe(
            (staging - production) / production,
            1e-9
        );
        (await OneAsync("count_if(user.id,equals,3)")).ShouldBe(18);
    }

    [Fact]
    public async Task Scores_are_reckoned_from_the_vitals()
    {
        var scores = Transactions
            .Where(span => span.Lcp is not null)
            .Select(span => ExactScore.Of(span.Lcp!.Value, 1200, 2400))
            .ToList();
        (await OneAsync("performance_score(measurements.score.lcp)")).ShouldBe(scores.Average(), 2e-4);
        (await OneAsync("performance_score(measurements.score.total)")).ShouldBe(scores.Average(), 2e-4);
        (await OneAsync("opportunity_score(measurements.score.lcp)")).ShouldBe(60 - scores.Sum(), 60 * 2e-4);
        (await OneAsync("total_opportunity_score()")).ShouldBe(1 - scores.Average(), 2e-4);
        (await OneAsync("total_opportunity_score()", "spans", "&query=span.op:db.sql.query")).ShouldBe(0);
        var groups = await shop.RowsAsync("transactions", ["transaction", "total_opportunity_score()"]);
        groups.Sum(row => row[1].GetDouble()).ShouldBe(1 - scores.Average(), 2e-4);
        groups.ShouldAllBe(row => row[1].GetDouble() > 0);
        (await OneAsync("count_scores(measurements.score.lcp)")).ShouldBe(60);
        (await OneAsync("count_scores(measurements.score.total)")).ShouldBe(60);
        (await OneAsync("count_scores(measurements.score.ttfb)")).ShouldBe(0);
    }

    [Fact]
    public async Task A_page_loads_score_is_that_of_its_vitals_by_their_weights()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([LoadOf(host)]);
        string[] names = ["total", "lcp", "weight.lcp", "ratio.lcp", "ratio.ttfb", "ratio.cls"];

        var asked = string.Concat(names.Select(name => $"&field=measurements.score.{name}"));
        var row = (await host.With().GetJsonAsync($"/api/0/organizations/default/events/?dataset=spans{asked}")).GetProperty(
            "data"
        )[0];

        double? Score(string name) =>
            row.GetProperty($"measurements.score.{name}") is { ValueKind: JsonValueKind.Number } number
                ? number.GetDouble()
                : null;
        Score("total").ShouldNotBeNull().ShouldBe((0.3 * 0.5 + 0.1 * 0.9) / 0.4, 2e-4);
        Score("lcp").ShouldNotBeNull().ShouldBe(0.75 * 0.5, 2e-4);
        Score("weight.lcp").ShouldNotBeNull().ShouldBe(0.75, 1e-9);
        Score("ratio.lcp").ShouldNotBeNull().ShouldBe(0.5, 2e-4);
        Score("ratio.ttfb").ShouldNotBeNull().ShouldBe(0.9, 2e-4);
        Score("ratio.cls").ShouldBeNull();
    }

    [Theory]
    [InlineData("mobile", 2500, 0.9)]
    [InlineData("mobile", 4000, 0.5)]
    [InlineData("desktop", 1200, 0.9)]
    [InlineData("tablet", 2400, 0.5)]
    [InlineData(null, 2400, 0.5)]
    public async Task A_phone_s_page_load_is_scored_by_the_limits_of_phones(string? device, double lcp, double score)
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([LoadOf(host) with { Device = device, Lcp = lcp, Ttfb = null }]);

        var answer = await host.With()
            .GetJsonAsync(
                "/api/0/organizations/default/events/?dataset=spans&field=measurements.score.total&field=measurements.score.ratio.lcp"
                    + $"&query=measurements.score.total:>{score - 0.001}"
            );

        var row = answer.GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        row.GetProperty("measurements.score.total").GetDouble().ShouldBe(score, 2e-4);
        row.GetProperty("measurements.score.ratio.lcp").GetDouble().ShouldBe(score, 2e-4);
    }

    [Fact]
    public async Task Page_loads_are_searched_by_their_scores()
    {
        await using var host = await TocsinHost.StartAsync();
        await host.StoreAsync([LoadOf(host)]);

        (await FoundAsync("measurements.score.total:>0.5")).ShouldBe(1);
        (await FoundAsync("measurements.score.total:<0.5")).ShouldBe(0);
        (await FoundAsync("measurements.score.ratio.lcp:<0.4")).ShouldBe(0);
        (await FoundAsync("has:measurements.score.total")).ShouldBe(1);
        (await FoundAsync("has:measurements.score.lcp")).ShouldBe(1);
        (await FoundAsync("has:measurements.score.ratio.cls")).ShouldBe(0);
        (await FoundAsync("!has:measurements.score.weight.cls")).ShouldBe(1);
        (await FoundAsync("!has:measurements.score.total")).ShouldBe(0);

        async Task<int> FoundAsync(string query)
        {
            var answer = await host.With()
                .GetJsonAsync(
                    $"/api/0/organizations/default/events/?dataset=spans&field=transaction&query={Uri.EscapeDataString(query)}"
                );
            return answer.GetProperty("data").GetArrayLength();
        }
    }

    /// <summary>Of two vitals, which score 0.5 and 0.9.</summary>
    SpanRow LoadOf(TocsinHost host) =>
        Transactions.First() with
        {
            ProjectId = 1,
            Timestamp = host.Now() - 1_000_000,
            Lcp = 2400,
            Ttfb = 200,
        };

    [Fact]
    public async Task The_time_spent_is_a_share_of_all_that_was_or_of_what_the_query_chooses()
    {
        const string share = "time_spent_percentage(span.duration)";
        var all = Transactions.Sum(Milliseconds);
        double Of(string name) => Transactions.Where(span => span.Transaction == name).Sum(Milliseconds) / all;

        var rows = await shop.RowsAsync("transactions", ["transaction", share], $"&sort=-{share}");
        rows.Select(row => row[1].GetDouble()).Sum().ShouldBe(1, 1e-9);
        rows.Select(row => row[1].GetDouble()).ShouldBeInOrder(SortDirection.Descending);
        rows.Select(row => row[1].GetDouble()).ShouldBe(rows.Select(row => Of(row[0].GetString()!)), 1e-9);

        const string cart = "&query=transaction:\"GET /cart\"";
        (await OneAsync(share, more: cart)).ShouldBe(Of("GET /cart"), 1e-9);
        (await OneAsync("time_spent_percentage(local,span.duration)", more: cart)).ShouldBe(1, 1e-9);
        (await OneAsync("time_spent_percentage(app,span.duration)", more: cart)).ShouldBe(Of("GET /cart"), 1e-9);
        (await shop.RowsAsync("transactions", ["transaction"], $"&query={share}:>{Of("POST /pay") + 0.001:0.####}"))
            .Select(row => row[0].GetString())
            .ShouldNotContain("POST /pay");

        var alone = shop.Spans.Sum(span => span.SelfTime);
        (await OneAsync("time_spent_percentage()", "spans", "&query=span.op:http.server")).ShouldBe(
            Transactions.Sum(span => span.SelfTime) / (double)alone,
            1e-9
        );
        await shop.GetAsync("events/?dataset=spans&field=time_spent_percentage(http.status_code)", HttpStatusCode.BadRequest);
        await shop.GetAsync("events/?dataset=errors&field=time_spent_percentage()", HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_division_is_of_two_sums() =>
        (await OneAsync("division(measurements.lcp,span.duration)")).ShouldBe(
            Transactions.Sum(span => span.Lcp ?? 0) / Transactions.Sum(Milliseconds),
            1e-9
        );

    [Fact]
    public async Task Rates_are_per_minute_or_second_of_the_period()
    {
        (await OneAsync("epm()", more: "&statsPeriod=1h")).ShouldBe(120 / 60.0, 0.01);
        (await OneAsync("tpm()", more: "&statsPeriod=30m")).ShouldBe(60 / 30.0, 0.01);
        (await OneAsync("eps()", more: "&statsPeriod=1h")).ShouldBe(120 / 3600.0, 0.001);
        (await OneAsync("epm(60)")).ShouldBe(300);
        (await OneAsync("eps(600)")).ShouldBe(0.5);
    }

    [Fact]
    public async Task Equations_reckon_with_functions_and_numbers()
    {
        (await OneAsync("equation|count_if(span.status,equals,ok) / count() * 100")).ShouldBe(90, 1e-9);
        (await OneAsync("equation|(count() + 1.5) * -2 - failure_count()")).ShouldBe(-633, 1e-9);
        (await OneAsync("equation|max(span.duration) - min(span.duration)")).ShouldBe(2990, 1e-6);
        var row = (await shop.RowsAsync("spans", ["id", "equation|span.duration / 2"], "&query=id:0000000000002710"))[0];
        row[1].GetDouble().ShouldBe(5, 1e-9);
        (await shop.RowsAsync("transactions", ["equation|count() / (failure_count() - 30)"]))[0]
            [0]
            .ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task First_and_last_seen_are_times()
    {
        var row = (await shop.RowsAsync("transactions", ["first_seen()", "last_seen()", "latest_event()"])).Single();
        row[0].GetString().ShouldBe("2026-11-20T09:30:00Z");
        row[1].GetString().ShouldBe("2026-11-20T11:59:30Z");
        row[2].GetString().ShouldBe(5000.ToString("x32"));
    }

    [Theory]
    [InlineData("p42(span.duration)", "p42() is not a valid function")]
    [InlineData("nonsense(a,b)", "nonsense() is not a valid function")]
    [InlineData("p95(span.op)", "p95(span.op): span.op is not a numeric column")]
    [InlineData("percentile(span.duration,1.5)", "a percentile lies between 0 and 1")]
    [InlineData("count_unique()", "expected 1 argument(s)")]
    [InlineData("count_if(span.status,is,ok)", "is is none of equals")]
    [InlineData("count_if(span.duration,greater,slow)", "slow is not a number")]
    [InlineData("apdex(fast)", "fast is not a number")]
    [InlineData("epm(0)", "an interval is at least 1 second")]
    [InlineData("latest_event_if(span.op,equals,db)", "takes no condition")]
    [InlineData("bad field", "Invalid characters in field bad field")]
    [InlineData("tags[x,colour]", "Invalid field tags[x,colour]")]
    [InlineData("tags[\"x,y\",colour]", "Invalid field tags[\"x,y\",colour]")]
    [InlineData("equation|count() +", "something is missing at its end")]
    [InlineData("equation|(count()", "a parenthesis is not closed")]
    [InlineData("equation|count() count()", "is left over")]
    [InlineData("equation|5", "names no field and no function")]
    [InlineData("equation|count() + span.duration", "fields and functions cannot be mixed")]
    [InlineData("equation|p42(x) + 1", "p42() is not a valid function")]
    public async Task What_makes_no_sense_is_refused_with_its_name(string field, string sentence)
    {
        var answer = await shop.GetAsync($"events/?dataset=spans&field={Uri.EscapeDataString(field)}", HttpStatusCode.BadRequest);
        answer.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(sentence);
    }
}
