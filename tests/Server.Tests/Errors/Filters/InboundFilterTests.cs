using Tocsin.Server.Errors.Filters;
using Tocsin.Server.Pipeline;
using Tocsin.Server.Projects;

namespace Server.Tests.Errors.Filters;

public class InboundFilterTests
{
    [Theory]
    [InlineData("localhost", """{"user":{"ip_address":"127.0.0.1"}}""", true)]
    [InlineData("localhost", """{"request":{"url":"http://shop.localhost:3000/"}}""", true)]
    [InlineData("localhost", """{"request":{"headers":{"host":"localhost:8080"}}}""", true)]
    [InlineData("localhost", """{"request":{"url":"https://localhost.shop.example/"}}""", false)]
    [InlineData(
        "browser-extensions",
        """{"platform":"javascript","exception":[{"value":"Extension context invalidated."}]}""",
        true
    )]
    [InlineData(
        "browser-extensions",
        """{"platform":"javascript","exception":[{"value":"x","stacktrace":{"frames":[{"abs_path":"moz-extension://a/b.js"},{"abs_path":"<anonymous>"}]}}]}""",
        true
    )]
    [InlineData("browser-extensions", """{"platform":"javascript","exception":[{"value":"x is not defined"}]}""", false)]
    [InlineData("web-crawlers", """{"request":{"headers":{"user-agent":"Mozilla/5.0 (compatible; Googlebot/2.1)"}}}""", true)]
    [InlineData("web-crawlers", """{"request":{"headers":{"user-agent":"SomeSpider/1.0 (crawl)"}}}""", true)]
    [InlineData(
        "web-crawlers",
        """{"request":{"headers":{"user-agent":"Slackbot 1.0 (+https://api.slack.com/robots)"}}}""",
        false
    )]
    [InlineData("web-crawlers", """{"request":{"headers":{"user-agent":"Mozilla/5.0 Chrome/131.0 Safari/537.36"}}}""", false)]
    [InlineData(
        "legacy-browsers",
        """{"request":{"headers":{"user-agent":"Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko"}}}""",
        true
    )]
    [InlineData(
        "legacy-browsers",
        """{"request":{"headers":{"user-agent":"Mozilla/5.0 (X11; Linux) Chrome/80.0.1 Safari/537.36"}}}""",
        true
    )]
    [InlineData(
        "legacy-browsers",
        """{"request":{"headers":{"user-agent":"Mozilla/5.0 (X11; Linux) Chrome/131.0.1 Safari/537.36"}}}""",
        false
    )]
    [InlineData(
        "invalid-csp",
        """{"type":"csp","csp":{"effective_directive":"img-src","blocked_uri":"chrome-extension://x/y.png"}}""",
        true
    )]
    [InlineData(
        "invalid-csp",
        """{"type":"csp","csp":{"effective_directive":"img-src","blocked_uri":"https://evil.example/y.png"}}""",
        false
    )]
    [InlineData(
        "react-hydration-errors",
        """{"exception":[{"value":"Hydration failed because the initial UI does not match"}]}""",
        true
    )]
    [InlineData("chunk-load-error", """{"exception":[{"type":"ChunkLoadError","value":"Loading chunk 552 failed."}]}""", true)]
    public void A_filter_takes_out_what_it_is_for_and_only_when_it_is_on(string id, string json, bool filtered)
    {
        Outcome(json, new() { Filters = [id] })
            .ShouldBe(filtered ? Tocsin.Server.Pipeline.Outcome.Filtered(id) : Tocsin.Server.Pipeline.Outcome.Accepted);
        Outcome(json, new() { Filters = [] }).ShouldBe(Tocsin.Server.Pipeline.Outcome.Accepted);
    }

    [Theory]
    [InlineData("1.2.*", "SHOP@1", "1.2.3", "release-version")]
    [InlineData("shop@*", "x", "Shop@7", "release-version")]
    [InlineData("shop@*", "x", "cart@7", null)]
    public void Releases_are_filtered_by_glob(string first, string second, string release, string? filter) =>
        Filter($$"""{"release":"{{release}}"}""", new() { FilteredReleases = [first, second] }).ShouldBe(filter);

    [Theory]
    [InlineData("TypeError: *undefined*", "error-message")]
    [InlineData("*UNDEFINED*", "error-message")]
    [InlineData("undefined", null)]
    public void Messages_are_filtered_by_glob(string glob, string? filter) =>
        Filter("""{"exception":[{"type":"TypeError","value":"x is undefined"}]}""", new() { FilteredErrorMessages = [glob] })
            .ShouldBe(filter);

    [Theory]
    [InlineData("198.51.100.0/24", "ip-address")]
    [InlineData("198.51.100.9", "ip-address")]
    [InlineData("198.51.101.0/24", null)]
    [InlineData("203.0.113.7", "ip-address")]
    public void Addresses_are_filtered_singly_and_by_range(string blocked, string? filter) =>
        Filter("""{"user":{"ip_address":"198.51.100.9"}}""", new() { FilteredAddresses = [blocked] }).ShouldBe(filter);

    [Fact]
    public void Of_legacy_browsers_only_the_chosen_are_filtered()
    {
        const string explorer =
            """{"request":{"headers":{"user-agent":"Mozilla/5.0 (Windows NT 6.1; Trident/7.0; rv:11.0) like Gecko"}}}""";
        Filter(explorer, new() { Filters = ["legacy-browsers"], LegacyBrowsers = ["ie11"] }).ShouldBe("legacy-browsers");
        Filter(explorer, new() { Filters = ["legacy-browsers"], LegacyBrowsers = ["ie9", "safari"] }).ShouldBeNull();
    }

    static string? Filter(string json, ProjectOptions options) =>
        InboundFilters.Find(new(SomeErrors.Normalised(json), options, "203.0.113.7"));

    static Outcome Outcome(string json, ProjectOptions options) =>
        SomeErrors.Pipeline.Prepare(SomeErrors.Context("event", options), System.Text.Encoding.UTF8.GetBytes(json)).Outcome;
}
