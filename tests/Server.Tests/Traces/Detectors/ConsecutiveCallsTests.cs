namespace Server.Tests.Traces.Detectors;

public sealed class ConsecutiveCallsTests
{
    const string Type = "performance_consecutive_http";

    [Theory]
    [InlineData(
        "three awaits",
        "0 9000 pageload /\n  1 1000 http.client GET /a\n  +1 1000 http.client GET /b\n  +1 1000 http.client GET /c"
    )]
    [InlineData(
        "requests",
        "0 9000 http.server /\n  1 1200 http.client GET https://a.example/x\n  +9 1200 http.client GET https://b.example/x\n  +9 1200 http.client GET https://c.example/x"
    )]
    [InlineData(
        "HttpClient",
        "0 9000 http.server GET api\n  1 2000 http.client GET https://a.example/1\n  +100 900 http.client POST https://a.example/2\n  +1 1200 http.client GET https://a.example/3"
    )]
    [InlineData("the same each time", "0 9000 http.server /\n  x4 1 1000 http.client GET https://a.example/page")]
    [InlineData(
        "pauses below half a second",
        "0 9000 http.server /\n  1 1100 http.client GET /a\n  +499 1100 http.client GET /b\n  +499 1100 http.client GET /c"
    )]
    [InlineData("five of a good half second", "0 9000 http.server /\n  x5 1 510 http.client GET https://a.example/p/#")]
    [InlineData(
        "below a controller",
        "0 9000 http.server /\n  1 8000 http.route.controller C@m\n    x4 2 900 http.client GET https://a.example/#"
    )]
    [InlineData("in a job", "0 9000 queue.process sync\n  x6 1 700 http.client PUT https://crm.example/contacts/#")]
    [InlineData(
        "a pageload of a single-page app",
        "0 9000 pageload /\n  1 1500 http.client GET /api/me\n  +20 1500 http.client GET /api/teams\n  +20 1500 http.client GET /api/items"
    )]
    [InlineData(
        "queries between the calls",
        "0 9000 http.server /\n  1 1100 http.client GET /a\n  +1 9 db SELECT a FROM b\n  +1 1100 http.client GET /b\n  +1 1100 http.client GET /c"
    )]
    public void Calls_one_after_the_other_are_found(string what, string spans)
    {
        var problem = SpanShape.Problems(spans).Where(problem => problem.Kind.Type == Type).ShouldHaveSingleItem(what);
        problem.Savings!.Value.ShouldBeGreaterThanOrEqualTo(2_000_000);
    }

    [Theory]
    [InlineData("two", "0 9000 pageload /\n  1 3000 http.client GET /a\n  +1 3000 http.client GET /b")]
    [InlineData("short ones", "0 9000 pageload /\n  x9 1 499 http.client GET /a/#")]
    [InlineData("too little to save", "0 9000 pageload /\n  x3 1 900 http.client GET /a/#")]
    [InlineData("side by side", "0 9000 pageload /\n  |5 1 3000 http.client GET /a/#")]
    [InlineData(
        "long pauses",
        "0 9000 pageload /\n  1 1500 http.client GET /a\n  +501 1500 http.client GET /b\n  +501 1500 http.client GET /c"
    )]
    [InlineData("scripts", "0 9000 pageload /\n  x4 1 1500 http.client GET /a/#.js")]
    [InlineData("pictures", "0 9000 pageload /\n  x4 1 1500 http.client GET https://cdn.example/#.webp")]
    [InlineData("what Next.js fetches ahead", "0 9000 pageload /\n  x4 1 1500 http.client GET /_next/data/#")]
    [InlineData("queries", "0 9000 http.server /\n  x4 1 1500 db SELECT # FROM a")]
    [InlineData(
        "from different places",
        "0 9000 http.server /\n  1 1600 function a\n    1 1500 http.client GET /a\n  1700 1600 function b\n    1701 1500 http.client GET /b\n  3400 1600 function c\n    3401 1500 http.client GET /c"
    )]
    public void Other_calls_are_not(string what, string spans) =>
        SpanShape.Problems(spans).Where(problem => problem.Kind.Type == Type).ShouldBeEmpty(what);
}
