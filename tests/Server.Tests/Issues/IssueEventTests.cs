using System.Net;
using System.Text.Json;

namespace Server.Tests.Issues;

/// <summary>One event of an issue by its place. Payment had Ada on 1.0 and Bob on 1.1 in production, then Ada on 1.1 in staging.</summary>
public sealed class IssueEventTests(IssueShop shop) : IClassFixture<IssueShop>
{
    static string? Tag(JsonElement found, string key) =>
        found
            .GetProperty("tags")
            .EnumerateArray()
            .Single(tag => tag.GetProperty("key").GetString() == key)
            .GetProperty("value")
            .GetString();

    async Task<string> PathAsync(string place) =>
        $"organizations/acme/issues/{(await shop.IssueAsync("Payment")).GetProperty("id").GetString()}/events/{place}";

    [Theory]
    [InlineData("latest/", "ada", "shop@1.1", "staging")]
    [InlineData("recommended/?environment=", "ada", "shop@1.1", "staging")]
    [InlineData("latest/?environment=production", "bob", "shop@1.1", "production")]
    [InlineData("recommended/?query=release:shop@1.0", "ada", "shop@1.0", "production")]
    [InlineData("oldest/", "ada", "shop@1.0", "production")]
    [InlineData("oldest/?environment=staging&environment=nowhere", "ada", "shop@1.1", "staging")]
    [InlineData("oldest/?query=browser:Chrome", "bob", "shop@1.1", "production")]
    [InlineData("latest/?query=is:unresolved%20user.id:bob%20!assigned:me", "bob", "shop@1.1", "production")]
    [InlineData("latest/?statsPeriod=14d", "ada", "shop@1.1", "staging")]
    public async Task The_first_and_the_last_event_are_those_of_what_is_asked_for(
        string place,
        string user,
        string release,
        string environment
    )
    {
        var found = await shop.GetAsync(await PathAsync(place));

        found.GetProperty("user").GetProperty("id").GetString().ShouldBe(user);
        (Tag(found, "release"), Tag(found, "environment")).ShouldBe((release, environment));
    }

    [Theory]
    [InlineData("latest/?environment=nowhere", HttpStatusCode.NotFound)]
    [InlineData("oldest/?query=user.id:carl", HttpStatusCode.NotFound)]
    [InlineData("latest/?start=2026-11-01T00:00:00&end=2026-11-02T00:00:00", HttpStatusCode.NotFound)]
    [InlineData("latest/?query=timestamp:never", HttpStatusCode.BadRequest)]
    public async Task Where_no_event_is_asked_for_there_is_none(string place, HttpStatusCode status) =>
        await shop.GetAsync(await PathAsync(place), status);

    [Theory]
    [InlineData(-1, false)]
    [InlineData(0, true)]
    public async Task Where_some_could_not_be_read_the_newest_may_be_another_and_that_is_said(int cut, bool marked)
    {
        var path = await PathAsync("latest/?environment=production");
        shop.Store.CutOnly(cut);

        using var answer = await shop.Server.Api.GetAsync(path);

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.Contains("X-Tocsin-Partial").ShouldBe(marked);
    }

    [Fact]
    public async Task What_a_search_says_of_issues_hides_no_event_of_one()
    {
        var all = await shop.GetAsync(await PathAsync("?query=is:resolved"));
        var bobs = await shop.GetAsync(await PathAsync("?query=is:unresolved%20user.id:bob"));

        all.GetArrayLength().ShouldBe(3);
        bobs.GetArrayLength().ShouldBe(1);
    }
}
