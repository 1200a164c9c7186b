using System.Net;
using Server.Tests.Hosting;

namespace Server.Tests.Access;

public class GateTests
{
    [Fact]
    public async Task Without_credentials_nothing_is_told()
    {
        await using var host = await TocsinHost.StartAsync();

        var answer = await host.Anonymous().GetJsonAsync("/api/0/organizations/default/", HttpStatusCode.Unauthorized);

        answer.Text("detail").ShouldBe("Authentication credentials were not provided.");
    }

    [Theory]
    [InlineData("Bearer nonsense")]
    [InlineData("Bearer")]
    [InlineData("Basic Zm9vOmJhcg==")]
    [InlineData("DSN http://0123456789abcdef0123456789abcdef@tocsin.example/1")]
    public async Task A_wrong_credential_is_refused_and_not_taken_for_none(string header)
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);

        (await client.GetJsonAsync("/api/0/", HttpStatusCode.Unauthorized)).Text("detail").ShouldBe("Invalid token");
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("bearer")]
    [InlineData("Token")]
    public async Task A_token_is_taken_under_both_of_its_scheme_names(string scheme)
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.Anonymous();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", $"{scheme} {TocsinHost.Token}");

        (await client.GetJsonAsync("/api/0/")).GetProperty("auth").GetProperty("scopes").GetArrayLength().ShouldBeGreaterThan(10);
    }

    [Theory]
    [InlineData("/api/0/organizations/default/")]
    [InlineData("/api/0/organizations/default")]
    [InlineData("/api/0/organizations/1/")]
    public async Task Addresses_take_slug_or_number_with_and_without_the_last_slash(string path)
    {
        await using var host = await TocsinHost.StartAsync();

        (await host.With().GetJsonAsync(path)).Text("slug").ShouldBe("default");
    }

    [Theory]
    [InlineData("/api/0/organizations/nowhere/")]
    [InlineData("/api/0/organizations/99999999999999999999999/")]
    [InlineData("/api/0/no/such/route/")]
    public async Task What_does_not_exist_is_a_404_in_Sentrys_words(string path)
    {
        await using var host = await TocsinHost.StartAsync();

        (await host.With().GetJsonAsync(path, HttpStatusCode.NotFound))
            .Text("detail")
            .ShouldBe("The requested resource does not exist");
    }

    [Fact]
    public async Task A_wrong_method_is_named()
    {
        await using var host = await TocsinHost.StartAsync();

        (await host.With().PutJsonAsync("/api/0/organizations/", new { }, HttpStatusCode.MethodNotAllowed))
            .Text("detail")
            .ShouldBe("Method \"PUT\" not allowed.");
    }

    [Fact]
    public async Task A_body_of_another_type_is_refused_after_the_question_who_asks()
    {
        await using var host = await TocsinHost.StartAsync();
        using var form = new FormUrlEncodedContent([KeyValuePair.Create("name", "x")]);
        using var again = new FormUrlEncodedContent([KeyValuePair.Create("name", "x")]);

        await host.Anonymous().PutAsync("/api/0/organizations/default/", form).JsonAsync(HttpStatusCode.Unauthorized);
        await host.With().PutAsync("/api/0/organizations/default/", again).JsonAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task Every_answer_tells_the_limits_and_is_closed_to_other_pages()
    {
        await using var host = await TocsinHost.StartAsync();

        string[] paths = ["organizations/", "organizations/nobody/", "organizations/default/issues/?statsPeriod=soon"];
        foreach (var path in paths)
        {
            using var response = await host.With().GetAsync("/api/0/" + path);
            foreach (var name in (string[])["Limit", "Remaining", "Reset", "ConcurrentLimit", "ConcurrentRemaining"])
            {
                response.Headers.GetValues($"X-Sentry-Rate-Limit-{name}").ShouldHaveSingleItem();
            }
            response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            response.Headers.GetValues("Content-Security-Policy").Single().ShouldNotContain("unsafe");
            response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_caller_that_asks_too_often_is_told_when_to_come_back()
    {
        await using var host = await TocsinHost.StartAsync();
        var client = host.With();

        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i <= 1000; i++)
        {
            using var response = await client.GetAsync("/api/0/");
            statuses.Add(response.StatusCode);
        }
        statuses[999].ShouldBe(HttpStatusCode.OK);
        statuses[1000].ShouldBe(HttpStatusCode.TooManyRequests);
        host.Time.Advance(TimeSpan.FromSeconds(1));
        (await client.GetAsync("/api/0/")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }
}
