using System.Net;
using System.Net.Http.Json;

namespace Server.Tests.Issues;

public sealed class IssueChangeTests : IAsyncLifetime
{
    readonly IssueShop shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task A_resolved_issue_that_is_seen_again_is_a_regression_and_its_activity_tells_both()
    {
        var path = $"organizations/acme/issues/{await IdAsync("Shipping")}/";

        (await shop.PutAsync(path, new { status = "resolved" })).GetProperty("status").GetString().ShouldBe("resolved");
        (await shop.FindAsync("is:resolved")).ShouldBe(["Shipping"]);
        await shop.SendAsync("Shipping", "warning");
        await shop.Server.DrainAsync();

        var issue = await shop.GetAsync(path);
        issue.GetProperty("status").GetString().ShouldBe("unresolved");
        issue.GetProperty("substatus").GetString().ShouldBe("regressed");
        issue
            .GetProperty("activity")
            .EnumerateArray()
            .Select(entry => entry.GetProperty("type").GetString())
            .ShouldBe(["set_regression", "set_resolved", "first_seen"]);
    }

    [Fact]
    public async Task An_issue_was_first_seen_when_its_oldest_event_happened_not_when_it_came()
    {
        var happened = shop.Server.Clock.GetUtcNow().AddDays(-3);
        await shop.SendAsync("Late", "error", at: happened);
        await shop.Server.DrainAsync();

        var issue = await shop.GetAsync($"organizations/acme/issues/{await IdAsync("Late")}/");
        var activities = await shop.GetAsync($"organizations/acme/issues/{await IdAsync("Late")}/activities/");

        var first = issue.GetProperty("firstSeen").GetDateTimeOffset();
        first.ShouldBe(happened, TimeSpan.FromSeconds(1));
        issue.GetProperty("activity")[0].GetProperty("dateCreated").GetDateTimeOffset().ShouldBe(first);
        activities.GetProperty("activity")[0].GetProperty("dateCreated").GetDateTimeOffset().ShouldBe(first);
    }

    [Fact]
    public async Task An_archived_issue_stays_archived_when_it_is_seen_again()
    {
        var path = $"organizations/acme/issues/{await IdAsync("Shipping")}/";

        var archived = await shop.PutAsync(path, new { status = "ignored", substatus = "archived_forever" });
        await shop.SendAsync("Shipping", "warning");
        await shop.Server.DrainAsync();

        archived.GetProperty("substatus").GetString().ShouldBe("archived_forever");
        var issue = await shop.GetAsync(path);
        issue.GetProperty("status").GetString().ShouldBe("ignored");
        issue.GetProperty("count").GetString().ShouldBe("2");
    }

    [Fact]
    public async Task Many_issues_change_by_id_or_by_search()
    {
        var (shipping, stock) = (await IdAsync("Shipping"), await IdAsync("Stock 100%_a"));

        await shop.PutAsync($"organizations/acme/issues/?id={shipping}&id={stock}", new { status = "resolved" });
        (await shop.FindAsync("is:resolved")).ShouldBe(["Stock 100%_a", "Shipping"]);

        await shop.PutAsync("projects/acme/shop/issues/?query=is:resolved", new { status = "unresolved", priority = "low" });
        (await shop.FindAsync("is:resolved")).ShouldBeEmpty();
        (await shop.FindAsync("issue.priority:low")).ShouldBe(["Stock 100%_a", "Shipping"]);
    }

    [Fact]
    public async Task A_change_of_many_tells_what_it_made_of_them_and_no_more()
    {
        var ids = $"id={await IdAsync("Shipping")}&id={await IdAsync("Payment")}";

        (await ToldAsync(new { status = "resolvedInNextRelease" })).ShouldBe(
            """{"status":"resolved","statusDetails":{"inNextRelease":true}}"""
        );
        (await ToldAsync(new { status = "muted", statusDetails = new { ignoreCount = 10 } })).ShouldBe(
            """{"status":"ignored","statusDetails":{"ignoreCount":10},"substatus":"archived_until_condition_met"}"""
        );
        (await ToldAsync(new { assignedTo = "#core" })).ShouldMatch(
            """^\{"assignedTo":\{"type":"team","id":"\d+","name":"core","email":null\}\}$"""
        );
        (await ToldAsync(new { assignedTo = (string?)null, hasSeen = true })).ShouldBe("""{"assignedTo":null,"hasSeen":true}""");
        (await shop.FindAsync("assigned:#core")).ShouldBeEmpty();
        (await ToldAsync(new { })).ShouldBe("{}");

        async Task<string> ToldAsync(object update) =>
            (await shop.PutAsync($"organizations/acme/issues/?{ids}", update)).GetRawText();
    }

