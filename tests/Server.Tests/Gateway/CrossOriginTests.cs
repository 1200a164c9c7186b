using System.Net;
using System.Text;
using Tocsin.Server.Gateway;

namespace Server.Tests.Gateway;

public sealed class CrossOriginTests
{
    public static TheoryData<string> Paths =>
        [
            .. IngestRoute
                .All.Select(route => route.Pattern)
                .Select(pattern =>
                    pattern
                        .Replace("{project}", "42", StringComparison.Ordinal)
                        .Replace("{key}", SomeGateway.Key, StringComparison.Ordinal)
                        .Replace("{slug}", "nightly", StringComparison.Ordinal)
                        .Replace("{event}", "0123456789abcdef0123456789abcdef", StringComparison.Ordinal)
                ),
        ];

    [Fact]
    public async Task Every_route_answers_a_preflight()
    {
        await using var gateway = await SomeGateway.StartAsync();
        foreach (string path in Paths)
        {
            var request = new HttpRequestMessage(HttpMethod.Options, path);
            request.Headers.Add("Origin", "https://shop.example");
            request.Headers.Add("Access-Control-Request-Method", "POST");
            request.Headers.Add("Access-Control-Request-Headers", "x-sentry-auth");

            var answer = await gateway.Client.SendAsync(request);

            answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
            Header(answer, "Access-Control-Allow-Origin").ShouldBe("*");
            Header(answer, "Access-Control-Allow-Methods").ShouldBe("POST");
            Header(answer, "Access-Control-Allow-Headers")
                .ShouldBe(
                    "x-sentry-auth, x-requested-with, x-forwarded-for, origin, referer, accept, content-type, authentication, "
                        + "authorization, content-encoding, transfer-encoding"
                );
            Header(answer, "Access-Control-Max-Age").ShouldBe("3600");
            Header(answer, "Access-Control-Allow-Credentials").ShouldBeNull();
        }
    }

    [Fact]
    public async Task Browsers_may_read_every_answer_refusals_included()
    {
        await using var gateway = await SomeGateway.StartAsync();
        HttpResponseMessage[] answers =
        [
            await gateway.SendAsync("{}\n{\"type\":\"event\"}\n{}", ("Origin", "null")),
            await gateway.SendAsync("nonsense", ("Origin", "https://shop.example")),
            await gateway.PostAsync("/api/42/envelope/", Encoding.UTF8.GetBytes("{}\n")),
            await gateway.PostAsync("/api/42/nowhere/", []),
            await gateway.Client.GetAsync(new Uri("/api/42/envelope/", UriKind.Relative)),
        ];
        answers.Select(answer => (int)answer.StatusCode).ShouldBe([200, 400, 401, 404, 405]);
        foreach (var answer in answers)
        {
            Header(answer, "Access-Control-Allow-Origin").ShouldBe("*");
            Header(answer, "Access-Control-Expose-Headers").ShouldBe("x-sentry-error, x-sentry-rate-limits, retry-after");
        }
    }

    [Theory]
    [InlineData("*", "https://any.example", true)]
    [InlineData("shop.example", "https://shop.example", true)]
    [InlineData("shop.example", "http://shop.example:8080", true)]
    [InlineData("shop.example", "https://www.shop.example", false)]
    [InlineData("shop.example", "https://evilshop.example", false)]
    [InlineData("*.shop.example", "https://www.shop.example", true)]
    [InlineData("*.shop.example", "https://shop.example", true)]
    [InlineData("*.shop.example", "https://evilshop.example", false)]
    [InlineData("*.shop.example", "https://shop.example.evil.example", false)]
    [InlineData("https://shop.example", "https://shop.example", true)]
    [InlineData("https://shop.example", "http://shop.example", false)]
    [InlineData("shop.example:8080", "https://shop.example:8080", true)]
    [InlineData("shop.example:8080", "https://shop.example", false)]
    [InlineData("SHOP.example", "https://shop.EXAMPLE", true)]
    [InlineData("shop.example", "null", false)]
    [InlineData("null", "null", true)]
    [InlineData("shop.example", null, true)]
    public void An_entry_allows_what_it_says(string entry, string? origin, bool allowed) =>
        AllowedOrigins.Allows([entry], origin).ShouldBe(allowed);

    static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;
}
