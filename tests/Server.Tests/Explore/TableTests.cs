using System.Net;
using System.Text.Json;

namespace Server.Tests.Explore;

public class TableTests(ExploreShop shop) : IClassFixture<ExploreShop>
{
    static IEnumerable<string?> Texts(IEnumerable<JsonElement[]> rows, int at = 0) => rows.Select(row => row[at].GetString());

    static string Asking(string query) => "&query=" + Uri.EscapeDataString(query);

    [Fact]
    public async Task Groups_are_sorted_as_asked_and_come_in_pages()
    {
        string[] fields = ["transaction", "count()", "p95(span.duration)"];
        (await shop.RowsAsync("transactions", fields))
            .Select(row => (row[0].GetString(), row[1].GetInt64()))
            .ShouldBe([("GET /cart", 150), ("GET /stock", 100), ("POST /pay", 50)]);
        Texts(await shop.RowsAsync("transactions", fields, "&sort=count()")).First().ShouldBe("POST /pay");
        Texts(await shop.RowsAsync("transactions", fields, "&sort=-transaction")).First().ShouldBe("POST /pay");
        Texts(await shop.RowsAsync("transactions", fields, "&sort=-count")).First().ShouldBe("GET /cart");
        Texts(await shop.RowsAsync("transactions", fields, "&sort=-p95_span_duration&per_page=1&cursor=0:1:0"))
            .ShouldHaveSingleItem();

        using var page = await shop
            .Host.With()
            .GetAsync("/api/0/organizations/default/events/?dataset=spans&field=transaction&field=count()&per_page=2");
        var link = page.Headers.GetValues("Link").Single();
        link.ShouldContain("rel=\"next\"; results=\"true\"; cursor=\"0:2:0\"");
        link.ShouldContain("rel=\"previous\"; results=\"false\"");
    }

    [Theory]
    [InlineData("STOCK", 200)]
    [InlineData("SELECT", 300)]
    [InlineData("http.server", 0)]
    public async Task Words_without_a_key_are_looked_for_in_descriptions_and_transactions(string words, long spans) =>
        (await shop.RowsAsync("spans", ["count()"], Asking(words))).Single()[0].GetInt64().ShouldBe(spans);

