using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Tocsin.Server.Metadata;

namespace Server.Tests.Issues.Merging;

public sealed class MergeApiTests : IAsyncLifetime
{
    const string Issues = "organizations/acme/issues/";
    readonly IssueShop shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Theory]
    [InlineData("organizations/acme/issues/")]
    [InlineData("projects/acme/shop/issues/")]
    public async Task Merged_issues_are_one_in_lists_and_their_addresses_lead_to_it(string route)
    {
        var (payment, shipping) = (await IdAsync("Payment"), await IdAsync("Shipping"));
        var child = (await shop.IssueAsync("Shipping")).GetProperty("shortId").GetString()!;

        var answer = await shop.PutAsync($"{route}?id={shipping}&id={payment}", new { merge = 1 });

        answer.GetProperty("merge").GetProperty("parent").GetString().ShouldBe(payment);
        Texts(answer.GetProperty("merge").GetProperty("children")).ShouldBe([shipping]);
        (await shop.FindAsync("")).ShouldBe(["Stock 100%_a", "Shipping"], "it looks as its newest event does");
        foreach (
            var address in new[]
            {
                $"{Issues}{shipping}/",
                $"{Issues}{child}/",
                $"issues/{shipping}/",
                $"organizations/acme/shortids/{child}/",
            }
        )
        {
            var issue = await shop.GetAsync(address);
            issue.GetProperty("id").GetString().ShouldBe(payment);
            issue.GetProperty("count").GetString().ShouldBe("4");
            issue.GetProperty("userCount").GetInt32().ShouldBe(2);
            issue.GetProperty("numMerged").GetInt32().ShouldBe(1);
            issue.GetProperty("activity")[0].GetProperty("type").GetString().ShouldBe("merge");
            Texts(issue.GetProperty("environments")).ShouldBe(["production", "staging"]);
        }
        (await shop.FindAsync($"issue:{child}")).ShouldBe(["Shipping"]);
    }

    [Fact]
    public async Task Every_question_about_its_events_is_answered_with_those_of_all()
    {
        var parent = await MergeAsync("Payment", "Shipping");

        var events = await shop.GetAsync($"{Issues}{parent}/events/");
        events.GetArrayLength().ShouldBe(4);
        events.EnumerateArray().ShouldAllBe(one => one.GetProperty("groupID").GetString() == parent);
        var tag = await shop.GetAsync($"{Issues}{parent}/tags/browser/");
        tag.GetProperty("totalValues").GetInt64().ShouldBe(4);
        var stats = await shop.GetAsync($"{Issues}{parent}/stats/?statsPeriod=24h");
        Sum(stats.GetProperty("events")).ShouldBe(4);
        var listed = (await shop.GetAsync($"{Issues}?query=level:warning&statsPeriod=24h")).EnumerateArray().Single();
        listed.GetProperty("id").GetString().ShouldBe(parent);
        listed.GetProperty("filtered").GetProperty("count").GetString().ShouldBe("4");
        listed.GetProperty("filtered").GetProperty("userCount").GetInt32().ShouldBe(2, "ada saw both");
        Sum(listed.GetProperty("stats").GetProperty("24h")).ShouldBe(4);
        (await shop.FindAsync("browser:Firefox")).ShouldBe(["Shipping"], "an event of the parent's own");
        (await shop.FindAsync("title:Shipping*", "&environment=staging")).ShouldBe(["Shipping"]);
        (await shop.GetAsync("projects/acme/shop/events/?query=browser:Chrome"))
            .EnumerateArray()
            .ShouldAllBe(one => one.GetProperty("groupID").GetString() == parent);
    }

    [Fact]
    public async Task Its_events_are_walked_in_their_order_whichever_issue_brought_them()
    {
        var parent = await MergeAsync("Payment", "Shipping");

        var walked = new List<string>();
        for (var at = "oldest"; at is not null; )
        {
            var one = await shop.GetAsync($"{Issues}{parent}/events/{at}/");
            one.GetProperty("groupID").GetString().ShouldBe(parent);
            walked.Add(one.GetProperty("eventID").GetString()!);
            (walked.Count == 1 ? null : walked[^2]).ShouldBe(one.GetProperty("previousEventID").GetString());
            at = one.GetProperty("nextEventID").GetString();
        }
        var latest = await shop.GetAsync($"{Issues}{parent}/events/latest/");
        var listed = await shop.GetAsync($"{Issues}{parent}/events/");

        walked.ShouldBe(listed.EnumerateArray().Select(one => one.GetProperty("eventID").GetString()!).Reverse());
        walked[^1].ShouldBe(latest.GetProperty("eventID").GetString());
        (await shop.GetAsync($"organizations/acme/eventids/{walked[^1]}/")).GetProperty("groupId").GetString().ShouldBe(parent);
    }

    [Fact]
    public async Task Explore_counts_them_as_one_issue_by_either_name()
    {
        var child = (await shop.IssueAsync("Shipping")).GetProperty("shortId").GetString()!;
        var parent = await MergeAsync("Payment", "Shipping");
        var name = (await shop.GetAsync($"{Issues}{parent}/")).GetProperty("shortId").GetString()!;

        const string Asked =
            "organizations/acme/events/?dataset=errors&statsPeriod=24h&field=issue&field=count()&field=count_unique(user)";
        var all = await shop.GetAsync($"{Asked}&sort=-count()");
        var rows = all.GetProperty("data").EnumerateArray().ToList();
        rows.Count.ShouldBe(2);
        rows[0].GetProperty("issue").GetString().ShouldBe(name);
        rows[0].GetProperty("count()").GetInt64().ShouldBe(4);
        rows[0].GetProperty("count_unique(user)").GetInt64().ShouldBe(2);
        foreach (var query in new[] { $"issue:{name}", $"issue:{child}", $"issue.id:{parent}" })
        {
            var one = await shop.GetAsync($"{Asked}&query={query}");
            one.GetProperty("data").EnumerateArray().ShouldHaveSingleItem().GetProperty("count()").GetInt64().ShouldBe(4);
        }
        var others = await shop.GetAsync($"{Asked}&query=!issue:{child}");
        others.GetProperty("data").EnumerateArray().ShouldHaveSingleItem().GetProperty("count()").GetInt64().ShouldBe(1);
    }

    [Theory]
    [InlineData("PUT")]
    [InlineData("DELETE")]
    public async Task A_hash_that_is_taken_out_has_its_issue_and_its_events_again(string method)
    {
        var (payment, shipping) = (await IdAsync("Payment"), await IdAsync("Shipping"));
        await MergeAsync("Payment", "Shipping");
        await shop.SendAsync("Shipping", "warning", user: "eve");
        await shop.Server.DrainAsync();

        var hashes = (await shop.GetAsync($"{Issues}{payment}/hashes/")).EnumerateArray().ToList();
        hashes.Select(hash => hash.GetProperty("issue").GetProperty("id").GetString()).ShouldBe([shipping, payment]);
        hashes[0].GetProperty("issue").GetProperty("count").GetString().ShouldBe("2");
        var latest = hashes[0].GetProperty("latestEvent");
        latest.GetProperty("title").GetString()!.ShouldStartWith("ShippingError");
        latest.GetProperty("groupID").GetString().ShouldBe(payment);

        using var request = new HttpRequestMessage(
            new(method),
            $"{Issues}{payment}/hashes/?id={hashes[0].GetProperty("id").GetString()}"
        );
        using var answer = await shop.Server.Api.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("issue").GetString().ShouldBe(shipping);

        (await shop.FindAsync("")).ShouldBe(["Shipping", "Stock 100%_a", "Payment"]);
        var own = await shop.GetAsync($"{Issues}{shipping}/");
        (own.GetProperty("count").GetString(), own.GetProperty("userCount").GetInt32()).ShouldBe(("2", 2));
        (await shop.GetAsync($"{Issues}{shipping}/events/")).GetArrayLength().ShouldBe(2);
        (await shop.GetAsync($"{Issues}{payment}/")).GetProperty("count").GetString().ShouldBe("3");
        (
            await shop.GetAsync($"{Issues}{payment}/events/{latest.GetProperty("eventID").GetString()}/", HttpStatusCode.NotFound)
        ).ValueKind.ShouldBe(JsonValueKind.Object);
    }

    [Fact]
    public async Task Comments_are_kept_and_go_with_their_issue()
    {
        var (payment, shipping) = (await IdAsync("Payment"), await IdAsync("Shipping"));
        using var made = await shop.Server.Api.PostAsJsonAsync($"{Issues}{shipping}/comments/", new { text = "late again" });
        made.EnsureSuccessStatusCode();

        await MergeAsync("Payment", "Shipping");
        var merged = await shop.GetAsync($"{Issues}{payment}/");
        merged.GetProperty("numComments").GetInt32().ShouldBe(1);
        (await shop.GetAsync($"{Issues}{payment}/comments/"))[0]
            .GetProperty("data")
            .GetProperty("text")
            .GetString()
            .ShouldBe("late again");

        await UnmergeAsync(payment, shipping);
        (await shop.GetAsync($"{Issues}{payment}/")).GetProperty("numComments").GetInt32().ShouldBe(0);
        (await shop.GetAsync($"{Issues}{shipping}/comments/")).GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task What_cannot_be_merged_is_refused_with_the_reason()
    {
        var payment = await IdAsync("Payment");
        (await RefusalAsync($"{Issues}?id={payment}")).ShouldContain("at least two");
        (await RefusalAsync($"{Issues}?query=is:unresolved")).ShouldContain("at least two");
        (await RefusalAsync($"{Issues}{payment}/")).ShouldContain("at least two");
        (await RefusalAsync($"{Issues}?id={payment}&id=987654")).ShouldContain("no issue 987654");

        await MergeAsync("Payment", "Stock 100%_a");
        await shop
            .Server.Get<MetadataDb>()
            .WriteAsync(
                transaction =>
                    transaction.ExecuteAsync($"UPDATE issues SET type = 'performance_slow_db_query' WHERE id = {payment}"),
                CancellationToken.None
            );
        (await RefusalAsync($"{Issues}?id={payment}&id={await IdAsync("Shipping")}")).ShouldContain("different kinds");
    }

    [Fact]
    public async Task A_merged_issue_is_deleted_with_all_that_went_into_it()
    {
        var parent = await MergeAsync("Payment", "Shipping");

        using var deleted = await shop.Server.Api.DeleteAsync($"{Issues}{parent}/");
        deleted.StatusCode.ShouldBe(HttpStatusCode.Accepted);

        (await shop.FindAsync("")).ShouldBe(["Stock 100%_a"]);
        foreach (var table in new[] { "issues", "issue_hashes", "event_index" })
        {
            (await shop.Server.MetadataAsync<long>($"SELECT COUNT(*) FROM {table}")).ShouldBe([1]);
        }
    }

    [Fact]
    public async Task The_address_of_a_merged_issue_deletes_nothing()
    {
        var shipping = await IdAsync("Shipping");
        var parent = await MergeAsync("Payment", "Shipping");

        using var refused = await shop.Server.Api.DeleteAsync($"{Issues}{shipping}/");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("was merged into");
        (await shop.GetAsync($"{Issues}{parent}/")).GetProperty("count").GetString().ShouldBe("4");
    }

    [Fact]
    public async Task Discarding_a_merged_issue_filters_all_its_kinds()
    {
        var parent = await MergeAsync("Payment", "Shipping");
        using var discarded = await shop.Server.Api.PutAsJsonAsync($"{Issues}{parent}/", new { discard = true });
        discarded.StatusCode.ShouldBe(HttpStatusCode.NoContent);

        await shop.SendAsync("Shipping", "warning");
        await shop.SendAsync("Payment", "error");
        await shop.Server.DrainAsync();

        (await shop.FindAsync("")).ShouldBe(["Stock 100%_a"]);
        (await shop.Server.MetadataAsync<long>("SELECT COUNT(*) FROM issues")).ShouldBe([1]);
    }

    async Task<string> RefusalAsync(string path)
    {
        using var answer = await shop.Server.Api.PutAsJsonAsync(path, new { merge = true });
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Returns the parent's id.</summary>
    async Task<string> MergeAsync(string one, string other)
    {
        var answer = await shop.PutAsync($"{Issues}?id={await IdAsync(one)}&id={await IdAsync(other)}", new { merge = 1 });
        return answer.GetProperty("merge").GetProperty("parent").GetString()!;
    }

    async Task UnmergeAsync(string parent, string child)
    {
        var hash = (await shop.GetAsync($"{Issues}{parent}/hashes/"))
            .EnumerateArray()
            .Single(one => one.GetProperty("issue").GetProperty("id").GetString() == child);
        using var answer = await shop.Server.Api.DeleteAsync($"{Issues}{parent}/hashes/?id={hash.GetProperty("id").GetString()}");
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
    }

    static IEnumerable<string> Texts(JsonElement list) => list.EnumerateArray().Select(one => one.GetString()!);

    static long Sum(JsonElement pairs) => pairs.EnumerateArray().Sum(pair => pair[1].GetInt64());

    async Task<string> IdAsync(string name) => (await shop.IssueAsync(name)).GetProperty("id").GetString()!;
}
