namespace Server.Tests.Traces.Detectors;

public sealed class NPlusOneCallsTests
{
    const string Type = "performance_n_plus_one_api_calls";

    [Theory]
    [InlineData("fetch for each row", "0 900 pageload /orders\n  |12 1 350 http.client GET https://api.shop.example/orders/#")]
    [InlineData("relative addresses", "0 900 pageload /orders\n  |10 1 350 http.client GET /api/orders/#")]
    [InlineData("differing in the query", "0 900 pageload /orders\n  |12 1 350 http.client GET /api/items?id=#")]
    [InlineData("axios", "0 900 navigation /orders\n  |20 1 300 http.client GET https://api.shop.example/v2/users/#/avatar")]
    [InlineData(
        "Next.js on the server",
        "0 900 http.server GET /\n  1 800 function.nextjs getServerSideProps (/)\n    |11 2 400 http.client GET https://cms.example/entries/#"
    )]
    [InlineData(
        "below a component",
        "0 900 pageload /\n  1 800 ui.react.mount <List>\n    |15 2 310 http.client GET /api/rows/#"
    )]
    [InlineData("aiohttp gather", "0 900 http.server /\n  |10 1 300 http.client GET https://rates.example/pairs/#")]
    [InlineData(
        "HttpClient with Task.WhenAll",
        "0 900 http.server GET api/x\n  |30 1 500 http.client GET https://stock.example/api/parts/#"
    )]
    [InlineData(
        "streamed spans, the address an attribute",
        "0 900 pageload /\n  |10 1 320 http.client GET api.shop.example {url.full=https://api.shop.example/a/77;http.request.method=GET}\n  |10 1 320 http.client GET api.shop.example/# {url.full=https://api.shop.example/a/78;http.request.method=GET}"
    )]
    [InlineData(
        "OpenTelemetry, where every call is named after its method",
        "0 900 http.server GET /\n  |6 1 320 http.client GET {url.full=https://stock.example/parts/1;http.request.method=GET}\n  |6 1 320 http.client GET {url.full=https://stock.example/parts/2;http.request.method=GET}"
    )]
    [InlineData(
        "fetch, whose description has no query",
        "0 900 pageload /\n  |6 1 350 http.client GET /api/items {url=/api/items?id=1}\n  |6 1 350 http.client GET /api/items {url=/api/items?id=2}"
    )]
    [InlineData(
        "requests in threads, the query apart",
        "0 900 http.server /\n  |6 1 350 http.client GET https://a.example/items {url=https://a.example/items;http.query=id=1}\n  |6 1 350 http.client GET https://a.example/items {url=https://a.example/items;http.query=id=2}"
    )]
    [InlineData("Angular", "0 900 navigation /\n  |10 1 999 http.client GET https://api.shop.example/products/#/price")]
    public void A_call_for_each_element_is_found(string what, string spans) =>
        SpanShape
            .Problems(spans)
            .Where(problem => problem.Kind.Type == Type)
            .ShouldHaveSingleItem(what)
            .Offenders.Count.ShouldBeGreaterThan(9);

    [Theory]
    [InlineData("nine", "0 900 pageload /\n  |9 1 350 http.client GET /api/orders/#")]
    [InlineData("quick", "0 900 pageload /\n  |12 1 250 http.client GET /api/orders/#")]
    [InlineData("one after the other", "0 9000 pageload /\n  x12 1 350 http.client GET /api/orders/#")]
    [InlineData("different things", "0 900 pageload /\n  |5 1 350 http.client GET /api/a/#\n  |5 1 350 http.client GET /api/b/#")]
    [InlineData("writing", "0 900 pageload /\n  |12 1 350 http.client POST /api/orders/#")]
    [InlineData("GraphQL", "0 900 pageload /\n  |12 1 350 http.client GET /graphql?id=#")]
    [InlineData("pictures", "0 900 pageload /\n  |12 1 350 http.client GET /img/#.png")]
    [InlineData("what Next.js fetches ahead", "0 900 pageload /\n  |12 1 350 http.client GET /_next/data/abc/#.json")]
    [InlineData("the same again and again", "0 900 pageload /\n  |12 1 350 http.client GET /api/state")]
    [InlineData(
        "the same again and again, with the same question",
        "0 900 pageload /\n  |12 1 350 http.client GET /api/state {url=/api/state?of=7}"
    )]
    [InlineData("resources of the page", "0 900 pageload /\n  |12 1 350 resource.fetch https://cdn.example/a/#")]
    [InlineData(
        "from different places",
        "0 900 pageload /\n  1 400 function a\n    |6 1 350 http.client GET /api/orders/#\n  2 400 function b\n    |6 2 350 http.client GET /api/orders/#"
    )]
    public void Other_calls_are_not(string what, string spans) =>
        SpanShape.Problems(spans).Where(problem => problem.Kind.Type == Type).ShouldBeEmpty(what);
}