    [Fact]
    public async Task The_columns_are_described_with_type_and_unit()
    {
        string[] fields =
        [
            "transaction",
            "count()",
            "p95(span.duration)",
            "failure_rate()",
            "epm()",
            "apdex(300)",
            "last_seen()",
            "p75(measurements.cls)",
            "avg(measurements.lcp)",
            "any(is_transaction)",
        ];
        var asked = string.Concat(fields.Select(field => $"&field={Uri.EscapeDataString(field)}"));
        var meta = (await shop.GetAsync($"events/?dataset=spans{asked}")).GetProperty("meta");

        fields
            .Select(field => meta.GetProperty("fields").GetProperty(field).GetString())
            .ShouldBe(["string", "integer", "duration", "percentage", "rate", "number", "date", "number", "duration", "boolean"]);
        meta.GetProperty("units").GetProperty("p95(span.duration)").GetString().ShouldBe("millisecond");
        meta.GetProperty("units").GetProperty("epm()").GetString().ShouldBe("1/minute");
        meta.GetProperty("units").GetProperty("count()").ValueKind.ShouldBe(JsonValueKind.Null);
        meta.GetProperty("dataset").GetString().ShouldBe("spans");
        meta.GetProperty("tocsin").GetProperty("partial").GetBoolean().ShouldBeFalse();
        meta.GetProperty("tocsin").GetProperty("sampled").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Single_spans_come_newest_first_with_their_id_and_project()
    {
        var answer = await shop.GetAsync(
            "events/?dataset=spans&field=span.op&field=trace&field=timestamp&field=span.duration&field=span.group&field=is_transaction"
                + Asking("span.op:db*")
                + "&per_page=1"
        );
        var row = answer.GetProperty("data").EnumerateArray().ShouldHaveSingleItem();
        row.GetProperty("id").GetString().ShouldBe(20_000.ToString("x16"));
        row.GetProperty("project.name").GetString().ShouldBe("default");
        row.GetProperty("trace").GetString().ShouldBe(1000.ToString("x32"));
        row.GetProperty("timestamp").GetString().ShouldBe("2026-11-20T11:59:30Z");
        row.GetProperty("span.duration").GetDouble().ShouldBe(5);
        row.GetProperty("span.group").GetString().ShouldBe("0000000000000a0b");
        row.GetProperty("is_transaction").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task Errors_are_asked_by_their_own_fields()
    {
        string[] fields =
        [
            "id",
            "title",
            "error.type",
            "error.unhandled",
            "user.display",
            "tags[browser]",
            "browser",
            "timestamp",
            "project",
            "issue.id",
        ];
        var rows = await shop.RowsAsync("errors", fields, "&query=level:warning");

        rows.Count.ShouldBe(4);
        rows[0][0].GetString().ShouldBe(900.ToString("x32"));
        rows[0][1].GetString().ShouldBe("TypeError: number 0");
        rows[0][2].EnumerateArray().Single().GetString().ShouldBe("TypeError");
        rows[0][3].GetBoolean().ShouldBeFalse();
        rows[0][4].GetString().ShouldBe("0");
        rows[0][5].GetString().ShouldBe("Firefox");
        rows[0][6].GetString().ShouldBe("Firefox");
        rows[0][8].GetString().ShouldBe("default");
        rows[0][9].GetInt64().ShouldBe(77);
        (await shop.RowsAsync("errors", ["level", "count()", "count_unique(user)"]))
            .Select(row => (row[0].GetString(), row[1].GetInt64(), row[2].GetInt64()))
            .ShouldBe([("error", 8, 5), ("warning", 4, 4)]);
    }

    [Theory]
    [InlineData("discover", "count()", "errors")]
    [InlineData("", "count()", "errors")]
    [InlineData("discover", "p95(transaction.duration)", "transactions")]
    [InlineData("metricsEnhanced", "failure_rate()", "transactions")]
    [InlineData("transactions", "count()", "transactions")]
    [InlineData("spans", "count()", "spans")]
    [InlineData("spansEAP", "count()", "spans")]
    [InlineData("search_issues", "count()", "issuePlatform")]
    public async Task Older_names_of_datasets_mean_what_is_asked_about(string dataset, string field, string meant)
    {
        var answer = await shop.GetAsync($"events/?dataset={dataset}&field={field}");
        answer.GetProperty("meta").GetProperty("dataset").GetString().ShouldBe(meant);
    }

    [Theory]
    [InlineData("transaction:\"GET /cart\"", 300)]
    [InlineData("transaction:*/cart", 300)]
    [InlineData("!transaction:\"GET /cart\"", 300)]
    [InlineData("transaction:[\"GET /cart\", \"POST /pay\"]", 400)]
    [InlineData("transaction:\"GET /cart\" is_transaction:true", 150)]
    [InlineData("(transaction:\"GET /cart\" OR transaction:\"POST /pay\") AND is_transaction:true", 200)]
    [InlineData("span.duration:>=2s", 101)]
    [InlineData("span.duration:>2990ms", 1)]
    [InlineData("span.duration:<15", 3)]
    [InlineData("has:release is_transaction:1", 225)]
    [InlineData("!has:release is_transaction:1", 75)]
    [InlineData("release:shop@1.*", 450)]
    [InlineData("http.status_code:>=500", 60)]
    [InlineData("tags[cart.size,number]:>2 is_transaction:true", 75)]
    [InlineData("cart.kind:full is_transaction:true", 150)]
    [InlineData("measurements.lcp:>3s", 19)]
    [InlineData("measurements.frames.slow:>5", 14)]
    [InlineData("measurements.frames.slow:<=1ms", 29)]
    [InlineData("cart.size:>2 is_transaction:true", 75)]
    [InlineData("cart.size:2 is_transaction:true", 75)]
    [InlineData("project:default", 600)]
    [InlineData("project:other", 0)]
    [InlineData("trace:000000000000000000000000000003e8", 2)]
    [InlineData("FROM cart", 0)]
    [InlineData("FROM art", 150)]
    [InlineData("timestamp:>2026-11-20T11:30:00", 118)]
    [InlineData("environment:production is_transaction:true", 150)]
    [InlineData("trace:000000000000000000000000000003e", 16)]
    [InlineData("!trace:000000000000000000000000000003e", 584)]
    [InlineData("user.id:3 is_transaction:true", 18)]
    [InlineData("user.id:[3, 4] is_transaction:true", 36)]
    [InlineData("user.id:1* is_transaction:true", 138)]
    [InlineData("user.display:3 is_transaction:true", 18)]
    [InlineData("has:user.id is_transaction:true", 300)]
    [InlineData("!has:user.email is_transaction:true", 300)]
    [InlineData("user.email:\"\" is_transaction:true", 300)]
    [InlineData("sentry.op:db*", 300)]
    [InlineData("sentry.segment.name:*pay", 100)]
    [InlineData("sentry.is_segment:true sentry.duration_ms:>=2s", 101)]
    [InlineData("description:SELECT*", 300)]
    [InlineData("message:SELECT*", 300)]
    public async Task A_search_counts_what_it_finds(string query, long found)
    {
        (await shop.GetAsync("events-meta/?dataset=spans" + Asking(query))).GetProperty("count").GetInt64().ShouldBe(found);
    }

    [Theory]
    [InlineData("has:issue", 12)]
    [InlineData("!has:issue", 0)]
    [InlineData("has:project", 12)]
    [InlineData("message:\"number 3\"", 1)]
    [InlineData("!message:\"number 1\"", 9)]
    [InlineData("user.display:4", 2)]
    [InlineData("trace:0123456789", 0)]
    public async Task A_search_counts_the_errors_that_it_finds(string query, long found)
    {
        (await shop.GetAsync("events-meta/?dataset=errors" + Asking(query))).GetProperty("count").GetInt64().ShouldBe(found);
    }

    [Theory]
    [InlineData("count():>120", new[] { "GET /cart" })]
    [InlineData("count():>=100", new[] { "GET /cart", "GET /stock" })]
    [InlineData("count():>120 OR count():<60", new[] { "GET /cart", "POST /pay" })]
    [InlineData("!count():100", new[] { "GET /cart", "POST /pay" })]
    [InlineData("p95(span.duration):>10s", new string[0])]
    [InlineData("p95(span.duration):>100ms transaction:*pay", new[] { "POST /pay" })]
    [InlineData("failure_rate():>5% count_if(span.status,equals,ok):>=90 count():<120", new[] { "GET /stock" })]
    [InlineData("last_seen():>2026-11-20T11:59:00", new[] { "GET /cart" })]
    public async Task Groups_are_chosen_by_their_aggregates(string query, string[] found)
    {
        var rows = await shop.RowsAsync("transactions", ["transaction", "count()"], Asking(query));
        Texts(rows).Order().ShouldBe(found);
    }

    [Fact]
    public async Task Groups_are_chosen_by_an_aggregate_that_is_not_among_the_fields()
    {
        Texts(await shop.RowsAsync("transactions", ["transaction"], Asking("count():>120"))).ShouldBe(["GET /cart"]);
    }

    [Fact]
    public async Task The_environment_and_the_period_narrow_the_rows()
    {
        (await shop.RowsAsync("transactions", ["count()"], "&environment=staging")).Single()[0].GetInt64().ShouldBe(150);
        (await shop.RowsAsync("transactions", ["count()"], "&environment=staging&environment=production"))
            .Single()[0]
            .GetInt64()
            .ShouldBe(300);
        (await shop.RowsAsync("transactions", ["count()"], "&start=2026-11-20T11:00:00&end=2026-11-20T11:30:00"))
            .Single()[0]
            .GetInt64()
            .ShouldBe(60);
        (await shop.RowsAsync("transactions", ["count()"], "&projectSlug=default")).Single()[0].GetInt64().ShouldBe(300);
        await shop.GetAsync("events/?dataset=spans&field=count()&project=nobody", HttpStatusCode.NotFound);
        await shop.GetAsync("events/?dataset=spans&field=count()&projectSlug=nobody", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Facets_count_the_values_of_tags_and_columns()
    {
        var facets = (await shop.GetAsync("events-facets/?dataset=errors")).EnumerateArray().ToList();
        facets[0].GetProperty("key").GetString().ShouldBe("project");
        facets[0].GetProperty("topValues")[0].GetProperty("name").GetString().ShouldBe("default");
        var browser = facets.Single(facet => facet.GetProperty("key").GetString() == "browser").GetProperty("topValues");
        browser[0].GetProperty("value").GetString().ShouldBe("Chrome");
        browser[0].GetProperty("count").GetInt64().ShouldBe(9);

        var ofSpans = (await shop.GetAsync("events-facets/?dataset=transactions" + Asking("transaction:*pay"))).EnumerateArray();
        var statuses = ofSpans.Single(facet => facet.GetProperty("key").GetString() == "http.status_code");
        statuses.GetProperty("topValues").EnumerateArray().Sum(value => value.GetProperty("count").GetInt64()).ShouldBe(50);
    }

    [Theory]
    [InlineData("events/?dataset=spans", "No columns selected")]
    [InlineData("events/?dataset=nonsense&field=id", "nonsense")]
    [InlineData("events/?dataset=spans&field=id&query=span.duration:slow", "span.duration")]
    [InlineData("events/?dataset=spans&field=id&query=(transaction:x OR count():>5)", "cannot be joined by OR")]
    [InlineData("events/?dataset=spans&field=id&field=span.op&query=span.op:db* count():>5", "count() chooses among groups")]
    [InlineData("events/?dataset=errors&field=id&query=count():>5 OR epm():>5", "count() chooses among groups")]
    [InlineData("events/?dataset=spans&field=count()&query=count():many", "many")]
    [InlineData("events/?dataset=spans&field=count()&query=nothing():5", "nothing() is not a valid function")]
    [InlineData("events/?dataset=spans&field=count()&sort=transaction", "Cannot sort by a field that is not selected")]
    [InlineData("events/?dataset=spans&field=id&sort=-p42()", "p42()")]
    [InlineData("events-stats/?dataset=spans&yAxis=span.op", "span.op")]
    [InlineData("events-stats/?dataset=spans&interval=soon", "soon")]
    [InlineData("events-stats/?dataset=spans&interval=1s&statsPeriod=7d", "too many results")]
    [InlineData("events-stats/?dataset=spans&topEvents=99", "topEvents")]
    public async Task A_question_without_sense_is_told_why(string path, string sentence)
    {
        var answer = await shop.GetAsync(path, HttpStatusCode.BadRequest);
        answer.GetProperty("detail").GetString().ShouldNotBeNull().ShouldContain(sentence);
    }

    [Fact]
    public async Task Beside_an_issues_name_stands_its_number()
    {
        var group = (await shop.GetAsync("events/?dataset=errors&field=issue&field=count()")).GetProperty("data")[0];
        group.GetProperty("issue.id").GetInt64().ShouldBe(77);
        group.GetProperty("count()").GetInt64().ShouldBe(12);
        var answer = await shop.GetAsync("events/?dataset=errors&field=issue&field=issue.id&per_page=1");
        answer
            .GetProperty("data")[0]
            .EnumerateObject()
            .Select(cell => cell.Name)
            .ShouldBe(["issue", "issue.id", "id", "project.name"]);
    }

    [Fact]
    public async Task A_span_says_when_it_began_and_ended_and_who_waited()
    {
        string[] fields =
        [
            "precise.start_ts",
            "precise.finish_ts",
            "user.id",
            "user.email",
            "user.display",
            "description",
            "sentry.op",
            "span.module",
        ];
        var row = (await shop.RowsAsync("spans", fields, "&query=id:0000000000004e20")).ShouldHaveSingleItem();

        var start = new DateTimeOffset(2026, 11, 20, 11, 59, 30, TimeSpan.Zero).ToUnixTimeSeconds();
        row[0].GetDouble().ShouldBe(start, 1e-6);
        row[1].GetDouble().ShouldBe(start + 0.005, 1e-6);
        row[2].GetString().ShouldBe("0");
        row[3].ValueKind.ShouldBe(JsonValueKind.Null);
        row[4].GetString().ShouldBe("0");
        row[5].GetString().ShouldBe("SELECT * FROM art WHERE id = 0");
        row[6].GetString().ShouldBe("db.sql.query");
        row[7].ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_period_may_end_before_now()
    {
        (await shop.RowsAsync("transactions", ["count()"], "&statsPeriodStart=2h&statsPeriodEnd=1h"))
            .Single()[0]
            .GetInt64()
            .ShouldBe(120);
        await shop.GetAsync("events/?field=count()&statsPeriodStart=soon", HttpStatusCode.BadRequest);
        // The plus of the zone is not escaped, as in an address that somebody typed.
        (await shop.RowsAsync("transactions", ["count()"], "&start=2026-11-20T13:00:00+02:00&end=2026-11-20T13:30:00+02:00"))
            .Single()[0]
            .GetInt64()
            .ShouldBe(60);
    }

    [Fact]
    public async Task HEAD_tells_what_GET_would_without_the_rows()
    {
        using var client = shop.Host.With();
        const string path = "/api/0/organizations/default/events/?dataset=spans&field=id&per_page=2";
        using var answer = await client.SendAsync(new(HttpMethod.Head, path), TestContext.Current.CancellationToken);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("Link").Single().ShouldContain("rel=\"next\"; results=\"true\"; cursor=\"0:2:0\"");
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_issue_is_named_by_its_short_id_and_one_that_is_gone_by_none()
    {
        (await shop.RowsAsync("errors", ["issue", "count()"])).ShouldHaveSingleItem()[0].ValueKind.ShouldBe(JsonValueKind.Null);
        (await shop.RowsAsync("errors", ["id"], Asking("issue:DEFAULT-1"))).ShouldBeEmpty();
        (await shop.RowsAsync("errors", ["id"], Asking("issue.id:77"))).Count.ShouldBe(12);
    }

    public static TheoryData<string> OddQuestions =>
        [
            "events/?dataset=spans&field=count_unique(tags[cart.kind])&field=timestamp.to_hour",
            "events/?dataset=spans&field=count_if(tags[cart.size,number],greater,1)&field=tags[cart.size,number]",
            "events/?dataset=spans&field=any(timestamp)&field=any(trace)&field=any(span.group)&field=project",
            "events/?dataset=spans&field=min(timestamp)&field=max(http.status_code)&field=p50(http.status_code)&field=p50(timestamp)",
            "events/?dataset=spans&field=count_if(timestamp,greater,5)&field=count_if(is_transaction,equals,true)",
            "events/?dataset=spans&field=count_if(is_transaction,equals,maybe)",
            "events/?dataset=spans&field=count_if(trace,equals,nonsense)&field=count_if(http.status_code,contains,5)",
            "events/?dataset=spans&field=count_if(is_transaction,greater,5)&field=count_if(trace,less,5)",
            "events/?dataset=spans&field=count_if(span.op,greater,5)",
            "events/?dataset=spans&field=equation|p95(span.duration)*1e300*1e300&field=equation|1/0*count()",
            "events/?dataset=spans&field=apdex(0)",
            "events/?dataset=spans&field=performance_score(measurements.score.lcp)&field=opportunity_score(measurements.score.total)",
            "events/?dataset=errors&field=p95(span.duration)&field=failure_rate()&field=apdex(300)",
            "events/?dataset=errors&field=user_misery(300)",
            "events/?dataset=errors&field=measurements.lcp&field=sum(measurements.lcp)",
            "events/?dataset=errors&field=epm()&field=count_unique(user)&field=error.unhandled&field=stack.filename",
            "events/?dataset=discover&field=title&field=event.type&field=count()&query=event.type:transaction",
            "events/?dataset=discover&field=event.type&field=id&field=title&field=message&query=event.type:error",
            "events/?dataset=spans&field=id&query=timestamp:>yesterday",
            "events/?dataset=spans&field=id&query=is_transaction:perhaps OR (trace:xyz)",
            "events/?dataset=spans&field=id&query=has:p95(span.duration)",
            "events/?dataset=spans&field=id&query=count():>0",
            "events/?dataset=spans&field=transaction&query=count():>0&sort=-count()",
            "events/?dataset=spans&field=transaction&field=transaction&field=segment.name&field=count()",
            "events/?dataset=spans&field=tags[]&field=count()",
            "events/?dataset=spans&field=id&per_page=5&cursor=0:5:1",
            "events-stats/?dataset=spans&yAxis=count()&topEvents=5&field=timestamp.to_day&field=tags[cart.size,number]&statsPeriod=1d",
            "events-stats/?dataset=spans&yAxis=last_seen()&yAxis=any(span.op)&statsPeriod=1h",
            "events-stats/?dataset=spans&yAxis=equation|count()/2&topEvents=3&field=is_transaction&sort=-equation|count()/2&statsPeriod=1h",
            "events-timeseries/?dataset=errors&yAxis=count()&topEvents=3&groupBy=issue&groupBy=project&statsPeriod=1d",
            "events-timeseries/?dataset=spans&topEvents=2&groupBy=count()&statsPeriod=1h",
            "events-facets/?dataset=errors&query=count():>5",
            "events-meta/?dataset=transactions&query=p95(transaction.duration):>5",
            "tags/timestamp/values/?query=2026",
            "tags/error.unhandled/values/?query=t",
            "trace-items/attributes/span.duration/values/?substringMatch=1",
        ];

    [Theory]
    [MemberData(nameof(OddQuestions))]
    public async Task An_odd_question_is_answered_or_refused_but_breaks_nothing(string path)
    {
        using var answer = await shop
            .Host.With()
            .GetAsync("/api/0/organizations/default/" + path.Replace("|", "%7C", StringComparison.Ordinal));
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBeOneOf([200, 400]);
        JsonDocument.Parse(body).RootElement.ValueKind.ShouldNotBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task More_than_twenty_fields_are_refused()
    {
        var fields = string.Concat(Enumerable.Range(0, 21).Select(at => $"&field=tag{at}"));
        await shop.GetAsync($"events/?dataset=spans{fields}", HttpStatusCode.BadRequest);
    }
}
