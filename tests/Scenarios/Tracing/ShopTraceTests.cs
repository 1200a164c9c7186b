using System.Net.Http.Json;
using System.Text.Json;

namespace Scenarios.Tracing;

/// <summary>
/// A real browser loads the shop's page, the page asks the shop, the shop asks PostgreSQL and fails at the second question: one trace, whoever
/// instrumented them.
/// </summary>
public sealed class ShopTraceTests
{
    static readonly string[] Vitals = ["lcp", "fcp", "cls", "inp", "ttfb"];

    [Theory]
    [InlineData("sentry-node-11")]
    [InlineData("sentry-node-10")]
    public async Task A_page_load_leads_to_its_queries_and_to_the_error_on_the_way(string package)
    {
        await using var server = await ServerProcess.StartAsync();
        await using var shop = await ShopServer.StartAsync(
            "sentry.mjs",
            "page-sentry.js",
            $"window.dsn = '{server.Dsn}'",
            ("SHOP_SDK", package),
            ("SENTRY_DSN", server.Dsn)
        );
        await using var browser = await BrowserPage.OpenAsync();

        await browser.VisitAsync(shop.Address);
        await server.UntilAsync(async () => await browser.TitleAsync() == "bought", "the page to be done");
        await browser.Page.WaitForFunctionAsync("window.measured.cls > 0");
        await browser.Page.ClickAsync("button");
        await browser.Page.WaitForFunctionAsync("window.measured.inp > 0");
        var measured = await browser.Page.EvaluateAsync<JsonElement>("window.measured");
        // The largest paint, the shifts and the slowest answer are told when the page is left.
        await TreeAsync(server, _ => true);
        await browser.Page.GotoAsync("about:blank");

        var tree = await TreeAsync(server, tree => tree.Errors.Any() && tree.Spans.Any(IsQuery));
        var error = tree.Errors.ShouldHaveSingleItem();
        error.Text("title").ShouldContain("carts_of_nobody");
        IsWholeWay(tree, tree.The("the span of the error", span => span.Text("span_id") == error.Text("span_id")));
        tree.Spans.Count(span => span.GetProperty("is_segment").GetBoolean()).ShouldBe(2, tree.ToString());

        await VitalsAsync(server, measured);
    }

    [Fact]
    public async Task The_same_services_instrumented_with_OpenTelemetry_give_the_same_tree()
    {
        await using var server = await ServerProcess.StartAsync();
        var url = $"{server.Url.AbsoluteUri}api/{ServerProcess.ProjectId}/integration/otlp/v1/traces";
        const string auth = $"sentry sentry_key={ServerProcess.Key}";
        await using var shop = await ShopServer.StartAsync(
            "opentelemetry.mjs",
            "page-opentelemetry.js",
            $"window.otlp = {{ url: '{url}', auth: '{auth}' }}",
            ("OTLP_URL", url),
            ("OTLP_AUTH", auth)
        );
        await using var browser = await BrowserPage.OpenAsync();

        await browser.VisitAsync(shop.Address);
        await server.UntilAsync(async () => await browser.TitleAsync() == "bought", "the page to be done");

        var tree = await TreeAsync(server, tree => tree.Errors.Any() && tree.Spans.Any(IsQuery));
        var error = tree.Errors.ShouldHaveSingleItem();
        error.Text("title").ShouldContain("42P01");
        var query = tree.The("the span of the error", span => span.Text("span_id") == error.Text("span_id"));
        IsQuery(query).ShouldBeTrue(tree.ToString());
        IsWholeWay(tree, tree.PathTo(query)[^2]);
        tree.Spans.Select(span => span.Text("service")).Distinct().ShouldBe(["shop-web", "shop"], ignoreOrder: true);
    }

    /// <summary>Page, its request, the route, the work that failed, and the query below it.</summary>
    static void IsWholeWay(SpanTree tree, JsonElement failed)
    {
        failed.Text("description").ShouldBe("load cart");
        var way = tree.PathTo(failed);
        way.Count.ShouldBe(4, tree.ToString());
        IsPage(way[0]).ShouldBeTrue(tree.ToString());
        way[0].GetProperty("is_segment").GetBoolean().ShouldBeTrue(tree.ToString());
        way[1].Text("op").ShouldBe("http.client", tree.ToString());
        way[2].Text("op").ShouldBe("http.server", tree.ToString());
        way[2].GetProperty("is_segment").GetBoolean().ShouldBeTrue(tree.ToString());
        way[2].Text("transaction").ShouldBe("GET /api/cart/*", tree.ToString());
        var query = tree.ChildrenOf(failed).Single(IsQuery);
        query.Text("category").ShouldBe("db");
        query.Text("description").ShouldContain("carts_of_nobody");
        query.GetProperty("failed").GetBoolean().ShouldBeTrue(tree.ToString());
        tree.ChildrenOf(way[2]).Any(IsQuery).ShouldBeTrue(tree.ToString());
    }

    static bool IsPage(JsonElement span) => span.Text("op") == "pageload";

    static bool IsQuery(JsonElement span) =>
        span.Text("category") == "db" && span.Text("description").Contains("SELECT", StringComparison.Ordinal);

    /// <summary>The trace that begins with the page, when all of it has arrived.</summary>
    static async Task<SpanTree> TreeAsync(ServerProcess server, Func<SpanTree, bool> isWhole)
    {
        SpanTree? tree = null;
        try
        {
            await server.UntilAsync(
                async () =>
                {
                    var traces = await server.Api.GetFromJsonAsync<JsonElement>("organizations/default/traces/?statsPeriod=1h");
                    foreach (var found in traces.EnumerateArray())
                    {
                        tree = new(
                            await server.Api.GetFromJsonAsync<JsonElement>(
                                $"organizations/default/traces/{found.Text("trace_id")}/"
                            )
                        );
                        if (tree.Spans.Any(IsPage) && isWhole(tree))
                        {
                            return true;
                        }
                    }
                    return false;
                },
                "the whole trace"
            );
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message}\n{tree}", late);
        }
        return tree!;
    }

    /// <summary>One page load: its percentile is what the page measured, within one in a hundred.</summary>
    static async Task VitalsAsync(ServerProcess server, JsonElement measured)
    {
        JsonElement answer = default;
        await server.UntilAsync(
            async () =>
            {
                answer = await server.Api.GetFromJsonAsync<JsonElement>(
                    "organizations/default/performance/vitals/?statsPeriod=1h&by=page"
                );
                return Vitals.All(name => answer.GetProperty("vitals").GetProperty(name).GetProperty("count").GetInt64() > 0);
            },
            "all vitals of the page"
        );
        var vitals = answer.GetProperty("vitals");
        var page = answer.GetProperty("rows").EnumerateArray().Single();
        page.Text("name").ShouldBe("/");
        foreach (var name in Vitals)
        {
            page.GetProperty(name).GetProperty("count").GetInt64().ShouldBe(1, name);
            var expected = measured.GetProperty(name).GetDouble();
            vitals.GetProperty(name).GetProperty("p75").GetDouble().ShouldBe(expected, expected / 100, name);
        }
    }
}