    [Fact]
    public async Task A_body_that_does_not_fit_is_answered_without_names_of_ours()
    {
        (await SaidToAsync("""{"status":5}""")).ShouldBe("""{"status":["Not a valid value."]}""");
        (await SaidToAsync("""{"hasSeen":{"a":1}}""")).ShouldBe("""{"hasSeen":["Not a valid value."]}""");
        (await SaidToAsync("""{"assignedTo":[1]}""")).ShouldBe("""{"assignedTo":["Not a valid value."]}""");
        const string whole = """{"non_field_errors":["Invalid data. A JSON object is expected."]}""";
        (await SaidToAsync("[]")).ShouldBe(whole);
        const string none = """{"non_field_errors":["No data provided. A JSON object is expected."]}""";
        (await SaidToAsync("null")).ShouldBe(none);
        (await SaidToAsync("")).ShouldBe(none);

        async Task<string> SaidToAsync(string body)
        {
            using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
            using var answer = await shop.Server.Api.PutAsync("organizations/acme/issues/?id=1", content);
            answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            return await answer.Content.ReadAsStringAsync();
        }
    }

    [Fact]
    public async Task An_issue_is_assigned_to_a_team_and_to_nobody_again()
    {
        var path = $"organizations/acme/issues/{await IdAsync("Payment")}/";

        var assigned = await shop.PutAsync(path, new { assignedTo = "#core" });
        assigned.GetProperty("assignedTo").GetProperty("type").GetString().ShouldBe("team");
        (await shop.FindAsync("assigned:#core")).ShouldBe(["Payment"]);

        var free = await shop.PutAsync(path, new { assignedTo = "" });
        free.GetProperty("assignedTo").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Theory]
    [InlineData("status", "purple")]
    [InlineData("priority", "urgent")]
    [InlineData("assignedTo", "nobody@example.com")]
    public async Task A_change_that_makes_no_sense_names_its_field(string field, string value)
    {
        var id = await IdAsync("Payment");
        using var answer = await shop.Server.Api.PutAsJsonAsync(
            $"organizations/acme/issues/{id}/",
            new Dictionary<string, string> { [field] = value }
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain(field);
    }

    [Fact]
    public async Task A_deleted_issue_is_gone_and_the_next_event_begins_a_new_one()
    {
        var id = await IdAsync("Payment");
        (await shop.Server.Api.DeleteAsync($"organizations/acme/issues/{id}/")).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await shop.Server.Api.GetAsync($"organizations/acme/issues/{id}/")).StatusCode.ShouldBe(HttpStatusCode.NotFound);

        await shop.SendAsync("Payment", "error");
        await shop.Server.DrainAsync();

        var fresh = await shop.IssueAsync("Payment");
        fresh.GetProperty("id").GetString().ShouldNotBe(id);
        fresh.GetProperty("count").GetString().ShouldBe("1");
    }

    [Fact]
    public async Task Events_of_a_discarded_issue_are_filtered()
    {
        var id = await IdAsync("Payment");
        await shop.Server.Api.PutAsJsonAsync($"organizations/acme/issues/{id}/", new { discard = true });

        await shop.SendAsync("Payment", "error");
        await shop.Server.DrainAsync();

        (await shop.FindAsync("error.type:PaymentError")).ShouldBeEmpty();
        (await shop.Server.OutcomesAsync()).ShouldContain(outcome => outcome.Reason == "discarded-hash" && outcome.Quantity == 1);
    }

    [Fact]
    public async Task Tags_of_an_issue_are_counted_with_their_values()
    {
        var tags = await shop.GetAsync($"issues/{await IdAsync("Payment")}/tags/");

        var browser = tags.EnumerateArray().Single(tag => tag.GetProperty("key").GetString() == "browser");
        browser.GetProperty("totalValues").GetInt64().ShouldBe(3);
        browser
            .GetProperty("topValues")
            .EnumerateArray()
            .Select(value => (value.GetProperty("value").GetString(), value.GetProperty("count").GetInt64()))
            .ShouldBe([("Chrome", 2), ("Firefox", 1)]);
    }

    [Fact]
    public async Task Events_are_walked_from_the_latest_to_the_oldest()
    {
        var path = $"organizations/acme/issues/{await IdAsync("Payment")}/events/";
        var here = await shop.GetAsync(path + "latest/");
        var releases = new List<string?>();
        while (true)
        {
            releases.Add(here.GetProperty("release").GetProperty("version").GetString());
            if (here.GetProperty("previousEventID").GetString() is not { } previous)
            {
                break;
            }
            here = await shop.GetAsync($"{path}{previous}/");
        }

        releases.ShouldBe(["shop@1.1", "shop@1.1", "shop@1.0"]);
        here.GetProperty("id").GetString().ShouldBe((await shop.GetAsync(path + "oldest/")).GetProperty("id").GetString());
        (await shop.GetAsync(path + "?query=browser:Firefox")).GetArrayLength().ShouldBe(1);
    }

    async Task<string> IdAsync(string name) => (await shop.IssueAsync(name)).GetProperty("id").GetString()!;
}
