using System.Net;

namespace Server.Tests.Issues;

/// <summary>Sentry's issue search over three issues: Payment (3 events), Shipping (1), Stock 100%_a (1).</summary>
public sealed class IssueSearchTests(IssueShop shop) : IClassFixture<IssueShop>
{
    const string All = "Stock 100%_a,Shipping,Payment";

    [Theory]
    [InlineData("", All)]
    [InlineData("is:unresolved", All)]
    [InlineData("is:resolved", "")]
    [InlineData("!is:resolved", All)]
    [InlineData("is:unassigned is:new", All)]
    [InlineData("assigned:none", All)]
    [InlineData("!assigned:none", "")]
    [InlineData("level:error", "Payment")]
    [InlineData("level:[error, warning]", "Shipping,Payment")]
    [InlineData("!level:error", "Stock 100%_a,Shipping")]
    [InlineData("timesSeen:>1", "Payment")]
    [InlineData("times_seen:1", "Stock 100%_a,Shipping")]
    [InlineData("error.unhandled:true", "Payment")]
    [InlineData("error.handled:true", "Stock 100%_a,Shipping")]
    [InlineData("firstRelease:shop@1.0", "Payment")]
    [InlineData("release:shop@1.1", "Shipping,Payment")]
    [InlineData("browser:Chrome", "Shipping,Payment")]
    [InlineData("browser:Fire*", "Payment")]
    [InlineData("!has:browser", "Stock 100%_a")]
    [InlineData("user.id:bob", "Payment")]
    [InlineData("error.type:PaymentError", "Payment")]
    [InlineData("environment:staging level:info", "Stock 100%_a")]
    [InlineData("project:shop", All)]
    [InlineData("project:other", "")]
    [InlineData("issue:SHOP-1", "Payment")]
    [InlineData("title:*shipping*", "Shipping")]
    [InlineData("paymenterror", "Payment")]
    [InlineData("message:shipping", "Shipping")]
    [InlineData("!message:shipping*", "Stock 100%_a,Payment")]
    [InlineData("message:[shipping, paymenterror]", "Shipping,Payment")]
    [InlineData("message:100_", "")]
    [InlineData("100%_A", "Stock 100%_a")]
    [InlineData("100_", "")]
    [InlineData("firstSeen:-24h", All)]
    [InlineData("firstSeen:+24h", "")]
    [InlineData("lastSeen:>2026-11-19", All)]
    [InlineData("age:<2026-11-20", "")]
    [InlineData("issue.priority:high", "Payment")]
    [InlineData("'; DROP TABLE issues; --", "")]
    public async Task A_search_finds(string query, string names)
    {
        (await shop.FindAsync(query)).ShouldBe(names.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    [Theory]
    [InlineData("is:unresolved OR is:resolved", "Boolean statements")]
    [InlineData("(level:error)", null)]
    [InlineData("is:purple", "purple")]
    [InlineData("timesSeen:many", "timesSeen")]
    [InlineData("firstSeen:yesterday", "firstSeen")]
    [InlineData("error.unhandled:maybe", "error.unhandled")]
    [InlineData("issue:nonsense", "issue")]
    [InlineData("bookmarks:bob", "bookmarks")]
    public async Task A_search_that_makes_no_sense_says_why(string query, string? named)
    {
        using var answer = await shop.Server.Api.GetAsync($"organizations/acme/issues/?query={Uri.EscapeDataString(query)}");

        answer.StatusCode.ShouldBe(named is null ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(named ?? "PaymentError");
    }

    [Theory]
    [InlineData("&sort=new", All)]
    [InlineData("&sort=freq", "Payment,Stock 100%_a,Shipping")]
    [InlineData("&sort=user", "Payment,Shipping,Stock 100%_a")]
    [InlineData("&sort=recommended", All)]
    [InlineData("&environment=staging", "Stock 100%_a,Payment")]
    [InlineData("&environment=nowhere", "")]
    [InlineData("&project=42", All)]
    [InlineData("&project=-1", All)]
    [InlineData("&statsPeriod=24h", All)]
    [InlineData("&start=2026-11-01T00:00:00&end=2026-11-02T00:00:00", "")]
    public async Task A_list_is_narrowed_and_sorted_by_its_address(string parameters, string names)
    {
        (await shop.FindAsync("", parameters)).ShouldBe(names.Split(',', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task A_sort_that_there_is_not_is_told_what_there_is()
    {
        var answer = await shop.GetAsync("organizations/acme/issues/?sort=loudest", HttpStatusCode.BadRequest);

        answer.GetProperty("detail").GetString().ShouldBe("Invalid sort: one of date, new, freq, user.");
    }

    [Theory]
    [InlineData("group")]
    [InlineData("id")]
    public async Task A_list_of_named_issues_is_these_whatever_the_query_says(string parameter)
    {
        var (payment, stock) = (await IdAsync("Payment"), await IdAsync("Stock 100%_a"));

        (await shop.FindAsync("is:resolved", $"&{parameter}={payment}&{parameter}={stock}"))
            .Order()
            .ShouldBe(["Payment", "Stock 100%_a"]);
        (await shop.FindAsync("", $"&{parameter}=999999")).ShouldBeEmpty();
        await shop.GetAsync($"organizations/acme/issues/?{parameter}=SHOP-1", HttpStatusCode.BadRequest);
        var many = string.Join('&', Enumerable.Range(1, 101).Select(id => $"{parameter}={id}"));
        await shop.GetAsync($"organizations/acme/issues/?{many}", HttpStatusCode.BadRequest);

        async Task<string> IdAsync(string name) => (await shop.IssueAsync(name)).GetProperty("id").GetString()!;
    }

    [Fact]
    public async Task An_issue_tells_its_numbers_over_time_with_and_without_the_organisation_in_the_address()
    {
        var id = (await shop.IssueAsync("Payment")).GetProperty("id").GetString();

        var with = await shop.GetAsync($"organizations/acme/issues/{id}/stats/?statsPeriod=24h");
        var without = await shop.GetAsync($"issues/{id}/stats/?statsPeriod=24h");

        without.GetRawText().ShouldBe(with.GetRawText());
        without.GetRawText().ShouldContain(",3]");
    }

    [Fact]
    public async Task A_list_is_walked_page_by_page_over_its_links()
    {
        using var first = await shop.Server.Api.GetAsync("organizations/acme/issues/?limit=2");
        var link = string.Join(',', first.Headers.GetValues("Link"));

        link.ShouldContain("rel=\"previous\"; results=\"false\"");
        link.ShouldContain("rel=\"next\"; results=\"true\"; cursor=\"0:2:0\"");
        first.Headers.GetValues("X-Hits").ShouldBe(["3"]);
        (await shop.FindAsync("", "&limit=2&cursor=0:2:0")).ShouldBe(["Payment"]);
    }

    [Fact]
    public async Task A_short_id_leads_straight_to_its_issue()
    {
        using var answer = await shop.Server.Api.GetAsync("organizations/acme/issues/?query=SHOP-2&shortIdLookup=1");

        answer.Headers.GetValues("X-Sentry-Direct-Hit").ShouldBe(["1"]);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("ShippingError");
    }

    [Fact]
    public async Task Counts_of_a_period_stand_beside_those_of_the_whole_life()
    {
        var issues = await shop.GetAsync("organizations/acme/issues/?query=level:error&environment=production&statsPeriod=24h");
        var payment = issues.EnumerateArray().Single();

        payment.GetProperty("count").GetString().ShouldBe("3");
        payment.GetProperty("userCount").GetInt32().ShouldBe(2);
        payment.GetProperty("filtered").GetProperty("count").GetString().ShouldBe("2");
        payment.GetProperty("stats").GetProperty("24h").EnumerateArray().Sum(pair => pair[1].GetInt64()).ShouldBe(2);
    }
}
