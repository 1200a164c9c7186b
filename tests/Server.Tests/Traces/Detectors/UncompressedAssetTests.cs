namespace Server.Tests.Traces.Detectors;

public sealed class UncompressedAssetTests
{
    const string Type = "performance_uncompressed_assets";
    const string Plain = "http.response_content_length=600000;http.decoded_response_content_length=600000";

    [Theory]
    [InlineData("a script", "1 400 resource.script https://cdn.example/app.js {" + Plain + "}")]
    [InlineData("a style sheet", "1 400 resource.css https://cdn.example/app.css {" + Plain + "}")]
    [InlineData("a link", "1 400 resource.link https://cdn.example/app.css {" + Plain + "}")]
    [InlineData(
        "just that large",
        "1 400 resource.script /a.js {http.response_content_length=512000;http.decoded_response_content_length=512000}"
    )]
    [InlineData("just that long", "1 300 resource.script /a.js {" + Plain + "}")]
    [InlineData(
        "a streamed span",
        "1 400 resource.script /a.js {http.response.body.size=600000;http.response.body.decoded_size=600000}"
    )]
    [InlineData("with a version", "1 400 resource.script /a.js?v=3 {" + Plain + "}")]
    [InlineData("a module", "1 400 resource.script /a.mjs {" + Plain + "}")]
    [InlineData("Rails' bundle", "1 400 resource.script /assets/application-0a1b2c3d.js {" + Plain + "}")]
    [InlineData("old names", "1 400 resource.script /a.js {Encoded Body Size=600000;Decoded Body Size=600000}")]
    public void An_asset_that_was_sent_unpacked_is_found(string what, string span) => Find(span).ShouldHaveSingleItem(what);

    [Theory]
    [InlineData(
        "packed",
        "1 400 resource.script /a.js {http.response_content_length=600000;http.decoded_response_content_length=2000000}"
    )]
    [InlineData(
        "small",
        "1 400 resource.script /a.js {http.response_content_length=511999;http.decoded_response_content_length=511999}"
    )]
    [InlineData("fast", "1 299 resource.script /a.js {" + Plain + "}")]
    [InlineData("a picture", "1 400 resource.img /a.png {" + Plain + "}")]
    [InlineData("a font", "1 400 resource.link /a.woff2 {" + Plain + "}")]
    [InlineData(
        "from the cache",
        "1 400 resource.script /a.js {http.response_content_length=0;http.decoded_response_content_length=600000}"
    )]
    [InlineData("no unpacked size", "1 400 resource.script /a.js {http.response_content_length=600000}")]
    [InlineData("no size", "1 400 resource.script /a.js")]
    [InlineData("a call", "1 400 http.client GET /a.json {" + Plain + "}")]
    [InlineData("a film", "1 400 resource.video /a.mp4 {" + Plain + "}")]
    public void Others_are_not(string what, string span) => Find(span).ShouldBeEmpty(what);

    static IEnumerable<Tocsin.Server.Traces.Detectors.Problem> Find(string span) =>
        SpanShape.Problems("0 1000 pageload /\n  " + span).Where(problem => problem.Kind.Type == Type);
}
