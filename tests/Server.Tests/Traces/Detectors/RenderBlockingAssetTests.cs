namespace Server.Tests.Traces.Detectors;

public sealed class RenderBlockingAssetTests
{
    const string Type = "performance_render_blocking_asset_span";
    const string Blocking = "resource.render_blocking_status=blocking";

    [Theory]
    [InlineData(
        "a script",
        3000,
        "100 1000 resource.script https://cdn.example/app.js {" + Blocking + ";http.response_content_length=600000}"
    )]
    [InlineData(
        "a style sheet",
        3000,
        "100 1200 resource.css https://cdn.example/app.css {" + Blocking + ";http.response_content_length=500000}"
    )]
    [InlineData(
        "a link",
        3000,
        "100 1500 resource.link https://cdn.example/app.css {" + Blocking + ";http.response_content_length=700000}"
    )]
    [InlineData(
        "the fastest page that is slow",
        2000,
        "100 700 resource.script /app.js {" + Blocking + ";http.response_content_length=700000}"
    )]
    [InlineData("the slowest", 10000, "100 3400 resource.script /app.js {" + Blocking + ";http.response_content_length=700000}")]
    [InlineData(
        "a streamed span",
        3000,
        "100 1500 resource.script https://cdn.example/a.js {" + Blocking + ";http.response.body.size=700000}"
    )]
    [InlineData(
        "a third party's",
        4000,
        "100 1900 resource.script https://tags.example/t.js {" + Blocking + ";http.response_content_length=700000}"
    )]
    [InlineData(
        "Rails' bundle",
        3000,
        "100 2000 resource.script /assets/application-0a1b2c3d.js {" + Blocking + ";http.response_content_length=900000}"
    )]
    [InlineData(
        "webpack's chunk",
        3000,
        "100 2000 resource.script /static/js/2.3f2a91c0.chunk.js {" + Blocking + ";http.response_content_length=900000}"
    )]
    [InlineData(
        "until the paint itself",
        3000,
        "1000 2000 resource.script /a.js {" + Blocking + ";http.response_content_length=900000}"
    )]
    public void An_asset_that_holds_the_page_back_is_found(string what, double fcp, string span) =>
        Find(fcp, span).ShouldHaveSingleItem(what);

    [Theory]
    [InlineData(
        "not blocking",
        3000,
        "100 1500 resource.script /a.js {resource.render_blocking_status=non-blocking;http.response_content_length=700000}"
    )]
    [InlineData("nothing said of it", 3000, "100 1500 resource.script /a.js {http.response_content_length=700000}")]
    [InlineData("small", 3000, "100 1500 resource.script /a.js {" + Blocking + ";http.response_content_length=499999}")]
    [InlineData("no size", 3000, "100 1500 resource.script /a.js {" + Blocking + "}")]
    [InlineData("a fast page", 1999, "100 1500 resource.script /a.js {" + Blocking + ";http.response_content_length=700000}")]
    [InlineData(
        "a page slow for other reasons",
        10001,
        "100 9000 resource.script /a.js {" + Blocking + ";http.response_content_length=700000}"
    )]
    [InlineData(
        "a small part of the time",
        9000,
        "100 1500 resource.script /a.js {" + Blocking + ";http.response_content_length=700000}"
    )]
    [InlineData(
        "after the paint",
        2000,
        "1500 1500 resource.script /a.js {" + Blocking + ";http.response_content_length=700000}"
    )]
    [InlineData("a call", 3000, "100 1500 http.client GET /a.js {" + Blocking + ";http.response_content_length=700000}")]
    [InlineData(
        "no paint was measured",
        0,
        "100 1500 resource.script /a.js {" + Blocking + ";http.response_content_length=700000}"
    )]
    public void Others_are_not(string what, double fcp, string span) => Find(fcp, span).ShouldBeEmpty(what);

    static IEnumerable<Tocsin.Server.Traces.Detectors.Problem> Find(double fcp, string span) =>
        SpanShape
            .Problems($"0 12000 pageload / {(fcp > 0 ? $"{{browser.web_vital.fcp.value={fcp}}}" : "")}\n  {span}")
            .Where(problem => problem.Kind.Type == Type);
}
