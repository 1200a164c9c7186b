using System.Text.Json;
using Tocsin.Server.Issues;

namespace Server.Tests.Issues;

public sealed class IssueAgeingTests : IAsyncLifetime
{
    readonly IssueShop shop = new();

    public ValueTask InitializeAsync() => shop.InitializeAsync();

    public ValueTask DisposeAsync() => shop.DisposeAsync();

    [Fact]
    public async Task A_new_issue_is_ongoing_after_a_week()
    {
        await LaterAsync(TimeSpan.FromDays(6));
        (await shop.FindAsync("is:new")).Count.ShouldBe(3);

        await LaterAsync(TimeSpan.FromDays(1.1));

        (await shop.FindAsync("is:new")).ShouldBeEmpty();
        (await shop.FindAsync("is:ongoing")).Count.ShouldBe(3);
        (await LatestActivityAsync("Payment")).ShouldBe("auto_set_ongoing");
    }

    [Fact]
    public async Task A_quiet_issue_resolves_itself_where_the_project_says_so_and_a_new_event_brings_it_back()
    {
        await LaterAsync(TimeSpan.FromDays(2));
        (await shop.FindAsync("is:resolved")).ShouldBeEmpty();

        await shop.PutAsync("projects/acme/shop/", new { resolveAge = 24 });
        await shop.SendAsync("Payment", "error");
        await shop.Server.DrainAsync();
        await LaterAsync(TimeSpan.FromMinutes(1));

        (await shop.FindAsync("is:resolved")).ShouldBe(["Stock 100%_a", "Shipping"]);
        (await LatestActivityAsync("Shipping")).ShouldBe("set_resolved_by_age");

        await shop.SendAsync("Shipping", "warning");
        await shop.Server.DrainAsync();
        (await shop.FindAsync("is:regressed")).ShouldBe(["Shipping"]);
    }

    async Task LaterAsync(TimeSpan span)
    {
        shop.Server.Clock.MoveTo(shop.Server.Clock.GetUtcNow() + span);
        await shop.Server.Get<IssueAgeing>().AgeAsync(CancellationToken.None);
    }

    async Task<string?> LatestActivityAsync(string name)
    {
        var id = (await shop.IssueAsync(name)).GetProperty("id").GetString();
        var activities = await shop.GetAsync($"issues/{id}/activities/");
        return activities.GetProperty("activity").EnumerateArray().First<JsonElement>().GetProperty("type").GetString();
    }
}
