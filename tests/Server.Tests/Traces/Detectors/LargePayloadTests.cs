using Server.Tests.Pipeline;
using Tocsin.Server.Traces.Detectors;

namespace Server.Tests.Traces.Detectors;

public sealed class LargePayloadTests
{
    const string Type = "performance_large_http_payload";

    [Theory]
    [InlineData("fetch", "1 900 http.client GET https://api.example/all {http.response_content_length=300000}")]
    [InlineData(
        "a streamed span",
        "1 900 http.client GET api.example {url.full=https://api.example/all;http.response.body.size=1200000}"
    )]
    [InlineData("a relative address", "1 900 http.client GET /api/all {http.response_content_length=400000}")]
    [InlineData("OpenTelemetry", "1 900 http.client GET https://api.example/all {http.response.body.size=500000}")]
    [InlineData("size with its head", "1 900 http.client GET https://api.example/all {http.response.size=500000}")]
    [InlineData("transfer size", "1 900 http.client GET https://api.example/all {http.response_transfer_size=500000}")]
    [InlineData("a post", "1 900 http.client POST https://api.example/search {http.response_content_length=999999}")]
    [InlineData("Retrofit", "1 900 http.client GET https://api.example/feed {http.response_content_length=4000000}")]
    [InlineData("requests", "1 100 http.client GET https://api.example/feed {http.response_content_length=4000000}")]
    [InlineData("a JSON file", "1 900 http.client GET https://cdn.example/data.json {http.response_content_length=800000}")]
    public void A_large_answer_is_found(string what, string span) =>
        SpanShape.Problems("0 1000 pageload /\n  " + span).Where(problem => problem.Kind.Type == Type).ShouldHaveSingleItem(what);

    [Fact]
    public void A_size_may_be_a_header_which_is_a_list()
    {
        var row = SomeSpans.Of(1, 1)[0] with { Attributes = """{"http.response.header.content-length":["400000"]}""" };
        SegmentSpans.Number(row, "http.response.body.size", "http.response.header.content-length").ShouldBe(400_000);
    }

    [Theory]
    [InlineData("small", "1 900 http.client GET https://api.example/all {http.response_content_length=299999}")]
    [InlineData("no size", "1 900 http.client GET https://api.example/all")]
    [InlineData(
        "only large when unpacked",
        "1 900 http.client GET https://api.example/all {http.decoded_response_content_length=900000}"
    )]
    [InlineData("a script", "1 900 http.client GET https://cdn.example/app.js {http.response_content_length=900000}")]
    [InlineData("a picture", "1 900 http.client GET https://cdn.example/a.png?x=1 {http.response_content_length=900000}")]
    [InlineData("a film", "1 900 http.client GET https://cdn.example/a.mp4 {http.response_content_length=90000000}")]
    [InlineData("a resource of the page", "1 900 resource.fetch https://cdn.example/a {http.response_content_length=900000}")]
    [InlineData("fetched ahead by Next.js", "1 900 http.client GET /_next/data/x/y {http.response_content_length=900000}")]
    [InlineData("at once there", "1 50 http.client GET https://api.example/all {http.response_content_length=900000}")]
    [InlineData("what is served, not called", "1 900 http.server GET /all {http.response_content_length=900000}")]
    public void Others_are_not(string what, string span) =>
        SpanShape.Problems("0 1000 pageload /\n  " + span).Where(problem => problem.Kind.Type == Type).ShouldBeEmpty(what);
}
